/**
 * The XML-RPC interface, {@code /RPC2}: from the bytes of a call to the bytes of its response, for
 * whichever server has the connection.
 */
package ee.supervisor.xmlrpc;
