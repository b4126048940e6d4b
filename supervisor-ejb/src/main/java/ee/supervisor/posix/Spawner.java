package ee.supervisor.posix;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Starts children, on a thread of its own: it has a private working directory and umask, and a slow
 * file system delays no other thread.
 */
public final class Spawner implements AutoCloseable {
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final Children children = new Children();
  private final Thread thread = new Thread(this::run, "supervisor-spawner");
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private final PlaceFinder places;

  private Spawner(PlaceFinder places) {
    this.places = places;
  }

  /** Decides, on the spawner thread, how children get to their directory. */
  @FunctionalInterface
  interface PlaceFinder {
    ChildPlace open() throws PosixException;
  }

  /** Something to be done on the spawner thread; false ends it. */
  @FunctionalInterface
  private interface Task {
    boolean run(ChildMaker maker);
  }

  /** Starts the thread. Its children's directory and umask are those of the process as of now. */
  public static Spawner start() throws PosixException {
    return start(ChildPlace::open);
  }

  static Spawner start(PlaceFinder places) throws PosixException {
    // Loads jnr here, since a thread that it started from the spawner would share its directory.
    CurrentProcess.pid();
    Spawner spawner = new Spawner(places);
    spawner.thread.setDaemon(true);
    spawner.thread.start();
    try {
      spawner.ready.get();
      return spawner;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PosixException refused) {
        throw refused;
      }
      throw new IllegalStateException("the spawner did not start", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the spawner started", e);
    }
  }

  /** The children that were started, to be reaped there. */
  public Children children() {
    return children;
  }

  /**
   * Starts a child. Requests are served in order; any thread may make them.
   *
   * @param callbackExecutor given the callback on the spawner thread; it must not start a thread
   *     there to run it, for that thread would share the spawner's directory
   * @param callback told the outcome, once
   */
  public void spawn(
      SpawnRequest request, Executor callbackExecutor, Consumer<SpawnResult> callback) {
    tasks.add(
        maker -> {
          SpawnResult result = make(maker, request);
          callbackExecutor.execute(() -> callback.accept(result));
          return true;
        });
  }

  /** A request is always answered, or its process would be starting for ever. */
  private SpawnResult make(ChildMaker maker, SpawnRequest request) {
    try {
      return maker.make(request);
    } catch (RuntimeException | Error e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      return new SpawnResult.Failed(SpawnResult.Step.FORK, Errno.ENOMEM);
    }
  }

  /**
   * Reaps what process 1 inherits: children of children that ended before their own. Nobody but
   * process 1 should ask, see {@link Children}.
   *
   * @param callbackExecutor as in {@link #spawn}
   * @param callback told the process id of each orphan that was reaped
   */
  public void reapOrphans(Executor callbackExecutor, IntConsumer callback) {
    tasks.add(
        maker -> {
          OptionalInt orphan = children.reapOrphan();
          while (orphan.isPresent()) {
            int pid = orphan.getAsInt();
            callbackExecutor.execute(() -> callback.accept(pid));
            orphan = children.reapOrphan();
          }
          return true;
        });
  }

  private void run() {
    try (ChildMaker maker = new ChildMaker(children, places.open())) {
      ready.complete(null);
      while (tasks.take().run(maker)) {
        // Each task does its own work; the last one says so.
      }
    } catch (PosixException e) {
      ready.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread once what was asked before is done. Children stay. */
  @Override
  public void close() {
    tasks.add(maker -> false);
  }
}
