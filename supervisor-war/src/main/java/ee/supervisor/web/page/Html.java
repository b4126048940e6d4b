package ee.supervisor.web.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A piece of HTML in which everything that came from outside has been escaped: the only way to make
 * one from a text is through {@link #of}.
 */
final class Html {
  /** Nothing. */
  static final Html EMPTY = new Html("");

  private static final String GAP = "{}";

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /**
   * Fills the gaps, <code>{}</code>, of a template: with {@code Html} as it is, with anything else
   * as escaped text. Fit for element content and for attribute values in double quotes.
   *
   * @param template markup of our own, never anything from outside
   * @throws IllegalArgumentException when there are not as many values as gaps
   */
  static Html of(String template, Object... values) {
    StringBuilder filled = new StringBuilder(template.length() + 32 * values.length);
    int from = 0;
    for (Object value : values) {
      int gap = template.indexOf(GAP, from);
      if (gap < 0) {
        throw new IllegalArgumentException("more values than gaps: " + template);
      }
      filled.append(template, from, gap);
      if (value instanceof Html html) {
        filled.append(html.markup);
      } else {
        escape(String.valueOf(value), filled);
      }
      from = gap + GAP.length();
    }
    if (template.indexOf(GAP, from) >= 0) {
      throw new IllegalArgumentException("more gaps than values: " + template);
    }
    return new Html(filled.append(template, from, template.length()).toString());
  }

  /** Pieces one after the other. */
  static Html join(List<Html> pieces) {
    return new Html(pieces.stream().map(piece -> piece.markup).collect(Collectors.joining()));
  }

  /** The piece, or nothing. */
  static Html orNothing(Optional<Html> piece) {
    return piece.orElse(EMPTY);
  }

  private static void escape(String text, StringBuilder target) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> target.append("&amp;");
        case '<' -> target.append("&lt;");
        case '>' -> target.append("&gt;");
        case '"' -> target.append("&quot;");
        case '\'' -> target.append("&#39;");
        case '\t', '\n', '\r' -> target.append(c);
        // HTML has no way to write them, not even as references
        default -> target.append(c < ' ' || c == 0x7f ? '\uFFFD' : c);
      }
    }
  }

  /** The markup. */
  @Override
  public String toString() {
    return markup;
  }
}
