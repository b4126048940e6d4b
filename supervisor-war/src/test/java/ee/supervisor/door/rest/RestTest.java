package ee.supervisor.door.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import ee.supervisor.door.DoorServer;
import ee.supervisor.door.TestConfiguration;
import ee.supervisor.event.ProcessState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of REST sees: verbs, codes, bodies. */
class RestTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private TestConfiguration configuration;
  private DoorServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("cat", "/bin/cat")
            .program("slow", "/bin/sleep 1000", 3600)
            .program("missing", "/no/such/program");
    server = DoorServer.start(configuration, directory);
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/api/v1" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  private HttpResponse<String> post(String path) throws Exception {
    return send("POST", path, "");
  }

  private static JsonObject object(HttpResponse<String> response) throws Exception {
    return JsonParser.object().from(response.body());
  }

  private static void assertProblem(HttpResponse<String> response, int status, String fault)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = object(response);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("fault")).isEqualTo(fault);
  }

  @Test
  void aProcessIsToldWithItsStateAndPid() throws Exception {
    HttpResponse<String> response = get("/processes/cat");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonObject process = object(response);
    assertThat(process.getString("id")).isEqualTo("cat:cat");
    assertThat(process.getString("state")).isEqualTo("RUNNING");
    assertThat(process.getInt("pid")).isEqualTo(server.supervisor().process("cat").pid());
    assertThat(process.getString("description")).startsWith("pid ");
    assertThat(process.getLong("residentBytes")).isPositive();
  }

  @Test
  void theListIsFilteredByStateAndGroup() throws Exception {
    JsonArray running = JsonParser.array().from(get("/processes?state=running").body());
    JsonArray none = JsonParser.array().from(get("/processes?state=RUNNING&group=slow").body());
    JsonArray two =
        JsonParser.array().from(get("/processes?state=RUNNING,STARTING&name=cat&name=slow").body());

    assertThat(running).hasSize(1);
    assertThat(none).isEmpty();
    assertThat(two).hasSize(2);
  }

  @Test
  void aStateThatDoesNotExistIsRefused() throws Exception {
    assertProblem(get("/processes?state=HAPPY"), 400, null);
  }

  @Test
  void anUnchangedListIsNotSentTwice() throws Exception {
    String tag = get("/processes?name=cat").headers().firstValue("ETag").orElseThrow();

    assertThat(get("/processes?name=cat", "If-None-Match", tag).statusCode()).isEqualTo(304);
    post("/processes/cat/stop?wait=true");
    assertThat(get("/processes?name=cat", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatNobodyHasIsNotFound() throws Exception {
    assertProblem(get("/processes/nobody"), 404, "BAD_NAME");
    assertProblem(post("/processes/nobody/start"), 404, "BAD_NAME");
    assertProblem(get("/groups/nobody"), 404, "BAD_NAME");
    assertProblem(get("/nothing"), 404, null);
  }

  @Test
  void aStopThatIsWaitedForShowsTheStoppedProcess() throws Exception {
    HttpResponse<String> response = post("/processes/cat:cat/stop?wait");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(object(response).getString("state")).isEqualTo("STOPPED");
  }

  @Test
  void aStopThatIsNotWaitedForTellsWhereToLook() throws Exception {
    HttpResponse<String> response = post("/processes/cat/stop");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location").orElseThrow())
        .endsWith("/api/v1/processes/cat");
    await().until(() -> state("cat") == ProcessState.STOPPED);
  }

  @Test
  void aStartThatTakesLongerThanTheWaitIsAccepted() throws Exception {
    post("/processes/slow/stop?wait=true");

    HttpResponse<String> response = post("/processes/slow/start?wait=1");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(state("slow")).isEqualTo(ProcessState.STARTING);
  }

  @Test
  void whatIsAlreadyDoneIsAConflict() throws Exception {
    assertProblem(post("/processes/cat/start"), 409, "ALREADY_STARTED");
    post("/processes/cat/stop?wait=true");
    assertProblem(post("/processes/cat/stop"), 409, "NOT_RUNNING");
    assertProblem(send("DELETE", "/groups/slow", ""), 409, "STILL_RUNNING");
    assertProblem(send("PUT", "/groups/cat", ""), 409, "ALREADY_ADDED");
  }

  @Test
  void aProgramThatDoesNotExistIsAConflictWithItsFault() throws Exception {
    await().until(() -> state("missing") == ProcessState.FATAL);
    assertProblem(post("/processes/missing/start"), 409, "NO_FILE");
  }

  @Test
  void aRestartGivesAnotherProcess() throws Exception {
    int before = server.supervisor().process("cat").pid();

    HttpResponse<String> response = post("/processes/cat/restart?wait=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(object(response).getInt("pid")).isPositive().isNotEqualTo(before);
  }

  @Test
  void aDryRunTellsAndDoesNothing() throws Exception {
    int before = server.supervisor().process("cat").pid();

    JsonObject stop = object(post("/processes/cat/stop?dryRun=true"));
    JsonObject all = object(post("/all/stop?dryRun=true"));
    JsonObject shutdown = object(post("/supervisor/shutdown?dryRun"));
    JsonObject clear = object(send("DELETE", "/logs/cat/stdout?dryRun=true", ""));

    assertThat(stop.getArray("targets")).containsExactly("cat:cat");
    assertThat(all.getArray("targets")).contains("cat:cat", "slow:slow");
    assertThat(shutdown.getBoolean("dryRun")).isTrue();
    assertThat(clear.getString("action")).isEqualTo("clear");
    assertThat(server.supervisor().process("cat").pid()).isEqualTo(before);
  }

  @Test
  void aSignalIsSentAndAWrongOneRefused() throws Exception {
    assertProblem(
        send("POST", "/processes/cat/signal", "{\"signal\":\"NONSENSE\"}"), 400, "BAD_SIGNAL");
    assertThat(send("POST", "/processes/cat/signal", "{\"signal\":\"KILL\"}").statusCode())
        .isEqualTo(204);
    await().until(() -> state("cat") != ProcessState.RUNNING || restarted());
  }

  private boolean restarted() {
    return server.supervisor().process("cat").restarts() > 0;
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() throws Exception {
    assertProblem(send("POST", "/processes/cat/signal", "{"), 400, null);
    assertProblem(send("POST", "/processes/cat/signal", "{}"), 400, null);
  }

  @Test
  void aFormOfAnotherSiteIsRefused() throws Exception {
    HttpResponse<String> form =
        client.send(
            HttpRequest.newBuilder(server.uri("/api/v1/processes/cat/signal"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"signal\":\"KILL\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> foreign =
        send("POST", "/processes/cat/stop", "", "Origin", "https://elsewhere.example");

    assertThat(form.statusCode()).isEqualTo(415);
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(state("cat")).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void aWrongVerbTellsTheRightOnes() throws Exception {
    HttpResponse<String> response = send("DELETE", "/processes/cat", "");

    assertProblem(response, 405, null);
    assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
  }

  @Test
  void allProcessesOfAGroupAreStoppedAndEachIsTold() throws Exception {
    HttpResponse<String> response = post("/groups/cat/stop?wait=true");

    JsonArray results = JsonParser.array().from(response.body());
    assertThat(results).hasSize(1);
    assertThat(results.getObject(0).getBoolean("ok")).isTrue();
    assertThat(state("cat")).isEqualTo(ProcessState.STOPPED);
  }

  @Test
  void aGroupIsRemovedAndAddedAgain() throws Exception {
    post("/groups/cat/stop?wait=true");

    assertThat(send("DELETE", "/groups/cat", "").statusCode()).isEqualTo(204);
    assertThat(get("/processes/cat").statusCode()).isEqualTo(404);
    HttpResponse<String> added = send("PUT", "/groups/cat", "");

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location").orElseThrow()).endsWith("/groups/cat");
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @Test
  void theSupervisorTellsWhoItIs() throws Exception {
    JsonObject supervisor = object(get("/supervisor"));

    assertThat(supervisor.getString("state")).isEqualTo("RUNNING");
    assertThat(supervisor.getInt("pid")).isEqualTo(server.supervisor().pid());
  }

  @Test
  void anUpdateFollowsTheConfiguration() throws Exception {
    configuration.program("another", "/bin/cat");

    JsonObject changes = object(post("/configuration/update?wait=true"));

    assertThat(changes.getArray("added")).containsExactly("another");
    await().until(() -> state("another") == ProcessState.RUNNING);
  }

  @Test
  void theConfigurationIsShownWithoutSecrets() throws Exception {
    HttpResponse<String> response = get("/configuration");

    List<?> groups = object(response).getArray("groups");
    assertThat(groups).hasSize(3);
    assertThat(response.body()).contains("/bin/cat");
  }

  @Test
  void whatIsWrittenToStdinComesOutInTheLog() throws Exception {
    assertThat(send("POST", "/processes/cat/stdin", "{\"data\":\"hallo\\n\"}").statusCode())
        .isEqualTo(204);

    await().until(() -> get("/logs/cat/stdout").body().equals("hallo\n"));
  }

  @Test
  void aPartOfALogIsSentByRange() throws Exception {
    Files.writeString(configuration.log("cat", "stdout"), "0123456789");

    HttpResponse<String> middle = get("/logs/cat/stdout", "Range", "bytes=2-4");
    HttpResponse<String> end = get("/logs/cat/stdout", "Range", "bytes=-3");
    HttpResponse<String> beyond = get("/logs/cat/stdout", "Range", "bytes=10-");

    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(middle.body()).isEqualTo("234");
    assertThat(end.body()).isEqualTo("789");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */10");
  }

  @Test
  void aLogIsEmptied() throws Exception {
    Files.writeString(configuration.log("cat", "stdout"), "0123456789");

    assertThat(send("DELETE", "/logs/cat/stdout", "").statusCode()).isEqualTo(204);
    assertThat(get("/logs/cat/stdout").body()).isEmpty();
  }

  @Test
  void aLogThatIsNotThereIsNotFound() throws Exception {
    assertProblem(get("/logs/cat/nosuch"), 404, "BAD_NAME");
    assertProblem(get("/logs/nobody/stdout"), 404, "BAD_NAME");
    assertProblem(send("PUT", "/logs/cat/stdout", ""), 405, null);
  }

  @Test
  void theActivityLogIsRead() throws Exception {
    assertThat(get("/logs/supervisor").body()).contains("spawned: 'cat'");
  }

  @Test
  void whatIsNotKnownIsRefusedByName() throws Exception {
    assertProblem(post("/processes/cat/restart?dryrun=true"), 400, null);
    assertThat(object(post("/processes/cat/restart?dryrun=true")).getString("detail"))
        .isEqualTo("unknown parameter \"dryrun\"; known are dryRun, wait");
    assertThat(
            object(send("POST", "/processes/cat/signal", "{\"signal\":\"HUP\",\"to\":\"x\"}"))
                .getString("detail"))
        .isEqualTo("unknown member \"to\" in the body; known are signal");
    assertProblem(get("/logs/cat/stdout?head=5"), 400, null);
    assertProblem(get("/events?types=EVENT"), 400, null);
    assertThat(server.supervisor().process("cat").restarts()).isZero();
  }

  @Test
  void whatIsMalformedIsABadRequest() throws Exception {
    assertProblem(get("/processes", "If-None-Match", "no quotes"), 400, null);
    assertProblem(send("POST", "/processes/cat/signal", "[".repeat(100_000)), 400, null);
    assertProblem(send("POST", "/processes/cat/signal", "{\"signal\":true}"), 400, null);
    assertThat(object(post("/processes/cat/restart?wait=soon")).getString("detail"))
        .isEqualTo("wait=soon is neither true nor false nor a number of seconds");
  }

  @Test
  void aDryRunKnowsAWrongSignalToo() throws Exception {
    String body = "{\"signal\":\"NOPE\"}";

    assertProblem(send("POST", "/processes/cat/signal?dryRun=true", body), 400, "BAD_SIGNAL");
    assertProblem(send("POST", "/all/signal?dryRun=true", body), 400, "BAD_SIGNAL");
  }

  @Test
  void everyPathTellsItsVerbs() throws Exception {
    for (String path : List.of("/processes", "/logs/cat/stdout", "/events")) {
      HttpResponse<String> response = send("OPTIONS", path, "");

      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.headers().firstValue("Allow").orElse(""))
          .as(path)
          .contains("GET", "HEAD");
    }
  }
}
