package ee.supervisor.process;

import ee.supervisor.output.ChildStreams;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Children;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.text.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One life of a process: a pid and the pipes to it, from spawn to reaping. It stays unreaped until
 * its output is in, so that its pid cannot be another's while a signal may still be sent to it.
 * Confined to the control loop. Not final, so that the model check can have children without a
 * kernel.
 */
public class ChildProcess {
  /**
   * A stalled log must not delay a restart for longer than this; what is left in the pipe still
   * arrives later.
   */
  private static final Duration DRAIN_PATIENCE = Duration.ofMillis(50);

  private final Child child;
  private final ChildStreams streams;
  private final Children children;
  private long exitSeenNanos;

  ChildProcess(Child child, ChildStreams streams, Children children) {
    this.child = child;
    this.streams = streams;
    this.children = children;
  }

  /** Its process id. */
  public int pid() {
    return child.pid();
  }

  /** By which it is signalled and waited for. */
  public Child handle() {
    return child;
  }

  /** Has {@code then} run on the control loop once it has ended. */
  void whenEnded(ProcessServices services, Runnable then) {
    services.watch(child, then);
  }

  /** Whether it has ended, whatever became of the news. */
  boolean hasEnded() {
    return children.hasEnded(child);
  }

  /**
   * Sends a signal to it, or to its process group. One that has just ended is no error: its exit is
   * on its way.
   *
   * @throws PosixException when the kernel refuses (EPERM)
   */
  void signal(int signal, boolean group) throws PosixException {
    try {
      if (group) {
        child.sendToGroup(signal);
      } else {
        child.send(signal);
      }
    } catch (PosixException e) {
      if (!e.errno().equals(Errno.ESRCH)) {
        throw e;
      }
    }
  }

  CompletionStage<Boolean> writeStdin(Bytes data) {
    return streams.writeStdin(data);
  }

  /**
   * Has what it left in its pipes taken to the logs, and then runs {@code then} on the control
   * loop, once.
   */
  void drain(ProcessServices services, Runnable then) {
    exitSeenNanos = services.nanoTime();
    if (streams.areExhausted()) {
      // In their turn, after the events of its last output; and the closing can wait for a restart.
      services.loop().execute(then);
      services.loop().execute(streams::drainAndClose);
      return;
    }
    Once once = new Once(then);
    Timer impatience = services.schedule(DRAIN_PATIENCE, once);
    streams
        .drainAndClose()
        .whenComplete(
            (done, error) ->
                services
                    .loop()
                    .execute(
                        () -> {
                          impatience.cancel();
                          once.run();
                        }));
  }

  /** When its exit became known, by {@link System#nanoTime}. */
  long exitSeenNanos() {
    return exitSeenNanos;
  }

  /** Takes its exit status, if it has ended; its pid is free from then on. */
  Optional<WaitStatus> reap() {
    Optional<WaitStatus> status = children.reap(child);
    if (status.isPresent()) {
      child.close();
    }
    return status;
  }

  private static final class Once implements Runnable {
    private final Runnable action;
    private boolean ran;

    Once(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      if (!ran) {
        ran = true;
        action.run();
      }
    }
  }
}
