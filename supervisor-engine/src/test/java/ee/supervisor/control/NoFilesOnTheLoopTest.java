package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PromptThread;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control loop looks at no file, whatever is asked of it: a dead NFS mount would hold it, and
 * with it all of supervision, for ever.
 */
class NoFilesOnTheLoopTest {
  private static final String EVERYTHING =
      """
      [program:plain]
      command=cat
      startsecs=0
      directory=/
      umask=022
      stdout_syslog=true
      stdout_capture_maxbytes=1000
      [program:missing]
      command=no-such-program
      startretries=0
      [fcgi-program:shared]
      command=/bin/sleep 1000
      socket=unix://@DIR@/shared.sock
      socket_mode=0700
      startsecs=0
      [eventlistener:ears]
      command=/bin/cat
      events=EVENT
      startsecs=0
      """;

  @TempDir private Path directory;

  @Test
  void allCommandsAndARestartLeaveTheFilesToOthers() throws Exception {
    // close() holds that nothing was looked at
    try (RunningEngine supervisor = RunningEngine.start(directory, EVERYTHING)) {
      Engine engine = supervisor.engine();
      supervisor.awaitState("plain", ProcessState.RUNNING);
      supervisor.awaitState("shared", ProcessState.RUNNING);
      supervisor.awaitState("missing", ProcessState.FATAL);

      response(engine.stopProcess("shared", true));
      response(engine.startProcess("shared", true));
      assertThatThrownBy(() -> response(engine.startProcess("missing", true)))
          .hasMessage("NO_FILE: can't find command 'no-such-program'");
      int killed = supervisor.info("plain").pid();
      response(engine.signalProcess("plain", "KILL"));
      awaitAnotherThan(killed, supervisor);
      supervisor.awaitState("plain", ProcessState.RUNNING);
      response(engine.sendProcessStdin("plain", Bytes.utf8("hello\n")));
      response(engine.clearProcessLogs("plain"));
      response(engine.clearLog());
      response(engine.reopenLogs());
      supervisor.configure(EVERYTHING + "[program:another]\ncommand=/bin/cat\nstartsecs=0\n");
      response(engine.reloadConfig());
      response(engine.addGroup("another"));
      supervisor.awaitState("another", ProcessState.RUNNING);
      response(engine.stopGroup("shared", true));
      response(engine.removeGroup("shared"));
      response(engine.addGroup("shared"));
      supervisor.awaitState("shared", ProcessState.RUNNING);
      int before = supervisor.info("plain").pid();
      response(engine.restart());
      awaitAnotherThan(before, supervisor);
    }
  }

  private static void awaitAnotherThan(int former, RunningEngine supervisor) {
    await()
        .ignoreExceptions()
        .until(
            () -> {
              int now = supervisor.info("plain").pid();
              return now > 0 && now != former;
            });
  }

  @Test
  void aLookAtAFileOnSuchAThreadIsNoticed() {
    CompletableFuture<Object> result = new CompletableFuture<>();
    new PromptThread(
            () -> {
              try {
                result.complete(Kernel.open(Path.of("/dev/null"), Kernel.O_RDONLY, 0));
              } catch (Throwable thrown) {
                result.complete(thrown);
              }
            },
            "prompt")
        .start();

    assertThat(result.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join())
        .isInstanceOf(AssertionError.class)
        .hasToString("java.lang.AssertionError: open(/dev/null) on prompt");
  }
}
