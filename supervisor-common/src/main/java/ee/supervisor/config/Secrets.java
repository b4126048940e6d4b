package ee.supervisor.config;

import java.util.regex.Pattern;

/** Hides what nobody has to see in a text that is shown: passwords, tokens, keys. */
public final class Secrets {
  /** What stands where something is hidden. */
  public static final String HIDDEN = "***";

  private static final String WORDS =
      "pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|credentials?|api[-_]?key|access[-_]?key"
          + "|private[-_]?key|auth(?:orization)?|dsn|cookie|signature|salt|bearer";

  /** A word of the name alone, so that neither {@code COMPASS} nor {@code AUTHOR} is a secret. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?:^|[-_.]|(?-i:(?<=[a-z])(?=[A-Z])))(?:"
              + WORDS
              + "|key|keys)(?:$|[-_.0-9s])"
              + "|(?i:password|passwd|secret|apikey|token$|passphrase|credential)");

  /** {@code scheme://user:password@host}. */
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@'\"]*:)[^\\s@/'\"]+(?=@)");

  private static final String SECRET =
      "(?:[A-Za-z0-9]+[-_.])*(?:" + WORDS + ")(?:[-_.][A-Za-z0-9]+)*";

  private static final String VALUE =
      "(?:\"[^\"]*\"|'[^']*'|(?:Basic|Bearer)\\s+[^\\s'\"&;,]+|[^\\s'\"&;,]+)";

  /** {@code --password=x}, {@code DB_PASSWORD=x}, {@code ?token=x}, {@code Authorization: x}. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?i)((?<![A-Za-z0-9_.-])(?:--?)?" + SECRET + "\\s*[=:]\\s*)" + VALUE);

  /** {@code --password x}. */
  private static final Pattern OPTION =
      Pattern.compile("(?i)((?<!\\S)--?" + SECRET + "\\s+)(?!-)" + VALUE);

  private Secrets() {}

  /** Whether something of that name, a variable or an option, is to be hidden. */
  public static boolean isSecret(String name) {
    return NAME.matcher(name).find();
  }

  /** A value as it may be shown: hidden if the name says so, and within it what looks secret. */
  public static String shown(String name, String value) {
    return isSecret(name) && !value.isEmpty() ? HIDDEN : shown(value);
  }

  /** A text with what looks secret in it hidden. */
  public static String shown(String text) {
    String urls = URL.matcher(text).replaceAll("$1" + HIDDEN);
    String assignments = ASSIGNMENT.matcher(urls).replaceAll("$1" + HIDDEN);
    return OPTION.matcher(assignments).replaceAll("$1" + HIDDEN);
  }
}
