package ee.supervisor.superlance;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners as processes of the reference's own supervisord. */
@Requires(REFERENCE)
class SuperlanceUnderSupervisordTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void crashmailMailsAndHttpokRestarts() throws Exception {
    Path watchers =
        Files.writeString(
            directory.resolve("watchers"),
            "httpok -p sleeper -t 1 -m ops@example.com -s 'cat > %s' %s\nmemmon -a 100GB\n"
                .formatted(directory.resolve("httpok.mail"), TestServer.nobody()));
    Path conf = Files.writeString(directory.resolve("supervisord.conf"), conf(watchers));
    Process supervisord =
        new ProcessBuilder("/usr/bin/supervisord", "-n", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console").toFile())
            .start();
    try {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(read("crash.mail")).endsWith("from state RUNNING");
                assertThat(read("httpok.mail")).endsWith("sleeper restarted");
              });
      assertThat(read("crash.mail"))
          .startsWith("To: ops@example.com\nSubject: prod: crasher crashed at ")
          .contains("\n\nProcess crasher in group crasher exited unexpectedly (pid ");
      assertThat(read("httpok.mail"))
          .contains(": bad status returned\n", "sleeper is in RUNNING state, restarting\n");
      assertThat(read("supervisord.log")).contains("stopped: sleeper (terminated by SIGTERM)");
    } finally {
      supervisord.destroy();
      assertThat(supervisord.waitFor()).as(read("console")).isZero();
    }
  }

  private String conf(Path watchers) {
    String java =
        "%s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp %s %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Superlance.class.getName());
    return """
    [supervisord]
    logfile=@DIR@/supervisord.log
    pidfile=@DIR@/supervisord.pid
    childlogdir=@DIR@
    [unix_http_server]
    file=@DIR@/supervisor.sock
    [rpcinterface:supervisor]
    supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
    [eventlistener:crashmail]
    command=@JAVA@ crashmail -p crasher -o prod -m ops@example.com -s "cat > @DIR@/crash.mail"
    events=PROCESS_STATE_EXITED
    stderr_logfile=@DIR@/crashmail.err
    [eventlistener:watchers]
    command=@JAVA@ superlance @WATCHERS@
    events=TICK_5
    stderr_logfile=@DIR@/watchers.err
    [program:sleeper]
    command=/bin/sleep 1000
    [program:crasher]
    command=/bin/sh -c "sleep 1; exit 3"
    autorestart=false
    startsecs=0
    """
        .replace("@JAVA@", java)
        .replace("@WATCHERS@", watchers.toString())
        .replace("@DIR@", directory.toString());
  }

  private String read(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.exists(path) ? Files.readString(path, UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
