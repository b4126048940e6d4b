package ee.supervisor.process;

import ee.supervisor.posix.Errno;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.Optional;

/** A child without a process: it ends when a test says so, or of a signal. */
public final class SimulatedChild extends ChildProcess {
  private final int pid;

  /** Which of its process's launches it was made by. */
  private final int launch;

  private final SimulatedLoop loop;
  private final Duration born;

  /** Whether stopsignal ends it. */
  private final boolean obeys;

  /** How long its last output takes to be logged. */
  private final Duration drain;

  private Optional<WaitStatus> status = Optional.empty();
  private Runnable whenEnded = () -> {};
  private boolean refusesSignals;
  private boolean reaped;
  private Optional<Duration> stopSignalled = Optional.empty();
  private Optional<Duration> killed = Optional.empty();
  private Optional<Duration> ended = Optional.empty();

  SimulatedChild(int pid, int launch, SimulatedLoop loop, boolean obeys, Duration drain) {
    super(null, null, null);
    this.pid = pid;
    this.launch = launch;
    this.loop = loop;
    this.born = loop.elapsed();
    this.obeys = obeys;
    this.drain = drain;
  }

  /** It ends, with a status as wait(2) gives it. */
  public void end(int raw) {
    if (status.isEmpty()) {
      status = Optional.of(new WaitStatus(raw));
      ended = Optional.of(loop.elapsed());
      loop.loop().execute(whenEnded);
    }
  }

  /** From now on the kernel refuses to send it signals. */
  void refuseSignals() {
    refusesSignals = true;
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return status.isEmpty();
  }

  int launch() {
    return launch;
  }

  boolean isReaped() {
    return reaped;
  }

  WaitStatus status() {
    return status.orElseThrow();
  }

  Duration born() {
    return born;
  }

  Optional<Duration> ended() {
    return ended;
  }

  /** When it was first sent SIGTERM. */
  Optional<Duration> stopSignalled() {
    return stopSignalled;
  }

  /** When it was first sent SIGKILL. */
  Optional<Duration> killed() {
    return killed;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  void whenEnded(ProcessServices services, Runnable then) {
    whenEnded = then;
    if (!isAlive()) {
      loop.loop().execute(then);
    }
  }

  @Override
  boolean hasEnded() {
    return !isAlive();
  }

  @Override
  void signal(int signal, boolean group) throws PosixException {
    if (refusesSignals) {
      throw new PosixException("kill(" + pid + ")", Errno.EPERM);
    }
    if (!isAlive()) {
      return;
    }
    if (signal == Signals.SIGKILL) {
      killed = killed.or(() -> Optional.of(loop.elapsed()));
      end(Signals.SIGKILL);
    } else if (signal == Signals.SIGTERM) {
      stopSignalled = stopSignalled.or(() -> Optional.of(loop.elapsed()));
      if (obeys) {
        end(0);
      }
    }
  }

  @Override
  void drain(ProcessServices services, Runnable then) {
    services.schedule(drain, then);
  }

  @Override
  long exitSeenNanos() {
    return loop.nanoTime();
  }

  @Override
  Optional<WaitStatus> reap() {
    reaped |= !isAlive();
    return status;
  }

  @Override
  public String toString() {
    return "child " + pid + (isAlive() ? "" : " (" + status().describe() + ")");
  }
}
