package ee.supervisor.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sections and options of a configuration file and of the files it includes, as they stand
 * there: nothing is expanded, converted or checked. Sections of the same name are one, of options
 * of the same name the last counts, and what {@code [DEFAULT]} holds is in every section.
 *
 * <p>Not safe for use by several threads.
 */
final class IniDocument {
  private static final String DEFAULT_SECTION = "DEFAULT";
  private static final String HERE = "%(here)s";

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();

  /**
   * Reads a file's text on top of what is here.
   *
   * @param text lines that end in {@code \n}
   * @param source the file's name, for messages and {@link #source}
   * @throws ConfigException when a line is neither a section, an option, a comment nor blank
   */
  void merge(String text, String source) throws ConfigException {
    IniParser parser = new IniParser(source, name -> open(name, source));
    parser.parse(text);
  }

  private Map<String, String> open(String name, String source) {
    if (name.equals(DEFAULT_SECTION)) {
      return defaults;
    }
    sources.putIfAbsent(name, source);
    return sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
  }

  /** The names of the sections in the order they came. */
  List<String> sections() {
    return List.copyOf(sections.keySet());
  }

  /** Whether there is a section of that name. */
  boolean has(String section) {
    return sections.containsKey(section);
  }

  /** The file in which a section first stood, empty if there is no such section. */
  Optional<String> source(String section) {
    return Optional.ofNullable(sources.get(section));
  }

  /** The value of an option, lower case, as it stands in the file; empty where it is not set. */
  Optional<String> get(String section, String option) {
    String own = sections.getOrDefault(section, Map.of()).get(option);
    return Optional.ofNullable(own != null ? own : defaults.get(option));
  }

  /** The options of a section with their values, its own in file order before the defaults. */
  Map<String, String> options(String section) {
    Map<String, String> all = new LinkedHashMap<>(sections.getOrDefault(section, Map.of()));
    defaults.forEach(all::putIfAbsent);
    return Collections.unmodifiableMap(all);
  }

  /** Gives each section that begins so the options of another that it does not have itself. */
  void inherit(String prefix, String from) {
    Map<String, String> inherited = sections.getOrDefault(from, Map.of());
    sections.forEach(
        (name, options) -> {
          if (name.startsWith(prefix)) {
            inherited.forEach(options::putIfAbsent);
          }
        });
  }

  /** Puts a directory where values say {@code %(here)s}: each file means its own. */
  void expandHere(String directory) {
    for (String section : new ArrayList<>(sections.keySet())) {
      options(section)
          .forEach(
              (option, value) -> {
                if (value.contains(HERE)) {
                  sections.get(section).put(option, value.replace(HERE, directory));
                }
              });
    }
  }
}
