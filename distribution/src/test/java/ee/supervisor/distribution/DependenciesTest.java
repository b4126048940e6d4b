package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that need one another, as operators and clients of the whole tree see them. */
class DependenciesTest {
  private static final String PROGRAMS =
      """
      [program:web]
      command = /bin/sleep 600
      startsecs = 0
      depends_on = db
      [program:db]
      command = /bin/sleep 600
      startsecs = 0
      autostart = false
      """;

  /** Supervisor's own. */
  private static final Path SUPERVISORS = Path.of("/usr/bin/supervisorctl");

  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(directory);
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  private String supervisorctl(String... words) throws Exception {
    return run(Tree.program("supervisorctl"), words);
  }

  private String run(Path client, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(client.toString()));
    command.addAll(List.of("-s", "http://127.0.0.1:" + tree.port()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private String rest(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + "/api/v1" + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(UTF_8)).body();
  }

  @Test
  void supervisorctlShowsWhatAProgramWaitsForAndBringsItUp() throws Exception {
    tree.configure(PROGRAMS);
    tree.startAndAwait();

    assertThat(supervisorctl("status", "web"))
        .matches("web +STOPPED +waiting for db to be running \\(it is STOPPED\\)\n");
    assertThat(supervisorctl("status", "--json", "web"))
        .contains("\"needs\":[\"db running\"]")
        .contains("\"waits_for\":[\"db to be running (it is STOPPED)\"]");

    assertThat(supervisorctl("describe", "web")).containsPattern("needs +db running\n");
    assertThat(supervisorctl("describe", "db")).containsPattern("needed by +web\n");

    assertThat(supervisorctl("start", "web")).isEqualTo("web: started\n");
    assertThat(supervisorctl("status"))
        .containsPattern("db +RUNNING")
        .containsPattern("web +RUNNING");

    assertThat(supervisorctl("stop", "db"))
        .isEqualTo("db: stopped\ndb: needed by web (--with-dependents stops them first)\n");
    assertThat(supervisorctl("stop", "web")).isEqualTo("web: stopped\n");
    assertThat(supervisorctl("start", "--no-deps", "web")).isEqualTo("web: started\n");
    assertThat(supervisorctl("status", "db")).containsPattern("db +STOPPED");
    assertThat(supervisorctl("start", "db")).isEqualTo("db: started\n");
    assertThat(supervisorctl("stop", "--with-dependents", "db").lines())
        .containsExactlyInAnyOrder("web: stopped", "db: stopped");
    assertThat(tree.text("supervisord.log"))
        .containsSubsequence("stopped: db", "stopped: web", "stopped: web", "stopped: db");
  }

  @Test
  @Requires(Requirement.REFERENCE)
  void bothSupervisorctlsReplaceWhatIsNeededWhenWhatNeedsItHasStopped() throws Exception {
    tree.configure(changed("1"));
    tree.startAndAwait();
    awaitRunning("web");
    String updated =
        "db: stopped\ndb: updated process group\nweb: stopped\nweb: updated process group\n";
    List<String> order = List.of("stopped: web", "stopped: db", "spawned: 'db'", "spawned: 'web'");

    for (Path client : List.of(Tree.program("supervisorctl"), SUPERVISORS)) {
      int seen = tree.text("supervisord.log").length();
      tree.configure(changed(client.toString()));

      assertThat(run(client, "update")).isEqualTo(updated);
      await()
          .untilAsserted(
              () ->
                  assertThat(tree.text("supervisord.log").substring(seen))
                      .containsSubsequence(order)
                      .contains("success: web entered RUNNING state"));
      assertThat(run(client, "update")).isEmpty();
    }
  }

  private static String changed(String value) {
    return """
        [program:web]
        command = /bin/sleep 600
        startsecs = 0
        priority = 1
        depends_on = db
        environment = CHANGED="%s"
        [program:db]
        command = /bin/sleep 600
        startsecs = 0
        environment = CHANGED="%s"
        """
        .formatted(value, value);
  }

  private void awaitRunning(String name) {
    await()
        .untilAsserted(
            () -> assertThat(supervisorctl("status", name)).containsPattern(name + " +RUNNING"));
  }

  @Test
  void restShowsWhatAProgramWaitsForAndXmlRpcBringsItUp() throws Exception {
    tree.configure(PROGRAMS);
    tree.startAndAwait();
    tree.awaitPage();

    assertThat(rest("GET", "/processes/web"))
        .contains("\"waitsFor\":[{\"process\":\"db\",\"condition\":\"running\"")
        .contains("\"description\":\"waiting for db to be running (it is STOPPED)\"");
    assertThat(tree.call("system.listMethods")).doesNotContain("supervisor_ee");
    assertThat(supervisorctl("describe", "web"))
        .containsPattern("waits for +db to be running \\(it is STOPPED\\)\n");
    assertThat(supervisorctl("wait", "web", "--for", "exited", "--timeout", "1"))
        .isEqualTo(
            "web: ERROR (not exited after 1 s:"
                + " STOPPED waiting for db to be running (it is STOPPED))\n");

    assertThat(tree.call("supervisor.startProcess", "web")).contains("<boolean>1</boolean>");
    assertThat(tree.call("supervisor.getProcessInfo", "db")).contains("<string>RUNNING</string>");

    rest("POST", "/processes/db/stop?dependents=true&wait=true");
    assertThat(tree.call("supervisor.getProcessInfo", "web")).contains("<string>STOPPED</string>");
    assertThat(tree.call("supervisor.getProcessInfo", "db")).contains("<string>STOPPED</string>");
  }

  @Test
  void readinessIsShownAndTold() throws Exception {
    tree.configure(
        """
        [program:db]
        command = /bin/sleep 600
        startsecs = 0
        readiness_check_script = /bin/sh -c 'test -e up || { echo ", not ready: yet"; exit 1; }'
        readiness_check_period = 0.1
        [program:plain]
        command = /bin/sleep 600
        startsecs = 0
        [program:web]
        command = /bin/sleep 600
        startsecs = 0
        depends_on = db
        [eventlistener:all]
        command = /bin/sh -c 'while :; do echo READY; read line; echo "$line" >&2; len=${line##*len:}; head -c "$len" >/dev/null; printf "RESULT 2\\nOK"; done'
        events = EVENT, PROCESS_STATE
        stderr_logfile = %(here)s/all.log
        [eventlistener:ready]
        command = /bin/sh -c 'while :; do echo READY; read line; echo "$line" >&2; len=${line##*len:}; head -c "$len" >/dev/null; printf "RESULT 2\\nOK"; done'
        events = PROCESS_READY, PROCESS_UNREADY
        stderr_logfile = %(here)s/ready.log
        """);
    tree.startAndAwait();
    tree.awaitPage();
    awaitRunning("plain");

    String json = supervisorctl("status", "--json", "db", "plain", "web");
    assertThat(json)
        .containsPattern("\"name\":\"db\",[^}]*\"statename\":\"RUNNING\",[^}]*\"ready\":false}")
        .containsPattern("\"name\":\"plain\",[^}]*\"ready\":true}")
        .containsPattern("\"name\":\"web\",[^}]*\"ready\":false}");
    assertThat(rest("GET", "/graph"))
        .contains("{\"process\":\"web\",\"needs\":\"db\",\"condition\":\"ready\",\"met\":false}");
    supervisorctl("events");
    Files.createFile(directory.resolve("up"));
    awaitRunning("web");
    assertThat(rest("GET", "/graph"))
        .contains("{\"name\":\"db\",\"state\":\"RUNNING\",\"ready\":true,\"waitsFor\":[]}")
        .contains("\"condition\":\"ready\",\"met\":true}")
        .contains("\"over\":true")
        .containsPattern("\"criticalPath\":\\[\\{\"process\":\"db\"");
    assertThat(supervisorctl("graph"))
        .containsPattern("db +RUNNING, ready\n")
        .containsPattern("web +RUNNING +needs db ready\n")
        .containsPattern("Start-up took \\d+\\.\\d s; the longest way through it:\n  db: ");
    assertThat(supervisorctl("graph", "--dot"))
        .startsWith("digraph supervisor {")
        .contains("\"db\" -> \"web\" [label=\"ready\"];");
    supervisorctl("stop", "db");

    await()
        .untilAsserted(
            () ->
                assertThat(supervisorctl("events", "PROCESS_READY", "PROCESS_UNREADY"))
                    .containsPattern("PROCESS_READY db pid:\\d+ ready:true\n")
                    .containsPattern("PROCESS_UNREADY db pid:\\d+ ready:false\n"));
    assertThat(supervisorctl("events"))
        .contains("PROCESS_STATE_STOPPED db")
        .doesNotContain("READY");
    await()
        .untilAsserted(
            () ->
                assertThat(tree.text("ready.log"))
                    .contains("eventname:PROCESS_READY ", "eventname:PROCESS_UNREADY "));
    await()
        .untilAsserted(
            () ->
                assertThat(tree.text("all.log"))
                    .contains("eventname:PROCESS_STATE_STOPPED ")
                    .doesNotContain("READY "));
  }

  @Test
  void supervisordExitsWithTheCodeOfItsProgram() throws Exception {
    tree.configureWithoutServer(
        """
        [supervisord]
        exit_on = main:exited
        [program:main]
        command = /bin/sh -c 'exit 7'
        depends_on = db
        [program:db]
        command = /bin/sleep 600
        startsecs = 0
        """);

    assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(7);

    assertThat(tree.text("supervisord.log"))
        .contains("'main' has ended, and supervisord with it (exit_on=main:exited), exit code 7")
        .contains("stopped: db");
  }

  @Test
  void shutdownIsStillASuccess() throws Exception {
    tree.configure("[supervisord]\nexit_on = any:exited, any:fatal\n" + PROGRAMS);
    Process supervisord = tree.startAndAwait();

    tree.call("supervisor.shutdown");

    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @Test
  void aRingIsToldBeforeAnythingStarts() throws Exception {
    tree.configure("[program:a]\ncommand=a\ndepends_on=b\n[program:b]\ncommand=b\ndepends_on=a\n");

    assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(2);

    assertThat(tree.text("console"))
        .startsWith(
            "Error: depends_on goes round in a ring: a -> b -> a in section 'program:a' (file: ");
  }

  @Test
  void whatWaitsDoesNotKeepADaemonFromBeingReady() throws Exception {
    tree.configure(PROGRAMS);

    assertThat(tree.run("-c", "supervisord.conf")).isZero();

    await().until(() -> supervisorctl("status", "web").contains("waiting for db"));
  }
}
