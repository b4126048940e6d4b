package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import ee.supervisor.guard.Guard;
import ee.supervisor.posix.SpawnResult.Spawned;
import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A real child of a test: started, read to the end, reaped and cleaned up. */
final class TestChild implements AutoCloseable {
  static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Spawner spawner;
  private final Spawned ends;
  private boolean reaped;

  TestChild(Spawner spawner, Spawned ends) {
    this.spawner = spawner;
    this.ends = ends;
  }

  static Spawner startSpawner() throws PosixException {
    return startSpawner(ChildPlace::open);
  }

  static Spawner startSpawner(Spawner.PlaceFinder places) throws PosixException {
    return startSpawner(places, true);
  }

  static Spawner startSpawner(Spawner.PlaceFinder places, boolean byPidFd) throws PosixException {
    Guard guard =
        new Guard(
            text -> {
              throw new AssertionError(text);
            });
    return Spawner.start(places, Children.open(byPidFd, guard), guard);
  }

  static SpawnRequest shell(String script) {
    return request("/bin/sh", "sh", "-c", script);
  }

  static SpawnRequest request(String file, String... argv) {
    return new SpawnRequest(
        file,
        List.of(argv),
        Map.of("PATH", PATH),
        Optional.empty(),
        SpawnRequest.INHERIT_UMASK,
        OptionalInt.empty(),
        false,
        Optional.empty());
  }

  static SpawnRequest withDirectory(SpawnRequest r, String directory) {
    return new SpawnRequest(
        r.file(),
        r.argv(),
        r.environment(),
        Optional.of(Path.of(directory)),
        r.umask(),
        r.uid(),
        r.redirectStderr(),
        r.stdin());
  }

  static SpawnRequest withUmask(SpawnRequest r, int umask) {
    return new SpawnRequest(
        r.file(),
        r.argv(),
        r.environment(),
        r.directory(),
        umask,
        r.uid(),
        r.redirectStderr(),
        r.stdin());
  }

  static SpawnRequest withUser(SpawnRequest r, int uid) {
    return new SpawnRequest(
        r.file(),
        r.argv(),
        r.environment(),
        r.directory(),
        r.umask(),
        OptionalInt.of(uid),
        r.redirectStderr(),
        r.stdin());
  }

  static SpawnRequest withEnvironment(
      SpawnRequest r, UnaryOperator<Map<String, String>> environment) {
    return new SpawnRequest(
        r.file(),
        r.argv(),
        environment.apply(r.environment()),
        r.directory(),
        r.umask(),
        r.uid(),
        r.redirectStderr(),
        r.stdin());
  }

  static SpawnRequest withStderrRedirected(SpawnRequest r) {
    return new SpawnRequest(
        r.file(), r.argv(), r.environment(), r.directory(), r.umask(), r.uid(), true, r.stdin());
  }

  static SpawnRequest withStdin(SpawnRequest r, Fd stdin) {
    return new SpawnRequest(
        r.file(),
        r.argv(),
        r.environment(),
        r.directory(),
        r.umask(),
        r.uid(),
        r.redirectStderr(),
        Optional.of(stdin));
  }

  static SpawnResult result(Spawner spawner, SpawnRequest request) throws Exception {
    CompletableFuture<SpawnResult> result = new CompletableFuture<>();
    spawner.spawn(() -> request, Runnable::run, result::complete);
    return result.get(20, SECONDS);
  }

  static TestChild start(Spawner spawner, SpawnRequest request) throws Exception {
    SpawnResult result = result(spawner, request);
    if (result instanceof Spawned spawned) {
      return new TestChild(spawner, spawned);
    }
    throw new AssertionError("no child: " + result);
  }

  /** Starts a child, and returns all it wrote to stdout once it has ended. */
  static String output(Spawner spawner, SpawnRequest request) throws Exception {
    try (TestChild child = start(spawner, request)) {
      String output = child.stdout();
      child.await();
      return output;
    }
  }

  Spawned ends() {
    return ends;
  }

  int pid() {
    return ends.process().pid();
  }

  String stdout() throws PosixException {
    return readToEnd(ends.stdout());
  }

  String stderr() throws PosixException {
    return readToEnd(ends.stderr().orElseThrow());
  }

  void write(String text) throws PosixException {
    byte[] bytes = text.getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    Kernel.write(ends.stdin().orElseThrow(), buffer);
  }

  /** Waits for the end of the child. */
  WaitStatus await() throws PosixException {
    awaitEnd();
    reaped = true;
    return spawner.children().reap(ends.process()).orElseThrow();
  }

  /** Waits for the end of the child, and leaves its status. */
  void awaitEnd() throws PosixException {
    if (ends.process().descriptor().isPresent()) {
      awaitReadable(ends.process().descriptor().get());
    } else {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      spawner.children().whenEnded(ends.process(), () -> ended.complete(null));
      ended.orTimeout(20, SECONDS).join();
    }
  }

  static void awaitReadable(Fd fd) throws PosixException {
    try (Epoll epoll = Epoll.open()) {
      epoll.add(fd, Epoll.READABLE, 0);
      while (epoll.await((token, events) -> {}) == 0) {
        // A signal came first.
      }
    }
  }

  /** What comes until all writers are gone. */
  static String readToEnd(Fd fd) throws PosixException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    int count;
    do {
      awaitReadable(fd);
      count = Kernel.read(fd, buffer.clear());
      text.writeBytes(Bytes.from(buffer.flip()).toByteArray());
    } while (count != 0);
    return text.toString(UTF_8);
  }

  /** Kills what still runs, and closes all ends. */
  @Override
  public void close() throws PosixException {
    if (!reaped) {
      Kernel.killGroup(pid(), Signals.SIGKILL);
      await();
    }
    ends.stdin().ifPresent(Fd::close);
    ends.stdout().close();
    ends.stderr().ifPresent(Fd::close);
    ends.process().close();
  }
}
