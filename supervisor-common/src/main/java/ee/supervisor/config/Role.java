package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Arrays;
import java.util.Locale;

/** What a user may do, each role including those before it. */
public enum Role {
  /** Look at everything, change nothing. */
  VIEWER,
  /** Also start, stop and signal processes, clear their logs and write to their stdin. */
  OPERATOR,
  /** Also end and reload supervisord, and change what it supervises. */
  ADMIN;

  /** Its name as it stands in a file. */
  public String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may do what {@code needed} may. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /**
   * The role of that name, in any case.
   *
   * @throws ConfigException when there is none
   */
  public static Role named(String text) throws ConfigException {
    return Arrays.stream(values())
        .filter(role -> role.name().equals(text.strip().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "role=%s is not admin, operator or viewer".formatted(repr(text))));
  }
}
