package ee.supervisor.ctl;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs the reference's supervisord (package {@code supervisor}) on a Unix-domain socket. */
final class ReferenceServer implements AutoCloseable {
  private final Path directory;
  private final Path conf;
  private Process process;

  /**
   * Starts it.
   *
   * @param directory where its files go
   * @param sections what the configuration has beside the usual; {@code @DIR@} is the directory
   */
  ReferenceServer(Path directory, String sections) throws IOException {
    this.directory = directory;
    conf = directory.resolve("supervisord.conf");
    String text =
        """
        [supervisord]
        logfile=@DIR@/supervisord.log
        pidfile=@DIR@/supervisord.pid
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        [unix_http_server]
        file=@DIR@/s.sock
        """
            + sections;
    Files.writeString(conf, text.replace("@DIR@", directory.toString()));
    start();
  }

  /** Starts it again. */
  void start() throws IOException {
    process =
        new ProcessBuilder("/usr/bin/supervisord", "-n", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> Files.exists(directory.resolve("s.sock")) && log().contains("started with pid"));
  }

  /** Ends it and all it runs. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    Files.deleteIfExists(directory.resolve("supervisord.log"));
  }

  /** What supervisord has told so far. */
  String log() throws IOException {
    Path log = directory.resolve("supervisord.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  String conf() {
    return conf.toString();
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
