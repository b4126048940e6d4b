package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import ee.supervisor.event.ProcessState;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client of REST sees: verbs, codes, bodies. */
class RestTest extends RestTestCase {

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
  void anUnchangedListIsNotSentTwice() throws Exception {
    String tag = get("/processes?name=cat").headers().firstValue("ETag").orElseThrow();

    assertThat(get("/processes?name=cat", "If-None-Match", tag).statusCode()).isEqualTo(304);
    post("/processes/cat/stop?wait=true");
    assertThat(get("/processes?name=cat", "If-None-Match", tag).statusCode()).isEqualTo(200);
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
    String location = response.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("../../processes/cat");
    assertThat(response.uri().resolve(location).getPath()).isEqualTo("/api/v1/processes/cat");
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
    assertThat(added.headers().firstValue("Location")).hasValue("../groups/cat");
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
  void everyPathTellsItsVerbs() throws Exception {
    for (String path : List.of("/processes", "/logs/cat/stdout", "/events")) {
      HttpResponse<String> response = send("OPTIONS", path, "");

      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.headers().firstValue("Allow").orElse(""))
          .as(path)
          .contains("GET", "HEAD");
    }
  }

  @Test
  void oneTagOfSeveralIsEnough() throws Exception {
    String tag = get("/processes?name=cat").headers().firstValue("ETag").orElseThrow();

    for (String tags : List.of("\"other\", " + tag, "W/" + tag, "*")) {
      HttpResponse<String> response = get("/processes?name=cat", "If-None-Match", tags);
      assertThat(response.statusCode()).as(tags).isEqualTo(304);
      assertThat(response.headers().firstValue("ETag")).as(tags).hasValue(tag);
    }
    assertThat(get("/processes?name=cat", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
    assertProblem(get("/processes?name=cat", "If-Match", "\"other\""), 412, null);
  }

  @Test
  void onlyHeadersComeWithoutABody() throws Exception {
    Files.writeString(configuration.log("cat", "stdout"), "0123456789");

    HttpResponse<String> log = send("HEAD", "/logs/cat/stdout", "", "Range", "bytes=2-4");
    HttpResponse<String> events = send("HEAD", "/events", "");

    assertThat(log.statusCode()).isEqualTo(200);
    assertThat(log.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(send("HEAD", "/processes", "").statusCode()).isEqualTo(200);
    assertThat(send("HEAD", "/processes/nobody", "").statusCode()).isEqualTo(404);
  }
}
