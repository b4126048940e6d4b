package ee.supervisor.front;

import ee.supervisor.access.Admission;
import ee.supervisor.tls.ServerKey;
import java.util.Optional;

/**
 * A listening socket with the policy that is decided for each of its connections.
 *
 * @param socket where clients come in
 * @param admission who is let in
 * @param key what it speaks TLS with, and nothing but TLS; empty for plain HTTP
 */
public record ServedListener(BoundListener socket, Admission admission, Optional<ServerKey> key) {}
