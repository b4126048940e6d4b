/**
 * Requests and responses as handlers know them, whichever server has the connection: the front's
 * own, or the servlet container that a WAR is deployed in.
 */
package ee.supervisor.http;
