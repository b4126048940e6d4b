package ee.supervisor.notify;

import ee.supervisor.check.CheckLoop;
import ee.supervisor.config.CheckConfig;
import ee.supervisor.config.HealthConfig;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.DatagramInbox;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.Companion;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.Seconds;
import ee.supervisor.process.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one process says of itself: each of its children has a socket of its own to say it by, so
 * that none can fill another's. Confined to the control loop, but for {@link #variables}; the
 * socket is read on the {@link CheckLoop}.
 */
public final class Notifications implements Companion {
  private static final int SIGABRT = 6;

  private final String name;
  private final HealthConfig config;
  private final ProcessServices services;
  private final CheckLoop loop;

  /** That of the next child, made on the spawner's thread. */
  private volatile Optional<DatagramInbox> prepared = Optional.empty();

  private Optional<Inbox> inbox = Optional.empty();
  private Duration watchdog = Duration.ZERO;
  private long lastSignNanos;
  private Timer due = () -> {};
  private boolean told;

  public Notifications(String name, HealthConfig config, ProcessServices services, CheckLoop loop) {
    this.name = name;
    this.config = config;
    this.services = services;
    this.loop = loop;
  }

  @Override
  public Map<String, String> variables() throws IOException {
    DatagramInbox made = DatagramInbox.open("supervisord/notify/");
    prepared.ifPresent(DatagramInbox::close);
    prepared = Optional.of(made);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("NOTIFY_SOCKET", made.name());
    if (!config.watchdog().isZero()) {
      variables.put("WATCHDOG_USEC", Long.toString(config.watchdog().toNanos() / 1000));
    }
    return variables;
  }

  @Override
  public Optional<String> pidVariable() {
    return config.watchdog().isZero() ? Optional.empty() : Optional.of("WATCHDOG_PID");
  }

  @Override
  public void launched(ManagedProcess process) {
    closeInbox();
    int pid = process.child().orElseThrow().pid();
    watchdog = config.watchdog();
    lastSignNanos = 0;
    told = false;
    if (prepared.isPresent()) {
      Inbox opened = new Inbox(process, prepared.get(), pid);
      prepared = Optional.empty();
      inbox = Optional.of(opened);
      loop.execute(opened::open);
    }
    if (!config.readyByNotification() && !watchdog.isZero()) {
      // whoever is not waited for lives from its start on
      sign(process, pid);
    }
  }

  @Override
  public void released() {
    closeInbox();
  }

  @Override
  public void unused() {
    prepared.ifPresent(DatagramInbox::close);
    prepared = Optional.empty();
  }

  private void closeInbox() {
    due.cancel();
    inbox.ifPresent(open -> loop.execute(open::close));
    inbox = Optional.empty();
  }

  private void heard(ManagedProcess process, int pid, Notice notice) {
    if (process.child().filter(child -> child.pid() == pid).isEmpty()) {
      return;
    }
    notice.status().ifPresent(process::statusText);
    if (config.readyByNotification()) {
      notice.ready().ifPresent(process::ready);
    }
    notice.watchdog().ifPresent(time -> watchdog = time);
    notice.extension().ifPresent(process::extendStop);
    notice.mainPid().filter(main -> !main.equals(Integer.toString(pid))).ifPresent(this::ignore);
    if (notice.trigger()) {
      dead(process, pid, name + " has asked to be restarted (WATCHDOG=trigger)");
    } else if (isSign(notice)) {
      sign(process, pid);
      notice.extension().ifPresent(more -> await(process, pid, longer(more)));
    }
  }

  /** The first sign of life is that it is ready: until then it may take its time. */
  private boolean isSign(Notice notice) {
    boolean begins = notice.alive() || notice.ready().orElse(false);
    boolean goesOn = notice.watchdog().isPresent() || notice.extension().isPresent();
    return begins || (goesOn && lastSignNanos != 0);
  }

  private Duration longer(Duration more) {
    return more.compareTo(watchdog) > 0 ? more : watchdog;
  }

  private void ignore(String mainPid) {
    if (!told) {
      told = true;
      services
          .log()
          .info("MAINPID=" + mainPid + " from " + name + " is ignored: its first process counts");
    }
  }

  private void sign(ManagedProcess process, int pid) {
    lastSignNanos = System.nanoTime() | 1;
    if (!config.watchdog().isZero()) {
      await(process, pid, watchdog);
    }
  }

  private void await(ManagedProcess process, int pid, Duration patience) {
    due.cancel();
    due =
        services.schedule(
            patience,
            () ->
                dead(process, pid, "no sign of life of " + name + " for " + Seconds.of(patience)));
  }

  private void dead(ManagedProcess process, int pid, String why) {
    boolean runs =
        process.state() == ProcessState.RUNNING || process.state() == ProcessState.STARTING;
    if (!runs || process.child().filter(child -> child.pid() == pid).isEmpty()) {
      return;
    }
    CheckConfig.FailureAction action =
        config
            .liveness()
            .map(CheckConfig::action)
            .orElseGet(CheckConfig.FailureAction.Restart::new);
    if (action instanceof CheckConfig.FailureAction.Stop) {
      services.log().warn(why + "; stopping " + name);
      process.stop();
    } else {
      // leaves a core file of what hangs, as under systemd
      process.restart(why, SIGABRT);
    }
  }

  /** The socket of one child. Confined to the {@link CheckLoop}, but for its construction. */
  private final class Inbox {
    /** A child that floods gets so many read before others have their turn. */
    private static final int READS_PER_TURN = 32;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ManagedProcess process;
    private final DatagramInbox socket;
    private final int pid;
    private long watch;
    private boolean closed;
    private boolean refusalTold;

    /** Said, and not yet heard on the control loop; guarded by this object. */
    private Notice unheard = Notice.NONE;

    private boolean handing;

    Inbox(ManagedProcess process, DatagramInbox socket, int pid) {
      this.process = process;
      this.socket = socket;
      this.pid = pid;
    }

    void open() {
      if (closed) {
        return;
      }
      try {
        watch = loop.watch(socket.fd(), Epoll.READABLE, this::read);
      } catch (PosixException e) {
        services.log().error("notifications of " + name + " are not heard: " + e.getMessage());
      }
    }

    private void read() {
      try {
        for (int i = 0; i < READS_PER_TURN; i++) {
          Optional<DatagramInbox.Datagram> next = socket.receive();
          if (next.isEmpty()) {
            return;
          }
          take(next.get());
        }
        // the child that floods waits meanwhile, and nobody else
        loop.unwatch(watch);
        loop.schedule(PAUSE, this::open);
      } catch (PosixException e) {
        loop.unwatch(watch);
        services.log().error("notifications of " + name + " are not heard: " + e.getMessage());
      }
    }

    private void take(DatagramInbox.Datagram datagram) {
      if (!Descent.isOf(pid, datagram.pid(), datagram.uid())) {
        refuse(
            Descent.isThere(datagram.pid())
                ? "pid " + datagram.pid() + " does not come from it"
                : "pid " + datagram.pid() + " had ended before it could be looked at");
      } else if (!datagram.whole()) {
        refuse("it is too long");
      } else {
        hand(Notice.parse(datagram.data()));
      }
    }

    /** Once for each child: strangers must not fill the log. */
    private void refuse(String why) {
      if (!refusalTold) {
        refusalTold = true;
        services.log().warn("a notification for " + name + " is ignored: " + why);
      }
    }

    /** The control loop is given one thing to do at a time, however much is said. */
    private void hand(Notice notice) {
      synchronized (this) {
        unheard = unheard.and(notice);
        if (handing) {
          return;
        }
        handing = true;
      }
      services.loop().execute(() -> heard(process, pid, takeUnheard()));
    }

    private synchronized Notice takeUnheard() {
      Notice taken = unheard;
      unheard = Notice.NONE;
      handing = false;
      return taken;
    }

    void close() {
      closed = true;
      loop.unwatch(watch);
      socket.close();
    }
  }
}
