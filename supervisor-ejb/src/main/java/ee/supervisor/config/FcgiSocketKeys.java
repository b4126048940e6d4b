package ee.supervisor.config;

import static ee.supervisor.posix.PythonText.repr;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code socket*} keys of an {@code [fcgi-program:x]}. */
final class FcgiSocketKeys {
  private static final Pattern TCP =
      Pattern.compile("tcp://([^\\s:]+):(\\d+)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String UNIX = "unix://";
  private static final int MAX_BACKLOG = 65535;
  private static final int DEFAULT_MODE = 0700;

  private final Reading reading;
  private final Section section;
  private final String programName;

  FcgiSocketKeys(Reading reading, Section section, String programName) {
    this.reading = reading;
    this.section = section;
    this.programName = programName;
  }

  FcgiSocket read() throws ConfigException {
    Optional<UserId> user = section.given(Options.PROGRAM_USER);
    OptionalInt backlog = backlog();
    Optional<SocketOwner> owner = owner();
    OptionalInt mode = mode();
    String url =
        section
            .with(section.expansions().with("program_name", programName))
            .text(Options.SOCKET_URL)
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "[%s] section requires a \"socket\" line".formatted(section.name())));
    try {
      return url.startsWith(UNIX)
          ? unix(url.substring(UNIX.length()), user, owner, mode, backlog)
          : tcp(url, owner, mode, backlog);
    } catch (ConfigException e) {
      throw new ConfigException("%s in [%s] socket".formatted(e.getMessage(), section.name()), e);
    }
  }

  private OptionalInt backlog() throws ConfigException {
    Optional<Long> backlog = section.given(Options.SOCKET_BACKLOG);
    if (backlog.isEmpty()) {
      return OptionalInt.empty();
    }
    if (backlog.get() < 1 || backlog.get() > MAX_BACKLOG) {
      throw new ConfigException("Invalid socket_backlog value " + backlog.get());
    }
    return OptionalInt.of(backlog.get().intValue());
  }

  private Optional<SocketOwner> owner() throws ConfigException {
    return section.given(Options.SOCKET_OWNER);
  }

  private OptionalInt mode() throws ConfigException {
    Optional<Integer> mode = section.given(Options.SOCKET_MODE);
    return mode.isEmpty() ? OptionalInt.empty() : OptionalInt.of(mode.get());
  }

  private FcgiSocket unix(
      String path,
      Optional<UserId> user,
      Optional<SocketOwner> owner,
      OptionalInt mode,
      OptionalInt backlog)
      throws ConfigException {
    if (!path.startsWith("/")) {
      throw new ConfigException(
          "('Unix socket path %%s is not an absolute path', %s)".formatted(repr(path)));
    }
    return new FcgiSocket(
        UNIX + reading.paths().normalize(path),
        owner.or(() -> user.filter(this::isAnother).map(FcgiSocketKeys::ownerOf)),
        OptionalInt.of(mode.orElse(DEFAULT_MODE)),
        backlog);
  }

  private boolean isAnother(UserId user) {
    boolean same =
        user.uid() < 0
            ? user.name().equals("root") && reading.host().uid() == 0
            : user.uid() == reading.host().uid();
    return !same;
  }

  /** The user and its group; a group that was not looked up is taken to be named as the user. */
  private static SocketOwner ownerOf(UserId user) {
    return new SocketOwner(user.name(), user.uid(), user.gid() < 0 ? user.name() : "", user.gid());
  }

  private FcgiSocket tcp(
      String url, Optional<SocketOwner> owner, OptionalInt mode, OptionalInt backlog)
      throws ConfigException {
    if (owner.isPresent() || mode.isPresent()) {
      throw new ConfigException(
          "socket_owner and socket_mode params should only be used with a Unix domain socket");
    }
    Matcher tcp = TCP.matcher(url);
    if (!tcp.matches()) {
      throw new ConfigException("('Bad socket format %%s', %s)".formatted(repr(url)));
    }
    int port = Conversions.port(tcp.group(2));
    return new FcgiSocket(
        "tcp://%s:%d".formatted(tcp.group(1).toLowerCase(Locale.ROOT), port),
        Optional.empty(),
        OptionalInt.empty(),
        backlog);
  }
}
