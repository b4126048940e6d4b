package ee.supervisor.web.page;

import ee.supervisor.web.http.Preferences;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that the pages speak; the first is that of who says nothing. */
enum Language {
  ENGLISH("en", "English", Locale.US),
  GERMAN("de", "Deutsch", Locale.GERMANY),
  FRENCH("fr", "Français", Locale.FRANCE),
  CHINESE("zh", "中文", Locale.SIMPLIFIED_CHINESE);

  /** Remembers what a person has chosen. */
  static final String COOKIE = "supervisor-language";

  private final String tag;
  private final String ownName;
  private final Locale locale;

  Language(String tag, String ownName, Locale locale) {
    this.tag = tag;
    this.ownName = ownName;
    this.locale = locale;
  }

  /** As {@code lang} has it. */
  String tag() {
    return tag;
  }

  /** As those who speak it call it. */
  String ownName() {
    return ownName;
  }

  /** How numbers and dates are written. */
  Locale locale() {
    return locale;
  }

  /** The language with that tag, if there is one. */
  static Optional<Language> tagged(String tag) {
    return Arrays.stream(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  /**
   * What a person chose, or else what the browser would rather have.
   *
   * @param cookies the header {@code Cookie}, null for none
   * @param accepted the header {@code Accept-Language}, null for none
   */
  static Language of(String cookies, String accepted) {
    return Optional.ofNullable(cookies)
        .flatMap(Language::chosen)
        .or(() -> Preferences.of(accepted).firstLanguage(tags()).flatMap(Language::tagged))
        .orElse(ENGLISH);
  }

  private static Optional<Language> chosen(String cookies) {
    return Arrays.stream(cookies.split(";", -1))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(COOKIE + "="))
        .map(cookie -> cookie.substring(COOKIE.length() + 1))
        .map(Language::tagged)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static List<String> tags() {
    return Arrays.stream(values()).map(Language::tag).toList();
  }
}
