package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
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
    List<String> command = new ArrayList<>(List.of(Tree.program("supervisorctl").toString()));
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
