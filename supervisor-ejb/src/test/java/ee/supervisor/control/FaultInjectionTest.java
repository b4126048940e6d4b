package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.ConfigSource;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.listener.EventRelay;
import ee.supervisor.output.LogFollower;
import ee.supervisor.posix.Bytes;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Signals;
import ee.supervisor.process.ProcessInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is thrown at a place where other people's code runs, fifty programs notice nothing: they
 * go on, a killed one is back, commands are answered, the way down works.
 */
class FaultInjectionTest {
  private static final int PROGRAMS = 50;

  /** Says READY, and OK to each event. */
  private static final String EARS =
      """
      #!/bin/sh
      while echo READY && read -r header; do
        head -c "${header##*len:}" >/dev/null
        printf 'RESULT 2\\nOK'
      done
      """;

  private static final String PROGRAMS_AND_EARS =
      """
      [program:c]
      command=/bin/cat
      process_name=%%(program_name)s%%(process_num)d
      numprocs=%d
      startsecs=0
      autorestart=true
      stdout_logfile=@DIR@/%%(process_num)d.log
      [eventlistener:ears]
      command=/bin/sh @DIR@/ears
      events=PROCESS_STATE,REMOTE_COMMUNICATION
      result_handler=%s
      startsecs=0
      """
          .formatted(PROGRAMS, FaultyHandler.class.getName());

  private static final AtomicReference<Thrown> INJECTED = new AtomicReference<>();

  @TempDir private Path directory;
  private RunningEngine supervisor;
  private Map<String, Integer> pids;

  /** Named in the configuration; throws when there is something to throw. */
  public static final class FaultyHandler implements ResultHandler {
    @Override
    public void handle(Event event, Bytes result) {
      throwInjected();
    }
  }

  private static void throwInjected() {
    Thrown thrown = INJECTED.get();
    if (thrown != null) {
      throw thrown.make();
    }
  }

  private static ConfigSource faulty(ConfigSource source) {
    return () -> {
      throwInjected();
      return source.load();
    };
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("ears"), EARS);
    supervisor = RunningEngine.start(directory, PROGRAMS_AND_EARS, FaultInjectionTest::faulty);
    await().atMost(Duration.ofSeconds(30)).until(() -> pids().size() == PROGRAMS);
    pids = pids();
  }

  @AfterEach
  void stop() {
    INJECTED.set(null);
    supervisor.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSubscriberThatThrows(Thrown thrown) throws Exception {
    supervisor
        .engine()
        .subscribe(
            event -> {
              throw thrown.make();
            });

    assertThatNothingIsNoticed();
    supervisor.awaitLogged("uncaught " + thrown.type().getName() + ": injected");
  }

  @ParameterizedTest
  @EnumSource
  void aSlowAudienceThatThrows(Thrown thrown) throws Exception {
    Consumer<Event> sink =
        event -> {
          throw thrown.make();
        };
    try (EventRelay relay =
        new EventRelay(
            "audience",
            100,
            sink,
            (level, text) -> supervisor.engine().log().log(level, text.get()),
            Thread::new)) {
      supervisor.engine().subscribe(relay);

      assertThatNothingIsNoticed();
      supervisor.awaitLogged("audience on PROCESS_STATE_");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResultHandlerThatThrows(Thrown thrown) throws Exception {
    INJECTED.set(thrown);

    assertThatNothingIsNoticed();
    supervisor.awaitLogged("the result handler of ears: uncaught " + thrown.type().getName());
  }

  @ParameterizedTest
  @EnumSource
  void aCommandWhoseWorkThrowsIsAnswered(Thrown thrown) throws Exception {
    INJECTED.set(thrown);

    assertThatThrownBy(() -> response(supervisor.engine().reloadConfig()))
        .isInstanceOf(SupervisorException.class)
        .hasMessageContaining("injected");
    assertThatNothingIsNoticed();
  }

  @ParameterizedTest
  @EnumSource
  void aReaderOfALogWhoseCallbackThrows(Thrown thrown) throws Exception {
    try (LogFollower ofProgram = follower("0.log");
        LogFollower ofSupervisord = follower("supervisord.log")) {
      for (LogFollower follower : new LogFollower[] {ofProgram, ofSupervisord}) {
        follower.onReadable(
            task -> {
              throw thrown.make();
            },
            () -> {});
      }
      response(supervisor.engine().sendProcessStdin("c:c0", Bytes.utf8("hello\n")));

      assertThatNothingIsNoticed();
      await().until(() -> logged("0.log").contains("hello"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswersContinuationThatThrows(Thrown thrown) throws Exception {
    supervisor
        .engine()
        .ping()
        .thenRun(
            () -> {
              throw thrown.make();
            });

    assertThatNothingIsNoticed();
  }

  private LogFollower follower(String name) throws IOException {
    return LogFollower.open(directory.resolve(name), 0);
  }

  private String logged(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private void assertThatNothingIsNoticed() throws PosixException {
    response(supervisor.engine().sendRemoteCommEvent("injected", Bytes.utf8("now")));

    int killed = pids.get("c1");
    Kernel.kill(killed, Signals.SIGKILL);
    await().until(() -> pids().size() == PROGRAMS && pids().get("c1") != killed);

    response(supervisor.engine().stopProcess("c:c2", true));
    response(supervisor.engine().startProcess("c:c2", true));
    response(supervisor.engine().ping());
    assertThat(supervisor.info("c:c2").state()).isEqualTo(ProcessState.RUNNING);

    Map<String, Integer> after = pids();
    assertThat(after.keySet()).isEqualTo(pids.keySet());
    after.forEach(
        (name, pid) -> {
          if (!name.equals("c1") && !name.equals("c2")) {
            assertThat(pid).as(name).isEqualTo(pids.get(name));
          }
        });
  }

  private Map<String, Integer> pids() {
    Map<String, Integer> running = new HashMap<>();
    for (ProcessInfo info : supervisor.engine().processes()) {
      if (info.group().equals("c") && info.pid() > 0 && info.state() == ProcessState.RUNNING) {
        running.put(info.name(), info.pid());
      }
    }
    return running;
  }
}
