package ee.supervisor.control;

import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Has the active groups follow a configuration, in the order of supervisorctl's {@code update}:
 * first what it no longer has goes, then what has changed is replaced, then what is new comes, one
 * group after the other. So a program that was given another name starts when the one of the old
 * name has stopped and let go of its port.
 */
final class ConfigUpdate {
  private final Function<String, CompletionStage<List<ProcessResult>>> stop;
  private final Function<String, CompletionStage<Void>> remove;
  private final Function<String, CompletionStage<Void>> add;
  private final Function<String, CompletionStage<?>> change;

  /**
   * An update by commands that each take a group's name.
   *
   * @param stop completes when its processes have stopped, with how that went for each
   * @param change has a group that has changed follow
   */
  ConfigUpdate(
      Function<String, CompletionStage<List<ProcessResult>>> stop,
      Function<String, CompletionStage<Void>> remove,
      Function<String, CompletionStage<Void>> add,
      Function<String, CompletionStage<?>> change) {
    this.stop = stop;
    this.remove = remove;
    this.add = add;
    this.change = change;
  }

  /** One that replaces every group that has changed. */
  ConfigUpdate(
      Function<String, CompletionStage<List<ProcessResult>>> stop,
      Function<String, CompletionStage<Void>> remove,
      Function<String, CompletionStage<Void>> add) {
    this.stop = stop;
    this.remove = remove;
    this.add = add;
    this.change = this::replace;
  }

  /** Stops a group and has the one of its name that is configured now take its place. */
  CompletionStage<Void> replace(String group) {
    return stopAndRemove(group).thenCompose(gone -> add.apply(group));
  }

  /**
   * Follows {@code changes}.
   *
   * @return completes when all is done; exceptionally with {@link SupervisorException} at the first
   *     group that cannot follow, and those after it are left as they are: another update goes on
   *     there
   */
  CompletionStage<Void> follow(ConfigChanges changes) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (String group : changes.removed()) {
      done = done.thenCompose(before -> stopAndRemove(group));
    }
    for (String group : changes.changed()) {
      done = done.thenCompose(before -> change.apply(group)).thenApply(changed -> null);
    }
    for (String group : changes.added()) {
      done = done.thenCompose(before -> add.apply(group));
    }
    return done;
  }

  private CompletionStage<Void> stopAndRemove(String group) {
    return stop.apply(group)
        .thenCompose(
            results -> {
              String problems =
                  results.stream()
                      .filter(ProcessResult::stopFailed)
                      .map(r -> Namespec.of(r.group(), r.name()) + ": " + r.description())
                      .collect(Collectors.joining(", "));
              return problems.isEmpty()
                  ? remove.apply(group)
                  : CompletableFuture.failedStage(
                      new SupervisorException(
                          Fault.FAILED,
                          "%s has problems, not removed: %s".formatted(group, problems)));
            });
  }
}
