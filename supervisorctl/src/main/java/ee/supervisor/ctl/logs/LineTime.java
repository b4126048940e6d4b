package ee.supervisor.ctl.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the date that a line of a log begins with, in the forms that most programs use. */
final class LineTime {
  /** Somewhere in the first characters, behind a bracket or a level perhaps. */
  private static final int HEAD = 100;

  private static final String CLOCK = "(\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?";

  /** {@code 2026-11-26T04:29:30.813Z}, {@code 2026-11-26 04:29:30,813}, {@code 2026/11/26 …}. */
  private static final Pattern ISO =
      Pattern.compile(
          "(?<!\\d)(\\d{4})[-/](\\d{2})[-/](\\d{2})[T ]" + CLOCK + " ?(Z|[+-]\\d{2}:?\\d{2})?");

  /** {@code 26/Nov/2026:04:29:30 +0000}, as web servers write it. */
  private static final Pattern WEB =
      Pattern.compile("(?<!\\d)(\\d{1,2})/([A-Za-z]{3})/(\\d{4}):" + CLOCK + " ?([+-]\\d{4})?");

  /** {@code Nov 26 04:29:30}, with or without a day of the week, a year or a zone. */
  private static final Pattern SYSLOG =
      Pattern.compile(
          "(?<![A-Za-z])([A-Z][a-z]{2}) {1,2}(\\d{1,2}) "
              + CLOCK
              + "(?: ([A-Z]{3,4}))?(?: (\\d{4}))?");

  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private final ZoneId zone;
  private final Instant now;

  /**
   * Reads dates.
   *
   * @param zone of those that name none
   * @param now makes the year of those that have none
   */
  LineTime(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** The date of a line, if it has one. */
  Optional<Instant> of(String line) {
    String head = line.substring(0, Math.min(HEAD, line.length()));
    try {
      Matcher iso = ISO.matcher(head);
      if (iso.find()) {
        int month = Integer.parseInt(iso.group(2));
        return Optional.of(instant(iso.group(1), month, iso.group(3), iso, 4, iso.group(8)));
      }
      Matcher web = WEB.matcher(head);
      if (web.find()) {
        return Optional.of(
            instant(web.group(3), month(web.group(2)), web.group(1), web, 4, web.group(8)));
      }
      Matcher syslog = SYSLOG.matcher(head);
      return syslog.find() ? Optional.of(ofSyslog(syslog)) : Optional.empty();
    } catch (DateTimeException e) {
      // numbers that are no date
      return Optional.empty();
    }
  }

  private Instant ofSyslog(Matcher date) {
    String offset = "UTC".equals(date.group(7)) || "GMT".equals(date.group(7)) ? "Z" : null;
    int month = month(date.group(1));
    if (date.group(8) != null) {
      return instant(date.group(8), month, date.group(2), date, 3, offset);
    }
    int year = LocalDateTime.ofInstant(now, zone).getYear();
    Instant inThisYear = instant(String.valueOf(year), month, date.group(2), date, 3, offset);
    // December's lines, read in January
    return inThisYear.isAfter(now.plusSeconds(86400))
        ? instant(String.valueOf(year - 1), month, date.group(2), date, 3, offset)
        : inThisYear;
  }

  /** The four groups from {@code clock} on are hour, minute, second and fraction. */
  private Instant instant(
      String year, int month, String day, Matcher date, int clock, String offset) {
    String fraction = date.group(clock + 3);
    int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    LocalDateTime local =
        LocalDateTime.of(
            Integer.parseInt(year),
            month,
            Integer.parseInt(day),
            Integer.parseInt(date.group(clock)),
            Integer.parseInt(date.group(clock + 1)),
            // a leap second
            Math.min(59, Integer.parseInt(date.group(clock + 2))),
            nanos);
    return offset == null ? local.atZone(zone).toInstant() : local.toInstant(ZoneOffset.of(offset));
  }

  private static int month(String name) {
    for (int i = 0; i < MONTHS.length; i++) {
      if (MONTHS[i].toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return Month.of(i + 1).getValue();
      }
    }
    throw new DateTimeException(name);
  }
}
