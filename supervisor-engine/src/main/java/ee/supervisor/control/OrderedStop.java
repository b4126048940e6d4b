package ee.supervisor.control;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DependencyGraph;
import ee.supervisor.process.ManagedProcess;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Stops some processes in the reverse of the order in which they are started: each when those among
 * them that need it have stopped. Confined to the control loop.
 */
final class OrderedStop {
  private final DependencyGraph<ManagedProcess> graph;
  private final Function<ManagedProcess, CompletableFuture<Void>> stop;
  private final Executor loop;
  private final Map<ManagedProcess, CompletableFuture<Void>> ends = new HashMap<>();

  /** The end of all that need one: hundreds may be needed by the same hundreds. */
  private final IdentityHashMap<List<ManagedProcess>, CompletableFuture<Void>> ofDependents =
      new IdentityHashMap<>();

  /**
   * Begins to stop those of {@code all} that can be stopped.
   *
   * @param stop stops one, and completes when it has stopped
   */
  OrderedStop(
      DependencyGraph<ManagedProcess> graph,
      Collection<ManagedProcess> all,
      Function<ManagedProcess, CompletableFuture<Void>> stop,
      Executor loop) {
    this.graph = graph;
    this.stop = stop;
    this.loop = loop;
    List<ManagedProcess> order = graph.inStartOrder(all);
    for (int i = order.size() - 1; i >= 0; i--) {
      ManagedProcess process = order.get(i);
      if (process.state() == ProcessState.STOPPING) {
        ends.put(process, end(process));
      } else if (ProcessCommands.canBeStopped(process)) {
        ends.put(process, stopAfterDependents(process));
      }
    }
  }

  /** The end of one of those that could be stopped. */
  CompletableFuture<Void> end(ManagedProcess process, boolean wait) {
    CompletableFuture<Void> end = ends.get(process);
    return wait || end.isDone() ? end : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> stopAfterDependents(ManagedProcess process) {
    CompletableFuture<Void> before =
        ofDependents.computeIfAbsent(graph.neededBy(process), this::allOf);
    // one that cannot be stopped does not keep the others up
    return before.isDone()
        ? stop.apply(process)
        : before.exceptionally(problem -> null).thenComposeAsync(done -> stop.apply(process), loop);
  }

  private CompletableFuture<Void> allOf(List<ManagedProcess> dependents) {
    return CompletableFuture.allOf(
        dependents.stream()
            .map(ends::get)
            .filter(Objects::nonNull)
            .filter(end -> !end.isDone())
            .toArray(CompletableFuture[]::new));
  }

  /** Somebody else stops it already. */
  private static CompletableFuture<Void> end(ManagedProcess process) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    process.watch(p -> !(p.state().isStopped() && end.complete(null)));
    return end;
  }
}
