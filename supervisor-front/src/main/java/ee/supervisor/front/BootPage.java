package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * What a person sees while the server behind boots, which has all other pages and what they say:
 * that something is going on, and the real page as soon as there is one.
 */
enum BootPage {
  EN(
      "Supervisor is starting",
      "Programs are supervised already. This page follows in some seconds, by itself."),
  DE(
      "Supervisor startet",
      "Programme werden schon überwacht. Diese Seite folgt in einigen Sekunden von selbst."),
  FR(
      "Supervisor démarre",
      "Les programmes sont déjà surveillés. Cette page suit d’elle-même dans quelques secondes."),
  ZH("Supervisor 正在启动", "程序已处于监管之下。此页面将在几秒后自动显示。");

  private final String title;
  private final String text;

  BootPage(String title, String text) {
    this.title = title;
    this.text = text;
  }

  /**
   * The page.
   *
   * @param languages as a browser asks for them, most welcome first; English if it knows none
   */
  static HttpResponse in(String languages) {
    String page =
        Arrays.stream(languages.toLowerCase(Locale.ROOT).split(",", -1))
            .map(language -> language.strip().replaceFirst("[-;].*", ""))
            .flatMap(tag -> Arrays.stream(values()).filter(one -> one.tag().equals(tag)))
            .findFirst()
            .orElse(EN)
            .html();
    return new HttpResponse(
        503,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        new HttpResponse.Body.Whole(page.getBytes(UTF_8)));
  }

  private String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String html() {
    return """
        <!DOCTYPE html>
        <html lang="%s">
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="2">
        <title>%s</title>
        <h1>%s</h1>
        <p>%s
        </html>
        """
        .formatted(tag(), title, title, text);
  }
}
