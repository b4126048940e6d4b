package ee.supervisor.launcher;

import ee.supervisor.config.LogLevel;
import ee.supervisor.control.Engine;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.QuitSignal;
import ee.supervisor.protocol.Signals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does what signals ask of supervisord, in the reference's words. */
final class SignalHandlers {
  private static final CompletableFuture<SignalHandlers> INSTALLED = new CompletableFuture<>();
  private static final CompletionStage<SignalHandlers> HANDLERS = INSTALLED;

  private static boolean hearsQuit;

  private final ActivityLog log;
  private final CompletableFuture<Engine> attached = new CompletableFuture<>();
  private final CompletionStage<Engine> engine = attached;

  SignalHandlers(ActivityLog log) {
    this.log = log;
  }

  /**
   * Lets every signal through that means something here, however this process was started. Before
   * any thread is started, and any child. Until they are taken those to end do that at once, as
   * they do any program; SIGQUIT has the JVM print its threads instead, and waits.
   */
  static void hear() throws PosixException {
    CurrentProcess.hearSignals(
        List.of(Signals.SIGHUP, Signals.SIGINT, Signals.SIGTERM, Signals.SIGUSR2, Signals.SIGCHLD));
    hearsQuit = QuitSignal.handle(() -> HANDLERS.thenAccept(handlers -> handlers.exit("SIGQUIT")));
  }

  /**
   * Takes the signals from now on; what comes before there is an engine is done once there is.
   *
   * @param isInit whether supervisord is process 1 and hears of other processes' orphans
   */
  void install(boolean isInit) throws PosixException {
    for (String name : new String[] {"TERM", "INT"}) {
      JvmSignals.handle(name, this::exit);
    }
    INSTALLED.complete(this);
    if (!hearsQuit) {
      log.debug("SIGQUIT makes the JVM dump its threads: not started by bin/supervisord");
    }
    JvmSignals.handle("HUP", this::restart);
    JvmSignals.handle("USR2", this::reopen);
    installForChildren(isInit);
  }

  /** Takes SIGCHLD where somebody wants to hear of it: process 1, and a log of level debug. */
  void installForChildren(boolean isInit) {
    if (isInit || log.isEnabled(LogLevel.DEBG)) {
      JvmSignals.handle("CHLD", this::childEnded);
    }
  }

  /**
   * Hands over the engine that gets the signals. What has come before is done by a thread of its
   * own: it waits for the engine, which may begin only after this.
   */
  void attach(Engine running) {
    Thread early = new Thread(() -> attached.complete(running), "supervisor-signals");
    early.setDaemon(true);
    early.start();
  }

  private void exit(String name) {
    try {
      log.warn("received " + name + " indicating exit request");
    } finally {
      // Whatever else is broken: too little memory for a line is no reason to go on.
      engine.thenAccept(Engine::terminate);
    }
  }

  private void restart(String name) {
    engine.thenAccept(
        running -> {
          if (running.state() == SupervisorState.SHUTDOWN) {
            log.warn("ignored " + name + " indicating restart request (shutdown in progress)");
          } else {
            log.warn("received " + name + " indicating restart request");
            running.restart();
          }
        });
  }

  private void reopen(String name) {
    log.info("received " + name + " indicating log reopen request");
    log.info("supervisord logreopen");
    engine.thenAccept(Engine::reopenLogs);
  }

  /** The engine logs it, after what it has to say of the child. */
  private void childEnded(String name) {
    engine.thenAccept(Engine::childSignalled);
  }
}
