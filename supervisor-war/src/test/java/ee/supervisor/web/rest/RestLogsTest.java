package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs by REST: whole, in parts, emptied. */
class RestLogsTest extends RestTestCase {

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
  void aRangeThatMeansNothingIsPassedOver() throws Exception {
    Files.writeString(configuration.log("cat", "stdout"), "0123456789");

    for (String range :
        List.of("bytes=4-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4")) {
      assertThat(get("/logs/cat/stdout", "Range", range).statusCode()).as(range).isEqualTo(200);
    }
    assertThat(get("/logs/cat/stdout", "Range", "bytes=-99").body()).isEqualTo("0123456789");
    assertThat(get("/logs/cat/stdout", "Range", "bytes=8-99").body()).isEqualTo("89");
    assertThat(get("/logs/cat/stdout", "Range", "bytes=-0").statusCode()).isEqualTo(416);
  }

  @Test
  void aPartIsNotSentOfALogThatIsAnotherByNow() throws Exception {
    Files.writeString(configuration.log("cat", "stdout"), "0123456789");
    String modified = get("/logs/cat/stdout").headers().firstValue("Last-Modified").orElseThrow();

    for (String known : List.of("Wed, 25 Nov 1992 17:02:57 GMT", "\"a tag\"")) {
      assertThat(get("/logs/cat/stdout", "Range", "bytes=2-4", "If-Range", known).statusCode())
          .as(known)
          .isEqualTo(200);
    }
    assertThat(get("/logs/cat/stdout", "Range", "bytes=2-4", "If-Range", modified).statusCode())
        .isEqualTo(206);
  }

  @Test
  void whoTakesAStreamOrAnEndGetsAnEnd() throws Exception {
    HttpResponse<String> response =
        get(
            "/logs/supervisor",
            "Accept",
            "text/plain, text/event-stream, application/problem+json");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
  }

  @Test
  void aLogThatIsGoneIsNotFoundByWhoFollowsItEither() throws Exception {
    Files.delete(configuration.log("cat", "stdout"));

    assertProblem(get("/logs/cat/stdout?follow=true"), 404, null);
    assertProblem(get("/logs/cat/stdout"), 404, "NO_FILE");
  }
}
