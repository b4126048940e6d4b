package ee.supervisor.control;

import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.process.GroupAssembly;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.protocol.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has one active group follow its configuration process by process: those that are configured as
 * before go on, those that are gone stop, those that are new start; of those that have changed, the
 * ones that want it are restarted one after the other when the others have been. Confined to the
 * control loop.
 */
final class GroupUpdate {
  private final Lifecycle lifecycle;
  private final ProcessCommands commands;
  private final RollingRestarts rolls;
  private final ControlLoop loop;
  private final Runnable requireRunning;
  private final Optional<ReplacementOrder> order;
  private final String name;
  private final GroupConfig wanted;
  private final GroupDiff diff;
  private final Map<String, ManagedProcess> newcomers = new HashMap<>();

  private final Set<String> ran = new HashSet<>();

  /** The group as it is by now: it is replaced by a successor at each step. */
  private ProcessGroup group;

  /**
   * One that has not begun.
   *
   * @param group active
   * @param wanted what it is to become; shares what that has
   * @param requireRunning refuses when nothing may be started any more
   * @param order the update of several groups of which this is one
   */
  GroupUpdate(
      Lifecycle lifecycle,
      ProcessCommands commands,
      RollingRestarts rolls,
      ControlLoop loop,
      Runnable requireRunning,
      Optional<ReplacementOrder> order,
      ProcessGroup group,
      GroupConfig wanted) {
    this.lifecycle = lifecycle;
    this.commands = commands;
    this.rolls = rolls;
    this.loop = loop;
    this.requireRunning = requireRunning;
    this.order = order;
    this.group = group;
    this.name = group.name();
    this.wanted = wanted;
    this.diff = GroupDiff.between(group.config(), wanted);
  }

  /**
   * Begins.
   *
   * @return what was done to which process; exceptionally with {@link SupervisorException} when one
   *     could not be stopped, or a rolling restart ended before its end
   */
  CompletableFuture<List<ProcessResult>> run() {
    List<ProcessConfig> fresh =
        Stream.concat(diff.changed().stream(), diff.added().stream()).toList();
    GroupConfig alone = wanted.with(wanted.priority(), fresh);
    Configuration of = lifecycle.configuration();
    return CompletableFuture.supplyAsync(
            () -> lifecycle.prepareNewcomers(alone, of), lifecycle.background())
        .thenComposeAsync(this::stopWhatGoes, loop)
        .thenComposeAsync(this::replaceAndRoll, loop);
  }

  /** Which of the changed are restarted in their turn: those that want it and run. */
  private List<ManagedProcess> rolled() {
    return group.byPriority().stream()
        .filter(process -> process.state().isRunning())
        .filter(
            process ->
                diff.changed().stream()
                    .anyMatch(
                        next ->
                            next.name().equals(process.config().name()) && next.rollingUpdate()))
        .toList();
  }

  private CompletableFuture<List<ManagedProcess>> stopWhatGoes(GroupAssembly.Parts parts) {
    requireSame();
    lifecycle
        .newcomers(group, parts)
        .forEach(process -> newcomers.put(process.config().name(), process));
    List<ManagedProcess> rolled = rolled();
    List<ManagedProcess> going =
        group.byPriority().stream()
            .filter(process -> !diff.kept().contains(process.config().name()))
            .filter(process -> !rolled.contains(process))
            .toList();
    going.stream()
        .filter(process -> process.state().isRunning() || wasStoppedAhead(process))
        .forEach(process -> ran.add(process.config().name()));
    order.ifPresent(update -> update.haveTheirTurn(going));
    return commands
        .stopEach(going, order.map(update -> update.withDependents(going)).orElse(going), true)
        .thenApply(
            results -> {
              String problems =
                  results.stream()
                      .filter(ProcessResult::stopFailed)
                      .map(result -> result.namespec() + ": " + result.description())
                      .collect(Collectors.joining(", "));
              if (!problems.isEmpty()) {
                throw new SupervisorException(
                    Fault.FAILED, "%s has problems, not updated: %s".formatted(name, problems));
              }
              return rolled;
            });
  }

  private boolean wasStoppedAhead(ManagedProcess process) {
    return order.filter(update -> update.wasStoppedAhead(process)).isPresent();
  }

  private CompletableFuture<List<ProcessResult>> replaceAndRoll(List<ManagedProcess> rolled) {
    requireSame();
    Set<String> waiting =
        rolled.stream().map(process -> process.config().name()).collect(Collectors.toSet());
    Set<String> replaced = new HashSet<>(newcomers.keySet());
    replaced.removeAll(waiting);
    replace(replaced);
    lifecycle.tellReplaced(group);
    lifecycle.startNewcomers(group, replaced, ran);
    if (rolled.isEmpty()) {
      return CompletableFuture.completedFuture(results());
    }
    return rolls
        .begin(name, rolled, RollOptions.DEFAULT, this::successor)
        .thenApply(
            report -> {
              report
                  .problem()
                  .ifPresent(
                      problem -> {
                        throw new SupervisorException(Fault.FAILED, problem);
                      });
              return results();
            });
  }

  /** Puts the one of its name that is configured as wanted in the place of a stopped process. */
  private ManagedProcess successor(ManagedProcess old) {
    requireSame();
    replace(Set.of(old.config().name()));
    return newcomers.get(old.config().name());
  }

  private void requireSame() {
    requireRunning.run();
    if (!lifecycle.table().group(name).equals(Optional.of(group))) {
      throw new SupervisorException(
          Fault.FAILED, name + " was removed or replaced while it was being updated");
    }
  }

  /** Makes the group one in which newcomers of those names have taken their places. */
  private void replace(Set<String> names) {
    List<ManagedProcess> members = new ArrayList<>();
    for (ProcessConfig process : wanted.processes()) {
      members.add(
          names.contains(process.name())
              ? newcomers.get(process.name())
              : group.process(process.name()).orElseThrow());
    }
    List<ManagedProcess> gone =
        group.byPriority().stream().filter(process -> !members.contains(process)).toList();
    for (ManagedProcess process : gone) {
      if (!process.state().isStopped()) {
        throw new SupervisorException(
            Fault.STILL_RUNNING, ProcessCommands.namespec(process) + " was started again");
      }
    }
    group = lifecycle.replace(group, wanted, members);
  }

  private List<ProcessResult> results() {
    return Stream.of(
            told(diff.removed(), "removed"),
            told(diff.changed().stream().map(ProcessConfig::name).toList(), "restarted"),
            told(diff.added().stream().map(ProcessConfig::name).toList(), "added"))
        .flatMap(List::stream)
        .toList();
  }

  private List<ProcessResult> told(List<String> names, String what) {
    return names.stream()
        .map(process -> new ProcessResult(name, process, Fault.SUCCESS, what))
        .toList();
  }
}
