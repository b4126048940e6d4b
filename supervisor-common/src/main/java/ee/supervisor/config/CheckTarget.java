package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a check looks at, as {@code readiness_check_script} and its like say it. */
public sealed interface CheckTarget {

  /** A host, an address of IPv6 in brackets, and perhaps a port. */
  Pattern PLACE = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+\\])(?::([0-9]{1,5}))?");

  /** Begins a command, as Go's supervisord may have it. */
  String SCRIPT = "script://";

  /** As the file has it. */
  String text();

  /** A command that exits with 0 when all is well. */
  record Command(String text) implements CheckTarget {}

  /**
   * A request that is answered as it should be.
   *
   * @param uri with scheme {@code http} or {@code https}
   * @param host of it, also where it is none to {@link URI#getHost} for an underscore
   * @param port that is connected to
   */
  record Http(String text, URI uri, String host, int port, HttpExpectation expected)
      implements CheckTarget {

    /** Whether TLS is spoken. */
    public boolean isSecure() {
      return isSecure(uri);
    }

    private static boolean isSecure(URI uri) {
      return uri.getScheme().equalsIgnoreCase("https");
    }

    Http expecting(HttpExpectation other) {
      return new Http(text, uri, host, port, other);
    }
  }

  /** A port that takes connections. */
  record Tcp(String text, String host, int port) implements CheckTarget {}

  /** A Unix socket that takes connections. */
  record Unix(String text, String path) implements CheckTarget {}

  /**
   * A line of the program's own output.
   *
   * @param pattern a regular expression, found anywhere in the line
   */
  record Log(String text, String pattern) implements CheckTarget {}

  /** What the program says of itself by sd_notify(3). */
  record Notify(String text) implements CheckTarget {}

  /**
   * What a response has to be like.
   *
   * @param statuses those that are good
   * @param body a regular expression to be found in the body, if that matters
   * @param headers sent with the request
   */
  record HttpExpectation(
      List<StatusRange> statuses, Optional<String> body, Map<String, String> headers) {
    /** Any success or redirection. */
    static final HttpExpectation ANY_SUCCESS =
        new HttpExpectation(List.of(new StatusRange(200, 399)), Optional.empty(), Map.of());

    public HttpExpectation {
      statuses = List.copyOf(statuses);
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  /** The statuses from one to another, both included. */
  record StatusRange(int first, int last) {

    /** Whether it is one of them. */
    public boolean covers(int status) {
      return first <= status && status <= last;
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /** Reads what a check looks at; whatever has no scheme of ours is a command. */
  static CheckTarget parse(String text) throws ConfigException {
    String stripped = WhiteSpace.strip(text);
    String lower = stripped.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return http(stripped);
    } else if (lower.startsWith("tcp://")) {
      return tcp(stripped);
    } else if (lower.startsWith("unix://")) {
      return unix(stripped);
    } else if (lower.startsWith(SCRIPT) && stripped.length() > SCRIPT.length()) {
      return new Command(stripped.substring(SCRIPT.length()));
    } else if (lower.startsWith("log:")) {
      String pattern = WhiteSpace.strip(stripped.substring("log:".length()));
      return new Log(stripped, pattern(pattern));
    } else if (lower.equals("notify")) {
      return new Notify(stripped);
    } else if (stripped.isEmpty()) {
      throw new ConfigException("a check needs a command or a URL");
    }
    return new Command(stripped);
  }

  private static CheckTarget http(String text) throws ConfigException {
    String wanted = "http://host:port/path";
    URI uri = uri(text, wanted);
    Matcher place = place(uri, text, wanted);
    int port = place.group(2) != null ? port(place, text, wanted) : Http.isSecure(uri) ? 443 : 80;
    return new Http(text, uri, place.group(1), port, HttpExpectation.ANY_SUCCESS);
  }

  private static CheckTarget tcp(String text) throws ConfigException {
    String wanted = "tcp://host:port";
    URI uri = uri(text, wanted);
    Matcher place = place(uri, text, wanted);
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || place.group(2) == null) {
      throw malformed(text, wanted);
    }
    return new Tcp(text, place.group(1), port(place, text, wanted));
  }

  /** The host, and the port if there is one: names with an underscore are hosts as well. */
  private static Matcher place(URI uri, String text, String wanted) throws ConfigException {
    Matcher place = PLACE.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
    if (!place.matches()) {
      throw malformed(text, wanted);
    }
    return place;
  }

  private static int port(Matcher place, String text, String wanted) throws ConfigException {
    int port = Integer.parseInt(place.group(2));
    if (port == 0 || port > 0xffff) {
      throw malformed(text, wanted);
    }
    return port;
  }

  private static CheckTarget unix(String text) throws ConfigException {
    String path = text.substring("unix://".length());
    if (!path.startsWith("/") && !path.startsWith("@")) {
      throw malformed(text, "unix:///path");
    }
    return new Unix(text, path);
  }

  private static URI uri(String text, String wanted) throws ConfigException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw malformed(text, wanted);
    }
  }

  private static ConfigException malformed(String text, String wanted) {
    return new ConfigException("%s is no check: %s is wanted".formatted(repr(text), wanted));
  }

  /** A regular expression that can be used. */
  static String pattern(String text) throws ConfigException {
    try {
      Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          "%s is no regular expression: %s".formatted(repr(text), e.getDescription()), e);
    }
  }

  /** Headers that can be sent as they are. */
  static Map<String, String> headers(Map<String, String> headers) throws ConfigException {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      boolean sendable =
          header.getKey().chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')
              && header.getValue().chars().noneMatch(c -> c < ' ' || c == 0x7f);
      if (!sendable) {
        throw new ConfigException("%s is no header of HTTP".formatted(repr(header.getKey())));
      }
    }
    return headers;
  }

  /** Statuses such as {@code 200,204,300-399}. */
  static List<StatusRange> statuses(String text) throws ConfigException {
    List<StatusRange> ranges = new ArrayList<>();
    for (String item : Conversions.list(text)) {
      int dash = item.indexOf('-');
      long first = Conversions.wholeNumber(dash < 0 ? item : item.substring(0, dash));
      long last = dash < 0 ? first : Conversions.wholeNumber(item.substring(dash + 1));
      if (first < 100 || last > 599 || first > last) {
        throw new ConfigException(
            "%s are no HTTP statuses: such as 200,204,300-399 is wanted".formatted(repr(text)));
      }
      ranges.add(new StatusRange((int) first, (int) last));
    }
    if (ranges.isEmpty()) {
      throw new ConfigException("no HTTP status is given: such as 200,204,300-399 is wanted");
    }
    return ranges;
  }
}
