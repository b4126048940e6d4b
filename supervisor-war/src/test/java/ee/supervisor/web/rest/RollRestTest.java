package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import ee.supervisor.event.ProcessState;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rolling restarts and plans over REST. */
class RollRestTest extends RestTestCase {

  @Test
  void aGroupIsRolled() throws Exception {
    int before = server.supervisor().process("cat").pid();

    HttpResponse<String> response = post("/groups/cat/roll?wait=true&batch=2&timeout=20");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonObject report = object(response);
    assertThat(report.getBoolean("complete")).isTrue();
    assertThat(report.getArray("results").getObject(0).getString("id")).isEqualTo("cat:cat");
    assertThat(report.getArray("old")).isEmpty();
    assertThat(server.supervisor().process("cat").pid()).isNotIn(before, 0);
  }

  @Test
  void oneThatEndedBeforeItsEndIsAProblemThatSaysWhatIsStillOld() throws Exception {
    HttpResponse<String> response = post("/all/roll?wait=true&timeout=1");

    assertProblem(response, 409, "ABNORMAL_TERMINATION");
    JsonObject report = object(response);
    assertThat(report.getString("detail"))
        .startsWith("rolling restart of all ended at slow (FAILED: slow: not ready after 1 s")
        .endsWith("still old: missing");
    assertThat(report.getBoolean("complete")).isFalse();
    assertThat(report.getArray("old")).containsExactly("missing");
  }

  @Test
  void oneThatIsUnderWayRefusesAnother() throws Exception {
    await().until(() -> state("slow") == ProcessState.STARTING);
    assertThat(post("/groups/slow/roll").statusCode()).isEqualTo(202);
    assertProblem(post("/processes/slow/roll?wait=true"), 409, "ALREADY_STARTED");
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingIsDone() throws Exception {
    assertProblem(post("/groups/nope/roll"), 404, "BAD_NAME");
    assertProblem(post("/groups/cat/roll?batch=0"), 400, "BAD_ARGUMENTS");
    assertProblem(post("/groups/cat/roll?timeout=999999"), 400, "BAD_ARGUMENTS");
    assertProblem(post("/groups/cat/roll?batch=two"), 400, null);
    assertProblem(post("/groups/cat/roll?size=2"), 400, null);
  }

  @Test
  void thePlanIsToldAndNothingIsDone() throws Exception {
    configuration.program("another", "/bin/cat");

    HttpResponse<String> response = get("/configuration/plan");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(object(response).getArray("added")).isEqualTo(List.of("another"));
    assertThat(object(response).getArray("starts")).isEqualTo(List.of("another"));
    assertThat(get("/groups/another").statusCode()).isEqualTo(404);
  }
}
