package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request is for: its target taken apart.
 *
 * @param path decoded; begins with a slash
 * @param query as sent, empty where there is none
 * @param origin path and query as they are passed on: printable ASCII
 * @param authority of an absolute target, whose {@code Host} it is; empty for others
 */
record RequestTarget(String path, String query, String origin, Optional<String> authority) {

  /**
   * Takes a target apart, {@code /path?query} or {@code http://host/path?query}.
   *
   * @param target each byte sent as one character
   * @return empty when it is none of a request that could be served
   */
  static Optional<RequestTarget> parse(String target) {
    Optional<String> authority = Optional.empty();
    String origin = target;
    String lower = target.substring(0, Math.min(target.length(), 8)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      int start = target.indexOf("//") + 2;
      int end = start;
      while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
        end++;
      }
      authority = Optional.of(target.substring(start, end));
      origin = target.substring(end).startsWith("/") ? target.substring(end) : "/";
    }
    if (!origin.startsWith("/") || origin.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return Optional.empty();
    }
    int fragment = origin.indexOf('#');
    String whole = ascii(fragment < 0 ? origin : origin.substring(0, fragment));
    int question = whole.indexOf('?');
    String path = decode(question < 0 ? whole : whole.substring(0, question));
    if (path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestTarget(
            path, question < 0 ? "" : whole.substring(question + 1), whole, authority));
  }

  /** The path as sent. */
  String rawPath() {
    int question = origin.indexOf('?');
    return question < 0 ? origin : origin.substring(0, question);
  }

  /** Whether each percent sign begins an escape, as the server behind insists. */
  boolean isWellEscaped() {
    for (int at = origin.indexOf('%'); at >= 0; at = origin.indexOf('%', at + 1)) {
      if (!isEscape(origin, at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  /** Bytes that do not belong into a target are passed on as if they had been escaped. */
  private static String ascii(String target) {
    if (target.chars().allMatch(c -> c < 0x80)) {
      return target;
    }
    StringBuilder escaped = new StringBuilder(target.length() + 16);
    for (byte sent : target.getBytes(ISO_8859_1)) {
      if (sent < 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(sent));
      } else {
        escaped.append((char) sent);
      }
    }
    return escaped.toString();
  }

  /** What is no escape stays as it is. */
  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && isEscape(path, i)) {
        decoded.write(HexFormat.fromHexDigits(path, i + 1, i + 3));
        i += 2;
      } else {
        decoded.write(c);
      }
    }
    return decoded.toString(UTF_8);
  }
}
