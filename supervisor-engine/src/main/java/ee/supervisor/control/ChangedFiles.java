package ee.supervisor.control;

import ee.supervisor.config.FileWatch;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ChildProcess;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ProcessTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Restarts programs whose files have changed ({@code restart_when_binary_changed}, {@code
 * restart_directory_monitor}). Confined to the control loop.
 *
 * <p>Files are looked at every two seconds by a thread of its own, and less often where that takes
 * long: inotify would see nothing on network file systems and on what containers mount. What has
 * changed has to be the same at two looks: it may be written just now.
 */
final class ChangedFiles {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** The longest part of its time that the thread is busy: one in so many. */
  private static final int IDLE_FACTOR = 50;

  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);

  private final ProcessTable table;
  private final ProcessServices services;
  private final Consumer<ManagedProcess> restart;

  /** Has a thread while there is something to look at. */
  private final Executor thread =
      new ThreadPoolExecutor(
          0,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread made = new Thread(task, "supervisor-files");
            made.setDaemon(true);
            return made;
          });

  /** What is known of the files of each that runs. */
  private final Map<ManagedProcess, Known> known = new HashMap<>();

  private boolean scheduled;

  /**
   * What is known of files.
   *
   * @param child that was started with them
   * @param started as they were then
   * @param last as they were at the last look
   */
  private record Known(ChildProcess child, FileStamps started, FileStamps last) {}

  /**
   * @param restart stops a process and starts it again
   */
  ChangedFiles(ProcessTable table, ProcessServices services, Consumer<ManagedProcess> restart) {
    this.table = table;
    this.services = services;
    this.restart = restart;
  }

  /** Begins to look, if any active program asks for it. */
  void begin() {
    if (!scheduled && table.processesByPriority().stream().anyMatch(ChangedFiles::asks)) {
      scheduled = true;
      services.schedule(Duration.ZERO, this::look);
    }
  }

  private static boolean asks(ManagedProcess process) {
    return !process.config().policy().files().isEmpty();
  }

  private void look() {
    List<ManagedProcess> asking =
        table.processesByPriority().stream().filter(ChangedFiles::asks).toList();
    known.keySet().retainAll(asking);
    if (asking.isEmpty()) {
      scheduled = false;
      return;
    }
    Map<ManagedProcess, ChildProcess> running = new HashMap<>();
    for (ManagedProcess process : asking) {
      process
          .child()
          .filter(child -> process.state().isRunning())
          .ifPresent(child -> running.put(process, child));
      if (process.state() == ProcessState.STOPPED) {
        // whoever starts it does so with the files as they are then
        known.remove(process);
      }
    }
    thread.execute(() -> services.guard().run("changed files", () -> scan(running)));
  }

  /** On its own thread. */
  private void scan(Map<ManagedProcess, ChildProcess> running) {
    long before = System.nanoTime();
    Map<ManagedProcess, FileStamps> found = new HashMap<>();
    try {
      running
          .keySet()
          .forEach(
              process ->
                  services
                      .guard()
                      .run(process, () -> found.put(process, FileStamps.of(process.launcher()))));
    } finally {
      Duration pause = Duration.ofNanos(System.nanoTime() - before).multipliedBy(IDLE_FACTOR);
      services
          .loop()
          .execute(
              () -> {
                services.schedule(pause.compareTo(INTERVAL) < 0 ? INTERVAL : pause, this::look);
                found.forEach(
                    (process, now) ->
                        services
                            .guard()
                            .run(process, () -> compare(process, running.get(process), now)));
              });
    }
  }

  private void compare(ManagedProcess process, ChildProcess child, FileStamps now) {
    if (process.child().filter(child::equals).isEmpty()) {
      return;
    }
    Known before = known.get(process);
    if (before == null) {
      known.put(process, new Known(child, now, now));
      now.complaint().ifPresent(why -> services.log().warn(why));
      return;
    }
    // one that was restarted because of them was started with them
    known.put(process, new Known(child, before.started(), now));
    if (!now.equals(before.last()) || process.state() != ProcessState.RUNNING) {
      return;
    }
    FileWatch watch = process.config().policy().files();
    if (now.isOtherBinary(before.started())) {
      known.put(process, new Known(child, now, now));
      react(process, child, watch.onBinary(), "the file of its command");
    } else if (!now.others().equals(before.started().others())) {
      known.put(process, new Known(child, now, now));
      react(process, child, watch.onFile(), now.firstOther(before.started()));
    }
  }

  private void react(
      ManagedProcess process, ChildProcess child, FileWatch.Reaction reaction, String what) {
    String name = process.config().name();
    String changed = "'%s': %s has changed".formatted(name, what);
    if (reaction.command().isPresent()) {
      String command = reaction.command().get();
      services.log().info(changed + "; running " + command);
      process
          .launcher()
          .run(
              command,
              Map.of("MAINPID", Integer.toString(child.pid())),
              true,
              COMMAND_TIMEOUT,
              outcome ->
                  outcome
                      .failure()
                      .ifPresent(why -> services.log().warn(command + " failed: " + why)));
    } else if (!reaction.signals().isEmpty()) {
      services.log().info(changed + "; sending " + reaction.signals());
      reaction.signals().forEach(process::signal);
    } else {
      services.log().info(changed + "; restarting it");
      restart.accept(process);
    }
  }
}
