package ee.supervisor.output;

import static java.util.Objects.requireNonNull;

import ee.supervisor.text.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pipes of one running child, from {@link OutputLoop#attach} to {@link #drainAndClose}. Safe
 * for all threads; stages complete on the output thread, so whoever waits must hand on at once.
 */
public final class ChildStreams {
  private final Reactor reactor;
  private final ProcessLogs logs;
  private final int pid;
  private final Optional<InputChannel> stdin;
  private final List<OutputChannel> outputs;
  private boolean ended;

  ChildStreams(
      Reactor reactor,
      ProcessLogs logs,
      int pid,
      Optional<InputChannel> stdin,
      List<OutputChannel> outputs) {
    this.reactor = reactor;
    this.logs = logs;
    this.pid = pid;
    this.stdin = stdin;
    this.outputs = List.copyOf(outputs);
  }

  /** The child's process id. */
  public int pid() {
    return pid;
  }

  /**
   * Writes to the child's stdin. What the pipe doesn't take at once is kept and written when it
   * does.
   *
   * @return true when the data was accepted; false when stdin is closed, by us or by the child;
   *     exceptionally with {@link java.io.IOException} when the child has left 16 MiB unread
   */
  public CompletionStage<Boolean> writeStdin(Bytes data) {
    requireNonNull(data);
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    reactor.execute(
        logs.strand(),
        () -> {
          try {
            stdin.ifPresentOrElse(
                channel -> channel.write(data, accepted), () -> accepted.complete(false));
          } catch (Throwable thrown) {
            accepted.completeExceptionally(thrown);
          }
        });
    return accepted;
  }

  /**
   * To be called once the child has exited: logs what is left in its pipes and closes them. A
   * grandchild that holds them is cut off after a pipe's worth of output.
   *
   * @return completes when all of the child's output has been handed to logs and listener; a second
   *     call completes at once
   */
  public CompletionStage<Void> drainAndClose() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    reactor.execute(
        logs.strand(),
        () -> {
          try {
            end();
          } finally {
            // Whatever went wrong with the output: a restart waits for this.
            done.complete(null);
          }
        });
    return done;
  }

  /**
   * Whether its outputs have come to their end, and all of it has been handed to logs and listener:
   * then {@link #drainAndClose} has nothing to take, and nobody needs to wait for it.
   */
  public boolean areExhausted() {
    return outputs.stream().allMatch(OutputChannel::hasEnded);
  }

  private void end() {
    if (!ended) {
      ended = true;
      safely(() -> stdin.ifPresent(InputChannel::close));
      outputs.forEach(output -> safely(output::drainAndClose));
      safely(logs::endRun);
    }
  }

  void start() {
    safely(logs::beginRun);
    outputs.forEach(output -> safely(output::start));
  }

  private void safely(Runnable part) {
    reactor.runSafely(logs.strand(), part);
  }
}
