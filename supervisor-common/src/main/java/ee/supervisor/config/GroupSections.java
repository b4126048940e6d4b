package ee.supervisor.config;

import ee.supervisor.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes process groups of the {@code [group:x]}, {@code [program:x]}, {@code [eventlistener:x]} and
 * {@code [fcgi-program:x]} sections.
 */
final class GroupSections {
  private static final String PROGRAM = "program:";
  private static final String FCGI_PROGRAM = "fcgi-program:";

  private final Reading reading;
  private final List<GroupConfig> groups = new ArrayList<>();
  private final Set<String> sectionsInGroups = new HashSet<>();

  private GroupSections(Reading reading) {
    this.reading = reading;
  }

  /** All groups, by priority, then name. */
  static List<GroupConfig> read(Reading reading) throws ConfigException {
    GroupSections sections = new GroupSections(reading);
    sections.readGroups();
    sections.readPrograms();
    sections.readEventListeners();
    sections.readFastCgiPrograms();
    sections.groups.sort(
        Comparator.comparingLong(GroupConfig::priority).thenComparing(GroupConfig::name));
    new DependencyRules(reading, sections.groups).check();
    return sections.groups;
  }

  private void readGroups() throws ConfigException {
    for (String name : reading.sectionsOf("group:")) {
      Section section = reading.sectionWithHere(name);
      String group = groupName(section);
      List<String> programs = section.given(Options.GROUP_PROGRAMS).orElse(List.of());
      long priority = section.get(Options.GROUP_PRIORITY);
      List<Dependency> needs = section.given(Options.GROUP_DEPENDS_ON).orElse(List.of());
      List<ProcessConfig> processes = new ArrayList<>();
      String before = name;
      for (String program : programs) {
        String member = member(name, before, program);
        sectionsInGroups.add(member);
        processes.addAll(ProgramSection.read(reading, member, group, needs));
        before = member;
      }
      groups.add(new GroupConfig.Programs(group, priority, processes));
    }
  }

  /**
   * The section of a program that a group names.
   *
   * @param before what Supervisor blames for an unknown name: the section it looked at last
   */
  private String member(String groupSection, String before, String program) throws ConfigException {
    boolean plain = reading.document().has(PROGRAM + program);
    boolean fastCgi = reading.document().has(FCGI_PROGRAM + program);
    String namedBy =
        before.equals(groupSection) ? "" : " (named in programs of [%s])".formatted(groupSection);
    if (!plain && !fastCgi) {
      throw mistake(
          "[%s] names unknown program or fcgi-program %s".formatted(before, program), namedBy);
    } else if (plain && fastCgi) {
      throw mistake(
          "[%s] name %s is ambiguous (exists as program and fcgi-program)"
              .formatted(before, program),
          namedBy);
    }
    return plain ? PROGRAM + program : FCGI_PROGRAM + program;
  }

  private static ConfigException mistake(String supervisorsWords, String ours) {
    return new ConfigException(supervisorsWords + ours, supervisorsWords, null);
  }

  private void readPrograms() throws ConfigException {
    for (String name : reading.sectionsOf(PROGRAM)) {
      if (!sectionsInGroups.contains(name)) {
        Section section = reading.sectionWithHere(name);
        String group = groupName(section);
        long priority = section.get(Options.PRIORITY);
        groups.add(
            new GroupConfig.Programs(group, priority, ProgramSection.read(reading, name, group)));
      }
    }
  }

  private void readEventListeners() throws ConfigException {
    for (String name : reading.sectionsOf("eventlistener:")) {
      Section section = reading.sectionWithHere(name);
      String pool = section.label().orElse("");
      long priority = section.get(Options.LISTENER_PRIORITY);
      long bufferSize = section.get(Options.BUFFER_SIZE);
      if (bufferSize < 1) {
        throw new ConfigException(
            "[%s] section sets invalid buffer_size (%d)".formatted(name, bufferSize));
      }
      String resultHandler = section.get(Options.RESULT_HANDLER);
      List<String> events = events(section);
      if (section.get(Options.LISTENER_REDIRECT_STDERR)) {
        throw new ConfigException(
            "[%s] section sets redirect_stderr=true but this is not allowed because it will"
                    .formatted(name)
                + " interfere with the eventlistener protocol");
      }
      List<ProcessConfig> processes = ProgramSection.read(reading, name, pool);
      groups.add(
          new GroupConfig.EventListeners(
              pool, priority, processes, bufferSize, events, resultHandler));
    }
  }

  private static List<String> events(Section section) throws ConfigException {
    Set<String> events = new TreeSet<>();
    for (String event : section.given(Options.EVENTS).orElse(List.of())) {
      events.add(event.toUpperCase(Locale.ROOT));
    }
    if (events.isEmpty()) {
      throw new ConfigException(
          "[%s] section requires an \"events\" line".formatted(section.name()));
    }
    for (String event : events) {
      if (Event.Type.named(event).isEmpty()) {
        throw new ConfigException(
            "Unknown event type %s in [%s] events".formatted(event, section.name()));
      }
    }
    return List.copyOf(events);
  }

  private void readFastCgiPrograms() throws ConfigException {
    for (String name : reading.sectionsOf(FCGI_PROGRAM)) {
      if (!sectionsInGroups.contains(name)) {
        Section section = reading.sectionWithHere(name);
        String group = groupName(section);
        long priority = section.get(Options.PRIORITY);
        FcgiSocket socket = new FcgiSocketKeys(reading, section, group).read();
        groups.add(
            new GroupConfig.FastCgi(
                group, priority, ProgramSection.read(reading, name, group), socket));
      }
    }
  }

  private static String groupName(Section section) throws ConfigException {
    return Conversions.name(section.label().orElse(""));
  }
}
