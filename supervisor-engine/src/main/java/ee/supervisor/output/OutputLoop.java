package ee.supervisor.output;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves all that children say to their logs, and what is said to them to their stdin, on one thread
 * of its own. Safe for all threads; nothing here waits.
 *
 * <p>That thread writes log files itself: handing each line to another one costs more than writing
 * it. When a disk stalls, the thread that is stuck in write(2) is left to it and another one takes
 * over (see {@link Reactor}); what the child says meanwhile is kept, up to a bound.
 */
public final class OutputLoop implements AutoCloseable {
  private final Reactor reactor;
  private final ActivityLog activityLog;

  private OutputLoop(Reactor reactor, ActivityLog activityLog) {
    this.reactor = reactor;
    this.activityLog = activityLog;
  }

  /**
   * Our ends of a child's pipes; they belong to the output loop from {@link #attach} on.
   *
   * @param stdin where we write, not blocking; empty when the child reads something else
   * @param stdout where we read, not blocking
   * @param stderr where we read, not blocking; empty when it goes to stdout
   */
  public record Ends(Optional<Fd> stdin, Fd stdout, Optional<Fd> stderr) {}

  /**
   * Starts the thread.
   *
   * @param activityLog where faults are reported, and output at level {@code debug}
   * @param onBroken called, on that thread, when it cannot go on
   * @throws PosixException when descriptors have run out
   */
  public static OutputLoop start(ActivityLog activityLog, Consumer<Throwable> onBroken)
      throws PosixException {
    return new OutputLoop(Reactor.start("supervisor-output", activityLog, onBroken), activityLog);
  }

  /**
   * The logs of a process; AUTO files are made now. To be kept across respawns.
   *
   * @param supervisord the settings that hold for all: childlogdir, identifier, strip_ansi
   * @param eventListener whether its stdout is the event listener protocol
   */
  public ProcessLogs logsOf(
      ProcessConfig config, SupervisordConfig supervisord, boolean eventListener) {
    return new ProcessLogs(reactor, config, supervisord, eventListener, activityLog);
  }

  /**
   * Takes a child's pipes over and begins to read them; its log files are opened. Log files that
   * can't be opened don't hinder the child.
   *
   * @param logs of {@link #logsOf}
   * @param listener gets events and protocol, on the output thread
   */
  public ChildStreams attach(ProcessLogs logs, int pid, Ends ends, OutputListener listener) {
    String name = logs.config().name();
    List<OutputChannel> outputs = new ArrayList<>();
    outputs.add(channel(ends.stdout(), logs, Channel.STDOUT, listener));
    ends.stderr().ifPresent(pipe -> outputs.add(channel(pipe, logs, Channel.STDERR, listener)));
    Optional<InputChannel> stdin =
        ends.stdin().map(pipe -> new InputChannel(reactor, logs.strand(), pipe, name, activityLog));
    ChildStreams streams = new ChildStreams(reactor, logs, pid, stdin, outputs);
    reactor.execute(logs.strand(), streams::start);
    return streams;
  }

  private OutputChannel channel(
      Fd pipe, ProcessLogs logs, Channel channel, OutputListener listener) {
    return new OutputChannel(reactor, pipe, logs, channel, listener, activityLog);
  }

  /** Ends the thread once what was asked for is done; waits 2 s for it at most. */
  @Override
  public void close() {
    reactor.close();
  }
}
