package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** The tree that was built, and one supervisord started from it in a directory of its own. */
final class Tree implements AutoCloseable {
  private static final HttpClient HTTP_1 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Far longer than anything takes here, for machines that are busy. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Path HOME = Path.of("target/supervisor").toAbsolutePath();

  private final Path directory;
  private final int port;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param directory where its configuration is, and all that it writes
   */
  Tree(Path directory) throws IOException {
    this.directory = directory;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** A port of the loopback address that was free a moment ago. */
  int port() {
    return port;
  }

  /** The path of one of the tree's programs. */
  static Path program(String name) {
    return HOME.resolve("bin").resolve(name);
  }

  /** The path of a file in its directory. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** What stands in such a file; empty while it is not there. */
  String text(String name) throws IOException {
    Path file = file(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Writes a configuration with an XML-RPC server on {@link #port}, and more sections. */
  void configure(String sections) throws IOException {
    configureWithoutServer(
        """
        [inet_http_server]
        port = 127.0.0.1:%d
        %s
        """
            .formatted(port, sections));
  }

  /** Writes a configuration without any server, and more sections. */
  void configureWithoutServer(String sections) throws IOException {
    Files.writeString(
        file("supervisord.conf"),
        """
        [supervisord]
        logfile = %%(here)s/supervisord.log
        pidfile = %%(here)s/supervisord.pid
        childlogdir = %%(here)s
        user = %s
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        %s
        """
            .formatted(System.getProperty("user.name"), sections));
  }

  /** Adds lines to the section {@code [supervisord]} of that configuration. */
  void addToSupervisord(String lines) throws IOException {
    String text = text("supervisord.conf");
    Files.writeString(
        file("supervisord.conf"),
        text.replace("[supervisord]\n", "[supervisord]\n" + lines + "\n"));
  }

  /** Starts {@code bin/supervisord} with that configuration; its output goes to {@code console}. */
  Process start(String... options) throws IOException {
    return start(List.of(program("supervisord").toString()), options);
  }

  /** As {@link #start(String...)}, from a shell that has run {@code commands} before. */
  Process startAfter(String commands, String... options) throws IOException {
    return start(
        List.of(
            "/bin/sh", "-c", commands + "; exec \"$@\"", "sh", program("supervisord").toString()),
        options);
  }

  /** Starts it by way of another program: a shell, env(1), setpriv(1). */
  Process startBy(List<String> way, String... options) throws IOException {
    List<String> program = new ArrayList<>(way);
    program.add(HOME.resolve("bin/supervisord").toString());
    return start(program, options);
  }

  /** As {@link #startBy}, in the foreground, waiting until it answers. */
  Process startByAndAwait(List<String> way) throws IOException {
    return awaited(startBy(way, "-n", "-c", "supervisord.conf"));
  }

  private Process start(List<String> program, String... options) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(file("console" + (started.isEmpty() ? "" : started.size())).toFile());
    builder.environment().put("XDG_CACHE_HOME", file("cache").toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** What the n-th supervisord that was started here, from 0, has written. */
  String console(int n) throws IOException {
    return text("console" + (n == 0 ? "" : n));
  }

  /** Starts it in the foreground and waits until it answers. */
  Process startAndAwait() throws IOException {
    return awaited(start("-n", "-c", "supervisord.conf"));
  }

  /** Starts one in the foreground from an installation that lacks something of {@code lib}. */
  Process startBroken(String missing) throws IOException {
    Path broken = Files.createDirectories(file("broken"));
    Path program = Files.createDirectory(broken.resolve("bin")).resolve("supervisord");
    Files.copy(HOME.resolve("bin/supervisord"), program, StandardCopyOption.COPY_ATTRIBUTES);
    Path lib = Files.createDirectory(broken.resolve("lib"));
    try (Stream<Path> entries = Files.list(HOME.resolve("lib"))) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(missing)) {
          Files.createSymbolicLink(lib.resolve(entry.getFileName()), entry);
        }
      }
    }
    return start(List.of(program.toString()), "-n", "-c", "supervisord.conf");
  }

  /** Does so with {@code java -jar supervisord.jar}. */
  Process startBundleAndAwait() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String jar = HOME.resolveSibling("supervisord.jar").toString();
    return awaited(start(List.of(java, "-jar", jar), "-n", "-c", "supervisord.conf"));
  }

  /** Waits until a process that was started here answers. */
  Process awaited(Process process) throws IOException {
    try {
      awaitResponse(process);
      return process;
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new AssertionError("it does not answer, and wrote: " + text("console"), e);
    }
  }

  private void awaitResponse(Process process) {
    await()
        .atMost(PATIENCE)
        .failFast("supervisord has ended", () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> call("supervisor.getPID").contains("<int>"));
  }

  /** Waits until the page is there, which takes longer than the rest. */
  void awaitPage() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    await()
        .atMost(PATIENCE)
        .until(() -> HTTP_1.send(request, BodyHandlers.discarding()).statusCode() == 200);
  }

  /** Runs it to its end and gives its exit code. */
  int run(String... options) throws IOException, InterruptedException {
    return exitCode(start(options));
  }

  /** Waits for a process to end and gives its exit code. */
  static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + process.pid());
    }
    return process.exitValue();
  }

  /** The pid in the pid file. */
  long pid() throws IOException {
    return Long.parseLong(text("supervisord.pid").strip());
  }

  /** Sends a signal by its name. */
  static void signal(long pid, String name) throws IOException, InterruptedException {
    if (pid <= 0) {
      // kill(1) would take it for a process group, this test's own
      throw new IllegalArgumentException("no process has the id " + pid);
    }
    new ProcessBuilder("/bin/sh", "-c", "kill -s %s %d".formatted(name, pid)).start().waitFor();
  }

  /** The body of the answer to an XML-RPC call with string arguments. */
  String call(String method, String... arguments) throws IOException, InterruptedException {
    return call(HTTP_1, method, arguments);
  }

  /** As {@link #call(String, String...)}, by a client of the test's own. */
  String call(HttpClient client, String method, String... arguments)
      throws IOException, InterruptedException {
    StringBuilder body =
        new StringBuilder("<methodCall><methodName>" + method + "</methodName><params>");
    for (String argument : arguments) {
      body.append("<param><value>").append(argument).append("</value></param>");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/RPC2"))
            .header("Content-Type", "text/xml")
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body.append("</params></methodCall>").toString(), UTF_8))
            .build();
    return client.send(request, BodyHandlers.ofString(UTF_8)).body();
  }

  /** Ends what was started here and still runs, a daemon too. */
  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.destroyForcibly();
    }
    if (!text("supervisord.pid").isEmpty()) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
