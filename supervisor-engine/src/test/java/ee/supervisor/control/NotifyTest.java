package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that tell of themselves by sd_notify(3). */
class NotifyTest {
  /** Sends each line of a file as it appears there. */
  private static final String SAYS =
      """
      import os, socket, sys, time
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      name = os.environ['NOTIFY_SOCKET']
      s.connect(name.replace('@', '\\0', 1))
      seen = 0
      while True:
          try:
              lines = open(sys.argv[1]).read().splitlines()
          except OSError:
              lines = []
          for line in lines[seen:]:
              s.send(line.replace('|', '\\n').encode())
          seen = len(lines)
          time.sleep(0.02)
      """;

  @TempDir private Path directory;

  private RunningEngine start(String options) throws IOException {
    Files.writeString(directory.resolve("says.py"), SAYS);
    return RunningEngine.start(
        directory,
        """
        [program:p]
        command=python3 @DIR@/says.py @DIR@/said
        startsecs=0
        """
            + options);
  }

  private void say(String... lines) throws IOException {
    Path said = directory.resolve("said");
    String before = Files.exists(said) ? Files.readString(said) : "";
    Path next = directory.resolve("said.new");
    Files.writeString(next, before + String.join("\n", lines) + "\n");
    Files.move(next, said, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ProcessInfo awaitReady(RunningEngine supervisor, boolean ready) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> supervisor.info("p").ready().equals(Optional.of(ready)));
    return supervisor.info("p");
  }

  private static void awaitStatus(RunningEngine supervisor, String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(supervisor.info("p").statusText()).isEqualTo(text));
  }

  @Test
  @Requires(Requirement.PYTHON)
  void aProgramTellsWhenItIsReadyAndHowItFares() throws IOException {
    try (RunningEngine supervisor = start("notify=true\n")) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      assertThat(supervisor.info("p").ready()).contains(false);

      say("STATUS=Loading");
      awaitStatus(supervisor, "Loading");
      say("READY=1|STATUS=Serving");
      awaitReady(supervisor, true);
      awaitStatus(supervisor, "Serving");
      say("RELOADING=1");
      awaitReady(supervisor, false);
      say("READY=1");
      awaitReady(supervisor, true);
      say("MAINPID=1|FDSTORE=1|X_OTHER=2", "STOPPING=1");
      awaitReady(supervisor, false);
      supervisor.awaitLogged("MAINPID=1 from p is ignored");
    }
  }

  @Test
  @Requires(Requirement.PYTHON)
  void aProgramThatAsksForMoreTimeToStopGetsIt() throws IOException {
    Files.writeString(
        directory.resolve("slow.py"),
        """
        import os, signal, socket, sys, time
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.connect(os.environ["NOTIFY_SOCKET"].replace("@", "\\0", 1))
        def stop(number, frame):
            notify.send(b"EXTEND_TIMEOUT_USEC=20000000")
            time.sleep(2)
            sys.exit(7)
        signal.signal(signal.SIGTERM, stop)
        notify.send(b"READY=1")
        while True:
            signal.pause()
        """);
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            "[program:p]\ncommand=python3 @DIR@/slow.py\nnotify=true\nstopwaitsecs=1\n")) {
      awaitReady(supervisor, true);
      response(supervisor.engine().stopProcess("p", true));
      assertThat(supervisor.info("p").exitStatus()).isEqualTo(7);
      assertThat(supervisor.log()).doesNotContain("killing 'p'");
    }
  }

  @Test
  @Requires(Requirement.PYTHON)
  void readinessEndsWithTheChild() throws IOException {
    try (RunningEngine supervisor = start("notify=true\n")) {
      say("READY=1|STATUS=Serving");
      awaitReady(supervisor, true);
      Files.delete(directory.resolve("said"));

      response(supervisor.engine().restartProcess("p"));

      ProcessInfo info = awaitReady(supervisor, false);
      assertThat(info.statusText()).isEmpty();
    }
  }

  @Test
  @Requires(Requirement.PYTHON)
  void aProgramWithoutASignOfLifeIsRestarted() throws IOException {
    try (RunningEngine supervisor = start("watchdog_sec=0.5\nautorestart=false\n")) {
      int first = supervisor.awaitState("p", ProcessState.RUNNING).pid();
      say("READY=1", "WATCHDOG=1");

      supervisor.awaitLogged("no sign of life of p for 0.5 s; restarting p");
      await().until(() -> supervisor.info("p").pid() != first && supervisor.info("p").pid() != 0);
    }
  }

  @Test
  void theWatchdogIsToldToTheProgramWithItsProcessIdAndTheRestIsAsItWas() {
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            """
            [program:p]
            command=/usr/bin/env
            environment=a.b="odd name",PWD="/elsewhere"
            startsecs=0
            autorestart=false
            stdout_logfile=@DIR@/env
            watchdog_sec=30
            """)) {
      supervisor.awaitState("p", ProcessState.EXITED);
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readString(directory.resolve("env")))
                      .contains("WATCHDOG_USEC=30000000\n", "a.b=odd name\n", "PWD=/elsewhere\n")
                      .containsPattern("WATCHDOG_PID=" + spawnedPid(supervisor) + "\n"));
    }
  }

  private static String spawnedPid(RunningEngine supervisor) {
    Matcher spawned = Pattern.compile("spawned: 'p' with pid (\\d+)").matcher(supervisor.log());
    return spawned.find() ? spawned.group(1) : "not logged yet";
  }

  @Test
  @Requires(Requirement.PYTHON)
  void aStrangerIsNotBelieved() throws Exception {
    try (RunningEngine supervisor = start("notify=true\n")) {
      int pid = supervisor.awaitState("p", ProcessState.RUNNING).pid();
      String socket = variable(pid, "NOTIFY_SOCKET");
      Process stranger =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import socket,sys,time; s=socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
                      + "s.sendto(b'READY=1', sys.argv[1].replace('@','\\0',1)); time.sleep(60)",
                  socket)
              .start();
      try {
        supervisor.awaitLogged(
            "a notification for p is ignored: pid " + stranger.pid() + " does not come from it");
        assertThat(supervisor.info("p").ready()).contains(false);
      } finally {
        stranger.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  @Requires({Requirement.SYSTEMD_NOTIFY, Requirement.OTHER_USERS})
  void aProgramOfAnotherUserIsHeard() throws IOException {
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            """
            [program:p]
            command=/bin/sh -c 'test $WATCHDOG_PID = $$ && systemd-notify --ready --status="$(id -u)"; exec sleep 1000'
            user=nobody
            startsecs=0
            notify=true
            watchdog_sec=600
            """)) {
      awaitReady(supervisor, true);
      awaitStatus(supervisor, "65534");
    }
  }

  @Test
  @Requires({Requirement.PYTHON, Requirement.SYSTEMD_NOTIFY})
  void aFloodIsBorne() throws IOException {
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            """
            [program:p]
            command=python3 -c "import os,socket; s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.connect(os.environ['NOTIFY_SOCKET'].replace('@',chr(0),1)); [s.send(b'STATUS=%%d' %% i) for i in iter(int, 1)]"
            startsecs=0
            notify=true
            [program:q]
            command=/bin/sh -c 'systemd-notify --ready; exec sleep 1000'
            startsecs=0
            notify=true
            """)) {
      awaitStatus(supervisor, "0");
      await().until(() -> supervisor.info("q").ready().equals(Optional.of(true)));
      response(supervisor.engine().stopProcess("p", true));
      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  private static String variable(int pid, String name) {
    await().ignoreExceptions().until(() -> environ(pid).contains(name + "="));
    return environ(pid)
        .lines()
        .filter(l -> l.startsWith(name + "="))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1);
  }

  private static String environ(int pid) {
    try {
      return Files.readString(Path.of("/proc", Integer.toString(pid), "environ"))
          .replace('\0', '\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Requires(Requirement.SYSTEMD_NOTIFY)
  void aShellScriptTellsBySystemdNotify() throws IOException {
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            """
            [program:p]
            command=/bin/sh -c 'systemd-notify --status=Hello; systemd-notify --ready; exec sleep 1000'
            startsecs=0
            notify=true
            """)) {
      awaitReady(supervisor, true);
      awaitStatus(supervisor, "Hello");
    }
  }

  @Test
  @Requires(Requirement.HAPROXY)
  void haproxyTellsWhenItIsReady() throws IOException {
    Files.writeString(
        directory.resolve("haproxy.cfg"),
        """
        defaults
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
        frontend f
          bind unix@%s/haproxy.sock
        """
            .formatted(directory));
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            """
            [program:p]
            command=/usr/sbin/haproxy -Ws -f @DIR@/haproxy.cfg
            startsecs=0
            notify=true
            """)) {
      awaitReady(supervisor, true);
      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.RUNNING);
    }
  }
}
