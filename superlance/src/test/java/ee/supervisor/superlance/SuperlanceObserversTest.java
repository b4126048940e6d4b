package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Overrides;
import ee.supervisor.control.Engine;
import ee.supervisor.control.EngineOptions;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watchers in the JVM of a real engine with real children. */
class SuperlanceObserversTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void crashmailMailsAndHttpokRestartsWithoutAProcessOfTheirOwn() throws Exception {
    Path watchers =
        Files.writeString(
            directory.resolve("watchers"),
            """
            crashmail -p crasher -m ops@example.com -s "cat > @DIR@/crash.mail"
            httpok -p sleeper -t 1 -m ops@example.com -s "cat > @DIR@/httpok.mail" @URL@
            """
                .replace("@DIR@", directory.toString())
                .replace("@URL@", TestServer.nobody().toString()));
    Files.writeString(
        directory.resolve("supervisord.conf"),
        """
        [supervisord]
        nodaemon=true
        silent=true
        logfile=@DIR@/supervisord.log
        pidfile=@DIR@/supervisord.pid
        childlogdir=@DIR@
        [program:sleeper]
        command=/bin/sleep 1000
        startsecs=0
        [program:crasher]
        command=/bin/sh -c "exit 3"
        startsecs=0
        autostart=false
        autorestart=false
        """
            .replace("@DIR@", directory.toString()));
    ConfigSource source =
        new ConfigFile(
            directory.resolve("supervisord.conf").toString(),
            Overrides.none(),
            ee.supervisor.config.Host.ofThisProcess());
    Configuration configuration = source.load();
    ActivityLog log = ActivityLog.open(ActivityLog.Settings.of(configuration.supervisord()));
    Engine engine = Engine.start(new EngineOptions(source, configuration, log, stage -> {}, false));
    SuperlanceObservers observers =
        new SuperlanceObservers(Optional.of(watchers), () -> Optional.of(engine));
    observers.begin();
    try {
      engine.subscribe(observers::hear);
      await()
          .atMost(PATIENCE)
          .until(() -> engine.process("sleeper").state() == ProcessState.RUNNING);
      int firstPid = engine.process("sleeper").pid();
      engine.startProcess("crasher", true);
      observers.hear(new Event.Tick(60, 1_700_000_040));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(read("crash.mail")).endsWith(" from state RUNNING");
                assertThat(read("httpok.mail")).endsWith("sleeper restarted");
              });
      assertThat(engine.process("sleeper").pid()).isNotEqualTo(firstPid);
    } finally {
      observers.end();
      engine.shutdown();
      engine.stopped().toCompletableFuture().join();
      log.close();
    }
  }

  private String read(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.readString(path, UTF_8) : "";
  }
}
