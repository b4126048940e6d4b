/** The certificate and key of an HTTPS server: read from PEM files, checked, kept in a keystore. */
package ee.supervisor.tls;
