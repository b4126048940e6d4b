/**
 * The UNIX socket of {@code [unix_http_server]}: its file, and the relay that hands what comes in
 * on to the HTTP server's loopback port, since no HTTP server here listens on a UNIX socket itself.
 */
package ee.supervisor.relay;
