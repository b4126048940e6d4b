package ee.supervisor.output;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.text.PythonText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The logs of one process, from its first start until its group is removed. Made by {@link
 * OutputLoop#logsOf}; safe for all threads.
 */
public final class ProcessLogs {
  private final Reactor reactor;
  private final Strand strand;
  private final ProcessConfig config;
  private final boolean eventListener;
  private final boolean stripAnsi;
  private final ChannelLog stdout;
  private final ChannelLog stderr;
  private int runs;

  ProcessLogs(
      Reactor reactor,
      ProcessConfig config,
      SupervisordConfig supervisord,
      boolean eventListener,
      ActivityLog log) {
    this.reactor = reactor;
    strand = new Strand(PythonText.repr(config.name()));
    this.config = config;
    this.eventListener = eventListener;
    this.stripAnsi = supervisord.stripAnsi();
    Optional<Path> autoStdout = autoFile(Channel.STDOUT, config.stdout(), supervisord);
    Optional<Path> autoStderr = autoFile(Channel.STDERR, config.stderr(), supervisord);
    stdout = new ChannelLog(reactor, strand, config.name(), config.stdout(), autoStdout, log);
    stderr = new ChannelLog(reactor, strand, config.name(), config.stderr(), autoStderr, log);
  }

  private Optional<Path> autoFile(
      Channel channel, ChannelConfig channelConfig, SupervisordConfig supervisord) {
    return channelConfig.logfile() instanceof LogDestination.Auto
        ? Optional.of(
            AutoLogFiles.create(
                Path.of(supervisord.childlogdir()),
                config.name(),
                channel.toString(),
                supervisord.identifier()))
        : Optional.empty();
  }

  /** The file stdout is logged to, if any; it need not exist. */
  public Optional<Path> stdoutFile() {
    return stdout.path();
  }

  /** The file stderr is logged to, if any; it need not exist. */
  public Optional<Path> stderrFile() {
    return stderr.path();
  }

  /** Bytes of {@code channel} written to its file since the group became active. */
  public long bytesWritten(Channel channel) {
    return log(channel).bytesWritten();
  }

  /**
   * Closes the files and opens them by their names again, if the process is running (without a
   * process they aren't open).
   *
   * @return completes when that is done
   */
  public CompletionStage<Void> reopen() {
    return onReactor(
        () -> {
          if (runs > 0) {
            stdout.reopen();
            stderr.reopen();
          }
        });
  }

  /**
   * Removes the log files and begins new ones, whether the process is running or not.
   *
   * @return completes when that is done; exceptionally with {@link LogException} FAILED when a file
   *     can't be removed
   */
  public CompletionStage<Void> clear() {
    return onReactor(
        () -> {
          try {
            stdout.clear();
          } finally {
            stderr.clear();
          }
          closeIfIdle();
        });
  }

  /** Something that touches the files. */
  private interface LogAction {
    void run() throws LogException;
  }

  private CompletionStage<Void> onReactor(LogAction action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    reactor.execute(
        strand,
        () -> {
          try {
            action.run();
            done.complete(null);
          } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
          }
        });
    return done;
  }

  // What follows is for the strand.

  Strand strand() {
    return strand;
  }

  ProcessConfig config() {
    return config;
  }

  boolean isEventListener() {
    return eventListener;
  }

  boolean stripsAnsi() {
    return stripAnsi;
  }

  ChannelLog log(Channel channel) {
    return channel == Channel.STDOUT ? stdout : stderr;
  }

  /** A child was attached. */
  void beginRun() {
    runs++;
    stdout.open();
    stderr.open();
  }

  /** A child is gone and its output logged. */
  void endRun() {
    stdout.whenCaughtUp(
        () ->
            stderr.whenCaughtUp(
                () -> {
                  runs--;
                  closeIfIdle();
                }));
  }

  private void closeIfIdle() {
    if (runs == 0) {
      stdout.close();
      stderr.close();
    }
  }
}
