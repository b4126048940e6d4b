package ee.supervisor.posix;

import ee.supervisor.guard.Guard;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts children, on a thread of its own: it has a private working directory and umask, and a slow
 * file system delays no other thread.
 *
 * <p>When that thread does not come back from a child (its program is on a dead mount), {@link
 * #help} has another go on with the next; the one that is stuck finishes what it was at. So a dead
 * file system holds up those alone that are on it.
 */
public final class Spawner implements AutoCloseable {
  /** How long those behind a child wait for it. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int MOST_WORKERS = 64;

  /** No child is made any more. */
  private static final SpawnResult REFUSED =
      new SpawnResult.Failed(SpawnResult.Step.FORK, Errno.EAGAIN);

  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final PlaceFinder places;
  private final Guard guard;
  private final Children children;

  /** Guarded by itself. */
  private final List<Worker> workers = new ArrayList<>();

  private volatile boolean closed;

  private Spawner(PlaceFinder places, Children children, Guard guard) {
    this.places = places;
    this.children = children;
    this.guard = guard;
  }

  /** Decides, on the spawner's thread, how children get to their directory. */
  @FunctionalInterface
  interface PlaceFinder {
    ChildPlace open() throws PosixException;
  }

  /** Something to be done on a thread of the spawner. */
  @FunctionalInterface
  private interface Task {
    void run(ChildMaker maker);
  }

  /**
   * Starts the thread. Its children's directory and umask are those of the process as of now.
   *
   * @param guard logs what callbacks throw
   */
  public static Spawner start(Guard guard) throws PosixException {
    return start(ChildPlace::open, Children.open(guard), guard);
  }

  static Spawner start(PlaceFinder places, Children children, Guard guard) throws PosixException {
    // Loads jffi here, since a thread that it started from the spawner would share its directory.
    CurrentProcess.pid();
    Spawner spawner = new Spawner(places, children, guard);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    spawner.startWorker(ready);
    try {
      ready.get();
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

  private void startWorker(CompletableFuture<Void> ready) {
    Worker worker = new Worker(ready);
    synchronized (workers) {
      worker.start();
      workers.add(worker);
    }
  }

  /** The children that were started, to be reaped there. */
  public Children children() {
    return children;
  }

  /**
   * Starts a child. Orders are served in turn; any thread may give them.
   *
   * @param callbackExecutor given the callback on the spawner's thread; it must not start a thread
   *     there to run it, for that thread would share the spawner's directory
   * @param callback gets the outcome, once, whatever happens; a child that it cannot be given is
   *     killed
   */
  public void spawn(SpawnOrder order, Executor callbackExecutor, Consumer<SpawnResult> callback) {
    spawn(maker -> make(maker, order), callbackExecutor, callback);
  }

  /** As {@link #spawn}, of a child that may be ready; {@code order} is for the case that not. */
  public void spawn(
      Preparation preparation,
      SpawnOrder order,
      Executor callbackExecutor,
      Consumer<SpawnResult> callback) {
    spawn(
        maker -> {
          Optional<Preparation.ReadyChild> ready = preparation.take();
          if (ready.isEmpty()) {
            return make(maker, order);
          }
          try (Preparation.ReadyChild child = ready.get()) {
            return closed ? REFUSED : maker.make(child.request(), child.pipes());
          }
        },
        callbackExecutor,
        callback);
  }

  /** Makes ready what a child needs that may soon be wanted; what fails is left to its order. */
  public Preparation prepare(SpawnOrder order) {
    Preparation preparation = new Preparation();
    tasks.add(
        maker -> {
          try {
            SpawnRequest request = order.request();
            preparation.complete(new Preparation.ReadyChild(request, ChildPipes.open(request)));
          } catch (Exception e) {
            // The order meets it again, and has somebody to tell.
          }
        });
    return preparation;
  }

  /** The child is not wanted. */
  public void discard(Preparation preparation) {
    tasks.add(maker -> preparation.take().ifPresent(Preparation.ReadyChild::close));
  }

  private void spawn(
      Function<ChildMaker, SpawnResult> work,
      Executor callbackExecutor,
      Consumer<SpawnResult> callback) {
    tasks.add(
        maker -> {
          SpawnResult result = work.apply(maker);
          boolean told =
              guard.run(
                  "a child's start", () -> callbackExecutor.execute(() -> callback.accept(result)));
          if (!told && result instanceof SpawnResult.Spawned child) {
            discard(child);
          }
        });
  }

  /** An order always gets a result, or its process would be starting for ever. */
  private SpawnResult make(ChildMaker maker, SpawnOrder order) {
    SpawnRequest request;
    try {
      request = order.request();
    } catch (Exception e) {
      return new SpawnResult.Unordered(e);
    } catch (Throwable thrown) {
      guard.report("an order for a child", thrown);
      return new SpawnResult.Unordered(new IllegalStateException(thrown.toString()));
    }
    return closed ? REFUSED : maker.make(request);
  }

  /** Kills a child that nobody will look after, and closes the pipes to it; waits for its end. */
  public void discard(SpawnResult.Spawned child) {
    tasks.add(
        maker -> {
          int pid = child.process().pid();
          LibC.kill(-pid, Signals.SIGKILL);
          child.stdin().ifPresent(Fd::close);
          child.stdout().close();
          child.stderr().ifPresent(Fd::close);
          children.forget(pid);
        });
  }

  /**
   * Has something done that may have to wait for a file system.
   *
   * @return completes on the spawner's thread, so whoever waits must hand on at once
   */
  public <T> CompletionStage<T> call(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    tasks.add(
        maker -> {
          try {
            done.complete(work.call());
          } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
          }
        });
    return done;
  }

  /**
   * Reaps what process 1 inherits: children of children that ended before their own. Nobody but
   * process 1 should ask, see {@link Children}.
   *
   * @param callbackExecutor as in {@link #spawn}
   * @param callback called for each orphan that was reaped
   */
  public void reapOrphans(Executor callbackExecutor, Consumer<Children.Orphan> callback) {
    tasks.add(
        maker -> {
          Optional<Children.Orphan> orphan = children.reapOrphan();
          while (orphan.isPresent()) {
            Children.Orphan reaped = orphan.get();
            callbackExecutor.execute(() -> callback.accept(reaped));
            orphan = children.reapOrphan();
          }
        });
  }

  /**
   * For one who has waited for {@link #PATIENCE}: if everybody here is stuck and there is something
   * to do, one more thread does it. It must not be called on the spawner's own thread.
   */
  public void help() {
    synchronized (workers) {
      workers.removeIf(worker -> !worker.isAlive());
      boolean allStuck = workers.stream().allMatch(Worker::isStuck);
      if (!closed && allStuck && !tasks.isEmpty() && workers.size() < MOST_WORKERS) {
        startWorker(new CompletableFuture<>());
      }
    }
  }

  /** Ends the thread once what was asked before is done. Nothing more is started; children stay. */
  @Override
  public void close() {
    closed = true;
    tasks.add(maker -> {});
    children.close();
  }

  /** One that makes children, until it is closed or there are others to do it. */
  private final class Worker extends Thread {
    private static final long IDLE = 0;

    private final CompletableFuture<Void> ready;
    private volatile long busySinceNanos = IDLE;

    Worker(CompletableFuture<Void> ready) {
      super("supervisor-spawner");
      setDaemon(true);
      this.ready = ready;
    }

    boolean isStuck() {
      long since = busySinceNanos;
      return since != IDLE && System.nanoTime() - since >= PATIENCE.toNanos();
    }

    @Override
    public void run() {
      try (ChildMaker maker = new ChildMaker(children, places.open(), guard)) {
        ready.complete(null);
        while (!isDone() && !isSuperfluous()) {
          guard.run("the spawner", () -> runNext(maker));
        }
      } catch (Throwable thrown) {
        if (!ready.completeExceptionally(thrown)) {
          guard.report("a thread of the spawner", thrown);
        }
      } finally {
        if (closed) {
          tasks.add(maker -> {}); // wakes the next
        }
      }
    }

    private void runNext(ChildMaker maker) {
      try {
        Task next = tasks.take();
        // Never IDLE, whatever nanoTime() says.
        busySinceNanos = System.nanoTime() | 1;
        goHome(maker);
        next.run(maker);
      } catch (InterruptedException e) {
        // Nobody interrupts this thread but a JVM that ends.
      } finally {
        busySinceNanos = IDLE;
      }
    }

    /** Relative names are those of supervisord's directory, not of the last child's. */
    private void goHome(ChildMaker maker) {
      try {
        maker.goHome();
      } catch (PosixException e) {
        guard.report("the spawner's way back", e);
      }
    }

    private boolean isDone() {
      return closed && tasks.isEmpty();
    }

    /** Whether another one has nothing to do either. */
    private boolean isSuperfluous() {
      synchronized (workers) {
        boolean superfluous =
            workers.stream().anyMatch(w -> w != this && w.isAlive() && w.busySinceNanos == IDLE);
        if (superfluous) {
          workers.remove(this);
        }
        return superfluous;
      }
    }
  }
}
