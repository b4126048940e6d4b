/** Calls a supervisord by XML-RPC over HTTP, TLS or a Unix socket. */
package ee.supervisor.client;
