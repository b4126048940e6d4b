package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.protocol.Fault;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What REST refuses, and how it says so. */
class RefusalsTest extends RestTestCase {

  @Test
  void aStateThatDoesNotExistIsRefused() throws Exception {
    assertProblem(get("/processes?state=HAPPY"), 400, null);
  }

  @Test
  void aNameThatNobodyHasIsNotFound() throws Exception {
    assertProblem(get("/processes/nobody"), 404, "BAD_NAME");
    assertProblem(post("/processes/nobody/start"), 404, "BAD_NAME");
    assertProblem(get("/groups/nobody"), 404, "BAD_NAME");
    assertProblem(get("/nothing"), 404, null);
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
  void aStartOfWhatIsBeingStoppedIsAConflict(@TempDir Path scratch) throws Exception {
    Path deaf = scratch.resolve("deaf");
    configuration.program(
        "deaf", "/bin/sh -c \"trap '' TERM; touch " + deaf + "; while :; do sleep 0.1; done\"");
    post("/configuration/update?wait=true");
    await().until(() -> Files.exists(deaf));
    post("/processes/deaf/stop");
    assertThat(state("deaf")).isEqualTo(ProcessState.STOPPING);

    HttpResponse<String> refused = post("/processes/deaf/start");

    assertProblem(refused, 409, "ABNORMAL_TERMINATION");
    assertThat(object(refused).getString("detail"))
        .contains("deaf is being stopped; start it when it has stopped, or restart it");
    assertProblem(post("/processes/deaf/start?wait=true"), 409, "ABNORMAL_TERMINATION");
    assertProblem(post("/processes/deaf/start?alone=true"), 409, "ABNORMAL_TERMINATION");
    assertProblem(post("/processes/deaf/start?dryRun=true"), 409, "ABNORMAL_TERMINATION");
    assertProblem(post("/processes/deaf/stop"), 409, "NOT_RUNNING");
    assertThat(post("/groups/deaf/start").statusCode()).isLessThan(500);
    assertThat(post("/all/start?wait=5").statusCode()).isLessThan(500);
    assertThat(send("POST", "/processes/deaf/signal", "{\"signal\":\"KILL\"}").statusCode())
        .isLessThan(300);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void noRefusalIsAnErrorOfTheServer(Fault fault) {
    if (fault == Fault.SUCCESS) {
      return; // not one
    }
    Problem problem = Problem.of(new CompletionException(new SupervisorException(fault, "web")));

    assertThat(problem.status()).isBetween(400, 503).isNotEqualTo(500);
    assertThat(problem.members())
        .containsEntry("fault", fault.name())
        .containsEntry("detail", fault.name() + ": web");
  }

  @Test
  void aProgramThatDoesNotExistIsAConflictWithItsFault() throws Exception {
    await().until(() -> state("missing") == ProcessState.FATAL);
    assertProblem(post("/processes/missing/start"), 409, "NO_FILE");
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
    assertProblem(send("POST", "/processes/cat/signal", ""), 400, null);
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
  void whatIsRefusedIsNotDone() throws Exception {
    int before = server.supervisor().process("cat").pid();
    configuration.program("another", "/bin/cat");

    assertProblem(post("/processes/cat/restart?wait=soon"), 400, null);
    assertProblem(post("/configuration/update?wait=soon"), 400, null);
    assertProblem(post("/processes/cat/restart?dryRun=false&dryRun=true"), 400, null);
    assertProblem(send("DELETE", "/logs/cat/stdout?follow=true", ""), 400, null);
    assertProblem(get("/logs/cat/stdout?dryRun=true"), 400, null);

    assertThat(server.supervisor().process("cat").pid()).isEqualTo(before);
    assertThat(get("/configuration").body()).doesNotContain("another");
  }

  @Test
  void whatTheFilterRefusesIsAProblemToo() throws Exception {
    HttpResponse<String> foreign =
        send("POST", "/processes/cat/stop", "", "Origin", "https://elsewhere.example");

    assertProblem(foreign, 403, null);
    assertThat(object(foreign).getString("detail")).contains("another site");
  }

  @Test
  void anAnswerIsNotCalledAProblemBecauseTheClientTakesThoseToo() throws Exception {
    HttpResponse<String> both =
        get("/processes", "Accept", "application/problem+json, application/json");

    assertThat(both.headers().firstValue("Content-Type")).hasValue("application/json");
    assertProblem(get("/processes", "Accept", "text/html"), 406, null);
  }
}
