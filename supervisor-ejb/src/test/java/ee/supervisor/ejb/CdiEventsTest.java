package ee.supervisor.ejb;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.control.RunningEngine;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real CDI container beside a real engine. */
class CdiEventsTest {

  @TempDir Path directory;

  /** A bean that listens, as an application would write it. */
  @ApplicationScoped
  static class Listening {
    private final List<ProcessState> states = new CopyOnWriteArrayList<>();
    private final List<Event> all = new CopyOnWriteArrayList<>();

    void changed(@Observes Event.ProcessStateChanged change) {
      states.add(change.to());
    }

    void anything(@Observes Event event) {
      all.add(event);
    }

    void failing(@Observes Event.RemoteCommunication message) {
      throw new IllegalStateException("cannot bear " + message.type());
    }

    List<ProcessState> states() {
      return states;
    }

    List<Event> all() {
      return all;
    }
  }

  @Test
  void observersHearEventsInOrderAndMayFail() {
    List<String> log = new CopyOnWriteArrayList<>();
    try (RunningEngine engine = RunningEngine.start(directory, SLEEPER);
        SeContainer container =
            SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(CdiEvents.class, Listening.class)
                .initialize()) {
      Listening listening = container.select(Listening.class).get();
      container
          .select(CdiEvents.class)
          .get()
          .attach(
              engine.engine(),
              (level, message) -> log.add(level + " " + message.get()),
              task -> new Thread(task, "cdi-events"));

      response(engine.engine().sendRemoteCommEvent("noise", Bytes.utf8("loud")));
      response(engine.engine().startProcess("sleeper", true));
      response(engine.engine().stopProcess("sleeper", true));

      await().until(() -> listening.states().contains(ProcessState.STOPPED));
      assertThat(listening.states())
          .containsExactly(
              ProcessState.STARTING,
              ProcessState.RUNNING,
              ProcessState.STOPPING,
              ProcessState.STOPPED);
      assertThat(listening.all()).hasSizeGreaterThanOrEqualTo(4);
      assertThat(log)
          .singleElement()
          .asString()
          .startsWith("ERRO CDI observers on REMOTE_COMMUNICATION: uncaught ")
          .contains("cannot bear noise");
    }
  }

  private static final String SLEEPER =
      """
      [program:sleeper]
      command=/bin/sleep 1000
      autostart=false
      startsecs=0
      """;
}
