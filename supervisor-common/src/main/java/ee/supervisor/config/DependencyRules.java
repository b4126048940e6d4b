package ee.supervisor.config;

import ee.supervisor.protocol.Namespec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses what programs say of one another and could never come about: unknown names, programs that
 * wait for one another in a ring, conditions that cannot come true.
 */
final class DependencyRules {
  private final Reading reading;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, List<Member>> byProgram = new HashMap<>();
  private final Map<String, List<Member>> byGroup = new HashMap<>();

  /** A process and its group. */
  private record Member(String group, ProcessConfig process) {
    String section() {
      return process.relations().section();
    }

    @Override
    public String toString() {
      return Namespec.of(group, process.name());
    }
  }

  DependencyRules(Reading reading, List<GroupConfig> groups) {
    this.reading = reading;
    for (GroupConfig group : groups) {
      byGroup.put(group.name(), new ArrayList<>());
      for (ProcessConfig process : group.processes()) {
        Member member = new Member(group.name(), process);
        members.add(member);
        byGroup.get(group.name()).add(member);
        byProgram
            .computeIfAbsent(process.relations().program(), p -> new ArrayList<>())
            .add(member);
      }
    }
  }

  /** Checks what all programs say. */
  void check() throws ConfigException {
    for (Member member : members) {
      ProcessConfig.Relations relations = member.process().relations();
      Map<Member, Dependency> needed = new LinkedHashMap<>();
      for (Dependency need : relations.needs()) {
        for (Member on : named(member, Options.DEPENDS_ON, need.toString(), need.on())) {
          checkCondition(member, need, on);
          checkAgainst(member, need, on, needed);
        }
      }
      for (ProcessSelector with : relations.restartedWith()) {
        named(member, Options.RESTART_WITH, with.toString(), with);
      }
    }
    refuseRing(
        Options.DEPENDS_ON,
        edges(relations -> relations.needs().stream().map(Dependency::on).toList()));
    refuseRing(Options.RESTART_WITH, edges(ProcessConfig.Relations::restartedWith));
  }

  /** Checks the names in {@code exit_on}. */
  void check(List<ExitRule> rules) throws ConfigException {
    for (ExitRule rule : rules) {
      if (rule.of() instanceof ExitRule.Whose.Named named && find(named.processes()).isEmpty()) {
        throw reading
            .section("supervisord")
            .locate(
                new ConfigException(
                    "%s=%s: %s"
                        .formatted(Options.EXIT_ON.name(), rule, missing(named.processes()))));
      }
    }
  }

  /** Those named; empty where there is nothing of that name. */
  private Optional<List<Member>> find(ProcessSelector selector) {
    List<Member> among =
        selector.group().isPresent()
            ? byGroup.get(selector.group().get())
            : byProgram.get(selector.name().orElseThrow());
    if (among == null) {
      // a program of no processes is one all the same
      boolean known =
          selector.group().isEmpty()
              && List.of("program:", "fcgi-program:", "eventlistener:").stream()
                  .anyMatch(kind -> reading.document().has(kind + selector.name().orElseThrow()));
      return known ? Optional.of(List.of()) : Optional.empty();
    }
    List<Member> found =
        among.stream().filter(m -> selector.matches(m.group(), m.process())).toList();
    return found.isEmpty() && selector.name().isPresent() ? Optional.empty() : Optional.of(found);
  }

  private static String missing(ProcessSelector selector) {
    if (selector.group().isEmpty()) {
      return "there is no program " + selector;
    }
    return selector.name().isEmpty()
        ? "there is no group " + selector.group().get()
        : "there is no process " + selector;
  }

  /** What stands behind a program's name may have been meant as a condition. */
  private String orCondition(Option<?, ?> option, ProcessSelector selector) {
    boolean ofProgram =
        option.equals(Options.DEPENDS_ON)
            && selector.name().isPresent()
            && selector.group().filter(byProgram::containsKey).isPresent();
    return ofProgram
        ? ", and '%s' is no condition: %s".formatted(selector.name().get(), Dependency.CONDITIONS)
        : "";
  }

  private List<Member> named(Member by, Option<?, ?> option, String entry, ProcessSelector selector)
      throws ConfigException {
    Optional<List<Member>> found = find(selector);
    if (found.isEmpty()) {
      throw mistake(by, option, entry, missing(selector) + orCondition(option, selector));
    }
    return found.get();
  }

  private void checkCondition(Member by, Dependency need, Member on) throws ConfigException {
    Dependency.Condition condition = need.condition().orElse(Dependency.Condition.RUNNING);
    if (isReadyWithoutCheck(condition, on)) {
      throw mistake(
          by,
          Options.DEPENDS_ON,
          need.toString(),
          "%s has neither readiness_check_script nor notify, so nothing tells when it is ready; running would do"
              .formatted(on));
    }
    if (condition.isOfTheEnd() && on.process().restart().when() == Autorestart.ALWAYS) {
      throw mistake(
          by,
          Options.DEPENDS_ON,
          need.toString(),
          "%s has autorestart=true, so it never stays ended; false or unexpected would do"
              .formatted(on));
    }
  }

  private static boolean isReadyWithoutCheck(Dependency.Condition condition, Member on) {
    return condition == Dependency.Condition.READY && !on.process().health().tellsReadiness();
  }

  /** One process cannot both run and have ended. */
  private void checkAgainst(Member by, Dependency need, Member on, Map<Member, Dependency> needed)
      throws ConfigException {
    Dependency other = needed.putIfAbsent(on, need);
    if (other != null && ends(other) != ends(need)) {
      throw mistake(
          by,
          Options.DEPENDS_ON,
          need.toString(),
          "%s cannot run and have ended at once (%s is there too)".formatted(on, other));
    }
  }

  private static boolean ends(Dependency need) {
    return need.condition().map(Dependency.Condition::isOfTheEnd).orElse(false);
  }

  private interface Targets {
    List<ProcessSelector> of(ProcessConfig.Relations relations);
  }

  private Map<Member, Set<Member>> edges(Targets targets) {
    Map<Member, Set<Member>> edges = new LinkedHashMap<>();
    for (Member member : members) {
      Set<Member> to = new LinkedHashSet<>();
      for (ProcessSelector target : targets.of(member.process().relations())) {
        to.addAll(find(target).orElse(List.of()));
      }
      if (!to.isEmpty()) {
        edges.put(member, to);
      }
    }
    return edges;
  }

  private void refuseRing(Option<?, ?> option, Map<Member, Set<Member>> edges)
      throws ConfigException {
    Set<Member> left = leftOver(edges);
    if (left.isEmpty()) {
      return;
    }
    // every one that is left needs another that is left: following them must come round
    List<Member> ring = new ArrayList<>();
    Member next = left.iterator().next();
    while (!ring.contains(next)) {
      ring.add(next);
      next = edges.get(next).stream().filter(left::contains).findFirst().orElseThrow();
    }
    ring.subList(0, ring.indexOf(next)).clear();
    ring.add(next);
    throw located(
        ring.get(0),
        option,
        "%s goes round in a ring: %s"
            .formatted(
                option.name(),
                ring.stream().map(Member::toString).collect(Collectors.joining(" -> "))));
  }

  /** Takes away, again and again, what needs nothing that is still there. */
  private static Set<Member> leftOver(Map<Member, Set<Member>> edges) {
    Map<Member, Integer> open = new HashMap<>();
    Map<Member, List<Member>> neededBy = new HashMap<>();
    Deque<Member> free = new ArrayDeque<>();
    edges.forEach(
        (from, to) -> {
          open.put(from, to.size());
          to.forEach(each -> neededBy.computeIfAbsent(each, n -> new ArrayList<>()).add(from));
        });
    neededBy.keySet().stream().filter(each -> !edges.containsKey(each)).forEach(free::add);
    Set<Member> left = new LinkedHashSet<>(edges.keySet());
    while (!free.isEmpty()) {
      for (Member each : neededBy.getOrDefault(free.poll(), List.of())) {
        if (open.merge(each, -1, Integer::sum) == 0) {
          left.remove(each);
          free.add(each);
        }
      }
    }
    return left;
  }

  private ConfigException mistake(Member by, Option<?, ?> option, String entry, String what) {
    return located(by, option, "%s=%s: %s".formatted(option.name(), entry, what));
  }

  /** With the section that says it: the program's, or that of its group. */
  private ConfigException located(Member by, Option<?, ?> option, String message) {
    boolean own = reading.section(by.section()).raw(option).isPresent();
    return reading
        .section(own ? by.section() : "group:" + by.group())
        .locate(new ConfigException(message));
  }
}
