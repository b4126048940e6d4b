package ee.supervisor.config;

import static ee.supervisor.posix.PythonText.repr;

import ee.supervisor.tls.ServerKeyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code [inet_http_server]} and {@code [unix_http_server]} sections. */
final class ServerSections {
  private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\*");

  private final Reading reading;

  private ServerSections(Reading reading) {
    this.reading = reading;
  }

  /** TCP servers before Unix sockets, each in file order. */
  static List<HttpServerConfig> read(Reading reading) throws ConfigException {
    ServerSections sections = new ServerSections(reading);
    List<HttpServerConfig> servers = new ArrayList<>();
    for (String name : reading.sectionsOf("inet_http_server")) {
      servers.add(sections.inet(reading.section(name)));
    }
    for (String name : reading.sectionsOf("unix_http_server")) {
      servers.add(sections.unix(reading.section(name)));
    }
    return servers;
  }

  private record Credentials(Optional<String> username, Optional<String> password) {}

  private HttpServerConfig inet(Section section) throws ConfigException {
    Credentials credentials = credentials(section);
    String port =
        section
            .text(Options.INET_PORT)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "section [%s] has no port value".formatted(section.name())));
    InetAddressText address = InetAddressText.parse(port);
    return new HttpServerConfig.Inet(
        section.name(),
        address.host(),
        address.port(),
        credentials.username(),
        credentials.password(),
        tls(section.name()),
        allowedHosts(section));
  }

  /** Supervisor does not know names: it lets every page ask. */
  private static List<String> allowedHosts(Section section) throws ConfigException {
    List<String> hosts = new ArrayList<>();
    for (String item : section.given(Options.INET_ALLOWED_HOSTS).orElse(List.of())) {
      String host = item.toLowerCase(Locale.ROOT);
      if (!HOST.matcher(host).matches()) {
        throw section.locate(
            new ConfigException(
                "allowed_hosts=%s: %s is not a host name such as sv.example.com, without scheme and port, or * for all"
                    .formatted(section.text(Options.INET_ALLOWED_HOSTS).orElse(""), repr(item))));
      }
      hosts.add(host);
    }
    return hosts;
  }

  /** Supervisor has no HTTPS; a certificate alone means that its key is in the same file. */
  private Optional<HttpServerConfig.Tls> tls(String name) throws ConfigException {
    Section section = reading.sectionWithHere(name);
    Optional<String> certfile = section.given(Options.INET_CERTFILE);
    Optional<String> keyfile = section.given(Options.INET_KEYFILE);
    if (certfile.isEmpty() && keyfile.isEmpty()) {
      return Optional.empty();
    } else if (certfile.isEmpty()) {
      throw section.locate(
          new ConfigException(
              "keyfile=%s without certfile: set certfile to the file with the certificate"
                  .formatted(keyfile.get())));
    }
    HttpServerConfig.Tls tls =
        new HttpServerConfig.Tls(certfile.get(), keyfile.orElse(certfile.get()));
    try {
      reading.host().checkKey(tls);
    } catch (ServerKeyException e) {
      throw section.locate(new ConfigException(e.getMessage(), e));
    }
    return Optional.of(tls);
  }

  private HttpServerConfig unix(Section section) throws ConfigException {
    String file =
        reading
            .sectionWithHere(section.name())
            .text(Options.UNIX_FILE)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "section [%s] has no file value".formatted(section.name())));
    Credentials credentials = credentials(section);
    SocketOwner chown = section.given(Options.UNIX_CHOWN).orElse(SocketOwner.UNCHANGED);
    int chmod = section.get(Options.UNIX_CHMOD);
    return new HttpServerConfig.Unix(
        section.name(),
        reading.paths().normalize(WhiteSpace.strip(file)),
        chmod,
        chown,
        credentials.username(),
        credentials.password(),
        section.given(Options.UNIX_PEERS).orElse(List.of()));
  }

  /** Accounts with their roles, {@code root:admin, deploy:operator}; Supervisor has none. */
  static List<HttpServerConfig.Peer> peers(String text, Section section) throws ConfigException {
    Map<String, HttpServerConfig.Peer> peers = new LinkedHashMap<>();
    for (String item : Conversions.list(text)) {
      try {
        HttpServerConfig.Peer peer = peer(item, section);
        String account = peer.uid() < 0 ? peer.account() : Integer.toString(peer.uid());
        if (peers.put(account, peer) != null) {
          throw new ConfigException("%s is named twice".formatted(repr(peer.account())));
        }
      } catch (ConfigException e) {
        throw section.locate(
            new ConfigException("peers=%s: %s".formatted(text, e.getMessage()), e));
      }
    }
    return List.copyOf(peers.values());
  }

  private static HttpServerConfig.Peer peer(String text, Section section) throws ConfigException {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new ConfigException(
          "%s is not an account and a role such as deploy:operator".formatted(repr(text)));
    }
    String account = WhiteSpace.strip(text.substring(0, colon));
    Role role = Role.named(text.substring(colon + 1));
    return new HttpServerConfig.Peer(account, section.owners().user(account).uid(), role);
  }

  private static Credentials credentials(Section section) throws ConfigException {
    Optional<String> username = section.text(Options.SERVER_USERNAME);
    Optional<String> password = section.text(Options.SERVER_PASSWORD);
    if (username.isPresent() != password.isPresent()) {
      throw new ConfigException(
          "Section [%s] contains incomplete authentication: If a username or a password is"
                  .formatted(section.name())
              + " specified, both the username and password must be specified");
    }
    return new Credentials(username, password);
  }
}
