package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that follow their configuration process by process, and the plan of it. */
class UpdateInPlaceTest {
  private static final UpdateOptions ONLY_CHANGED = new UpdateOptions(List.of(), true);

  @TempDir private Path directory;

  private static String group(String a, String b) {
    return """
        [group:g]
        programs = a,b
        [program:a]
        command = /bin/sleep 600
        startsecs = 0
        %s
        [program:b]
        command = /bin/sleep 600
        startsecs = 0
        %s
        """
        .formatted(a, b);
  }

  private static String copies(int number, String more) {
    return """
        [program:w]
        command = /bin/sleep 600
        process_name = w%%(process_num)d
        numprocs = %d
        startsecs = 0
        %s
        """
        .formatted(number, more);
  }

  private static Map<String, Integer> pids(RunningEngine engine) {
    await()
        .until(
            () ->
                engine.engine().processes().stream()
                    .allMatch(
                        p ->
                            (p.pid() > 0 && p.state() == ProcessState.RUNNING)
                                || p.state().isStopped()));
    return engine.engine().processes().stream()
        .collect(Collectors.toMap(ProcessInfo::name, ProcessInfo::pid));
  }

  @Test
  void onlyWhatHasChangedIsRestarted() {
    try (RunningEngine engine = RunningEngine.start(directory, group("", ""))) {
      Map<String, Integer> before = pids(engine);
      engine.configure(group("", "environment = X=\"1\""));
      response(engine.engine().update(ONLY_CHANGED));
      Map<String, Integer> after = pids(engine);
      assertThat(after.get("a")).isEqualTo(before.get("a"));
      assertThat(after.get("b")).isNotEqualTo(before.get("b"));
      assertThat(engine.info("g:b").config().execution().environment()).containsEntry("X", "1");
      assertThat(response(engine.engine().reloadConfig()).changed()).isEmpty();
    }
  }

  @Test
  void plainUpdateReplacesTheWholeGroup() {
    try (RunningEngine engine = RunningEngine.start(directory, group("", ""))) {
      Map<String, Integer> before = pids(engine);
      engine.configure(group("", "environment = X=\"1\""));
      response(engine.engine().update());
      Map<String, Integer> after = pids(engine);
      assertThat(after.get("a")).isNotEqualTo(before.get("a"));
      assertThat(after.get("b")).isNotEqualTo(before.get("b"));
    }
  }

  @Test
  void moreCopiesStartAndFewerStopAndTheOthersGoOn() {
    try (RunningEngine engine = RunningEngine.start(directory, copies(2, ""))) {
      Map<String, Integer> before = pids(engine);
      engine.configure(copies(4, ""));
      response(engine.engine().update(ONLY_CHANGED));
      Map<String, Integer> more = pids(engine);
      assertThat(more).containsAllEntriesOf(before).containsOnlyKeys("w0", "w1", "w2", "w3");
      assertThat(engine.events())
          .filteredOn(e -> e instanceof Event.GroupRemoved || e instanceof Event.GroupAdded)
          .hasSize(2);

      engine.configure(copies(1, ""));
      assertThat(response(engine.engine().plan(ONLY_CHANGED)).document())
          .containsEntry("stops", List.of("w:w1", "w:w2", "w:w3"))
          .containsEntry("restarts", List.of());
      response(engine.engine().update(ONLY_CHANGED));
      assertThat(pids(engine)).isEqualTo(Map.of("w0", more.get("w0")));
      assertThat(engine.engine().groups()).extracting(GroupInfo::name).containsExactly("w");
      assertThat(ProcessHandle.of(more.get("w3"))).isEmpty();
    }
  }

  @Test
  void aRollingUpdateRestartsOneAfterTheOther() {
    try (RunningEngine engine =
        RunningEngine.start(directory, copies(3, "rolling_update = true"))) {
      Map<String, Integer> before = pids(engine);
      engine.events().clear();
      engine.configure(copies(3, "rolling_update = true\nenvironment = X=\"1\""));
      response(engine.engine().update());
      assertThat(pids(engine).values()).doesNotContainAnyElementsOf(before.values());
      List<String> order =
          engine.events().stream()
              .filter(Event.ProcessStateChanged.class::isInstance)
              .map(Event.ProcessStateChanged.class::cast)
              .map(change -> change.process() + " " + change.to())
              .toList();
      assertThat(order)
          .containsExactly(
              "w0 STOPPING",
              "w0 STOPPED",
              "w0 STARTING",
              "w0 RUNNING",
              "w1 STOPPING",
              "w1 STOPPED",
              "w1 STARTING",
              "w1 RUNNING",
              "w2 STOPPING",
              "w2 STOPPED",
              "w2 STARTING",
              "w2 RUNNING");
      assertThat(response(engine.engine().reloadConfig()).changed()).isEmpty();
    }
  }

  @Test
  void aRollingUpdateThatFailsLeavesTheRestAsItWasAndAnotherGoesOn() {
    String rolling = "rolling_update = true\nstartretries = 0\nautorestart = false\n";
    try (RunningEngine engine = RunningEngine.start(directory, copies(3, rolling))) {
      Map<String, Integer> before = pids(engine);
      engine.configure(
          copies(3, rolling)
              .replace("sleep 600", "sleep 0")
              .replace("startsecs = 0", "startsecs = 3"));
      assertThatThrownBy(() -> response(engine.engine().update()))
          .hasMessageContaining("ended at w:w0")
          .hasMessageEndingWith("still old: w:w1, w:w2");
      Map<String, Integer> after = pids(engine);
      assertThat(after).containsEntry("w1", before.get("w1")).containsEntry("w2", before.get("w2"));
      assertThat(engine.info("w:w1").config().command()).isEqualTo("/bin/sleep 600");
      assertThat(engine.engine().pendingChanges().changed()).containsExactly("w");

      engine.configure(copies(3, rolling + "environment = X=\"1\""));
      response(engine.engine().update());
      assertThat(pids(engine).values()).doesNotContain(0);
      assertThat(engine.engine().pendingChanges().changed()).isEmpty();
      assertThat(engine.info("w:w0").config().execution().environment()).containsKey("X");
    }
  }

  @Test
  void thePlanSaysWhatAnUpdateWouldDoAndDoesNothing() {
    String now = group("environment = DB_PASSWORD=\"old\",MODE=\"x\"", "") + copies(1, "");
    try (RunningEngine engine = RunningEngine.start(directory, now)) {
      Map<String, Integer> before = pids(engine);
      engine.configure(
          group(
                  "environment = DB_PASSWORD=\"new\",MODE=\"y\"\nstopwaitsecs = 3",
                  "autostart = false")
              + "[program:fresh]\ncommand = /bin/sleep 600\n");
      UpdatePlan plan = response(engine.engine().plan(UpdateOptions.ALL));
      assertThat(plan.document())
          .containsEntry("added", List.of("fresh"))
          .containsEntry("changed", List.of("g"))
          .containsEntry("removed", List.of("w"))
          .containsEntry("starts", List.of("fresh"))
          .containsEntry("restarts", List.of("g:a"))
          // autostart is off by then: an update stops it and does not start it again
          .containsEntry("stops", List.of("w:w0", "g:b"));
      assertThat(plan.groups().get(1).processes().get(0).options())
          .extracting(
              change ->
                  change.option()
                      + ": "
                      + change.before().orElse("-")
                      + " -> "
                      + change.after().orElse("-"))
          .containsExactly(
              "stopwaitsecs: 10 -> 3",
              "environment DB_PASSWORD: *** -> ***",
              "environment MODE: x -> y");

      assertThat(pids(engine)).isEqualTo(before);
      assertThat(engine.engine().pendingChanges())
          .isEqualTo(new ConfigChanges(List.of(), List.of(), List.of()));
      assertThat(
              response(engine.engine().plan(new UpdateOptions(List.of("fresh"), false))).groups())
          .hasSize(1);
      assertThatThrownBy(
              () -> response(engine.engine().plan(new UpdateOptions(List.of("nope"), false))))
          .hasMessage("BAD_NAME: nope");
      engine.configure("[program:x]\nautostart = true\n");
      assertThatThrownBy(() -> response(engine.engine().plan(UpdateOptions.ALL)))
          .hasMessageStartingWith("CANT_REREAD");
    }
  }

  @Test
  void aListenerPoolKeepsItsOthersWhenOneIsAdded() {
    String listeners =
        """
        [eventlistener:l]
        command = /bin/sh -c 'while :; do echo READY; read header; done'
        events = TICK_3600
        process_name = l%%(process_num)d
        numprocs = %d
        startsecs = 0
        """;
    try (RunningEngine engine = RunningEngine.start(directory, listeners.formatted(1))) {
      Map<String, Integer> before = pids(engine);
      engine.configure(listeners.formatted(2));
      response(engine.engine().update(ONLY_CHANGED));
      assertThat(pids(engine)).containsAllEntriesOf(before).hasSize(2);
      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> engine.engine().groups().get(0).pool().orElseThrow().listeners().size() == 2);

      // what they share has changed: all of it is replaced
      engine.configure(listeners.formatted(2).replace("TICK_3600", "TICK_60"));
      response(engine.engine().update(ONLY_CHANGED));
      assertThat(pids(engine).get("l0")).isNotEqualTo(before.get("l0"));
    }
  }
}
