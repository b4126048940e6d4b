package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.clock.LocalTime;
import ee.supervisor.config.Role;
import ee.supervisor.process.UnmetNeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that the pages and their scripts say, in one language. What Supervisor itself says (states in
 * REST, lines of its log, messages of programs) is not in here. Immutable.
 */
final class Texts {
  private static final Pattern GAP = Pattern.compile("\\{([0-9])\\}");
  private static final Pattern KEY = Pattern.compile("\\{\\{([a-z][A-Za-z.]*)\\}\\}");

  /** As C's {@code ctime}: what the reference says in English. */
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

  private static final DateTimeFormatter AS_LOGGED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final Map<Language, Texts> ALL = all();

  private final Language language;
  private final PropertyResourceBundle bundle;

  private Texts(Language language, PropertyResourceBundle bundle) {
    this.language = language;
    this.bundle = bundle;
  }

  private static Map<Language, Texts> all() {
    Map<Language, Texts> all = new EnumMap<>(Language.class);
    Arrays.stream(Language.values())
        .forEach(language -> all.put(language, new Texts(language, read(language))));
    return all;
  }

  private static PropertyResourceBundle read(Language language) {
    String name = "texts_" + language.tag() + ".properties";
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the archive lacks " + name);
      }
      Reader reader = new InputStreamReader(in, UTF_8);
      return new PropertyResourceBundle(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those in {@code language}. */
  static Texts in(Language language) {
    return ALL.get(language);
  }

  /** Their language. */
  Language language() {
    return language;
  }

  /**
   * A text.
   *
   * @param values fill its gaps, <code>{0}</code> and so on; a number as people write it
   * @throws MissingResourceException where there is none
   */
  String get(String key, Object... values) {
    return GAP.matcher(bundle.getString(key))
        .replaceAll(gap -> Matcher.quoteReplacement(shown(values[Integer.parseInt(gap.group(1))])));
  }

  private String shown(Object value) {
    return value instanceof Integer || value instanceof Long
        ? NumberFormat.getIntegerInstance(language.locale()).format(value)
        : String.valueOf(value);
  }

  /** A text whose gaps hold pieces of HTML, or text that is escaped. */
  Html html(String key, Object... values) {
    List<Html> pieces = new ArrayList<>();
    String text = bundle.getString(key);
    Matcher gap = GAP.matcher(text);
    int from = 0;
    while (gap.find()) {
      pieces.add(Html.of("{}", text.substring(from, gap.start())));
      Object value = values[Integer.parseInt(gap.group(1))];
      pieces.add(value instanceof Html piece ? piece : Html.of("{}", shown(value)));
      from = gap.end();
    }
    pieces.add(Html.of("{}", text.substring(from)));
    return Html.join(pieces);
  }

  /** Markup of ours in which <code>{{key}}</code> stands for a text. */
  Html fill(String template) {
    return Html.of(
        KEY.matcher(template)
            .replaceAll(
                key -> Matcher.quoteReplacement(Html.of("{}", get(key.group(1))).toString())));
  }

  /** A role, as people call it. */
  String role(Role role) {
    return get("role." + role.lowerCase());
  }

  /** What a process waits for. */
  String need(UnmetNeed need) {
    String text = get("need." + need.condition().lowerCase(), need.process());
    return need.trouble().isEmpty() ? text : text + " " + get("need.trouble", need.trouble());
  }

  /** Several such. */
  String needs(List<UnmetNeed> needs) {
    return needs.stream().map(this::need).collect(Collectors.joining(", "));
  }

  /** A moment of this machine's clock; in English as Supervisor's log has it. */
  String date(Instant instant) {
    return (language == Language.ENGLISH ? AS_LOGGED : medium()).format(LocalTime.of(instant));
  }

  private DateTimeFormatter medium() {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(language.locale());
  }

  /** A moment of this machine's clock, for a message. */
  String moment(Instant instant) {
    return (language == Language.ENGLISH ? CTIME : medium()).format(LocalTime.of(instant));
  }

  /** The module by which scripts know all of them. */
  String script() {
    Map<String, Object> texts = new TreeMap<>();
    bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
    return "export const locale = %s;\nexport const texts = %s;\n"
        .formatted(JsonWriter.string(language.locale().toLanguageTag()), JsonWriter.string(texts));
  }

  /** All keys. */
  Set<String> keys() {
    return bundle.keySet();
  }
}
