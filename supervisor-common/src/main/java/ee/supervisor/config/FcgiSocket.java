package ee.supervisor.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The listening socket a FastCGI group shares.
 *
 * @param url {@code tcp://host:port} or {@code unix:///path}
 * @param owner owner of a unix socket, if set
 * @param mode mode of a unix socket, if set
 * @param backlog listen(2) backlog, 1 to 65535, if set
 */
public record FcgiSocket(
    String url, Optional<SocketOwner> owner, OptionalInt mode, OptionalInt backlog) {}
