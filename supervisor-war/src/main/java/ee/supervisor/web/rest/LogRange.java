package ee.supervisor.web.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a log are sent (RFC 9110, "Range").
 *
 * @param first where they begin
 * @param length how many, 0 or more
 * @param size of the log now
 * @param partial whether the client asked for a part
 */
record LogRange(long first, long length, long size, boolean partial) {
  private static final Pattern ONE =
      Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})", Pattern.CASE_INSENSITIVE);

  /**
   * The bytes that a Range header means; all of them if it is none that we know, of several, or
   * backwards.
   *
   * @param header null for none
   * @return empty when the log has no such bytes: 416
   */
  static Optional<LogRange> of(String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return whole(size);
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(range.group(2)));
      return length == 0
          ? Optional.empty()
          : Optional.of(new LogRange(size - length, length, size, true));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (last < first) {
      return whole(size);
    }
    return first >= size
        ? Optional.empty()
        : Optional.of(new LogRange(first, Math.min(size - 1, last) - first + 1, size, true));
  }

  private static Optional<LogRange> whole(long size) {
    return Optional.of(new LogRange(0, size, size, false));
  }

  /** The header that shows the client what it gets. */
  String contentRange() {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
