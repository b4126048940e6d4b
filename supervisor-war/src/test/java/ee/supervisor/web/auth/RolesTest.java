package ee.supervisor.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import ee.supervisor.config.Role;
import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import ee.supervisor.web.xmlrpc.GreetingInterface;
import ee.supervisor.xmlrpc.RpcClient;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each role may do by XML-RPC, REST and the page, and what is recorded of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private Path directory;
  private DoorServer server;

  @BeforeAll
  void start(@TempDir Path scratch) throws Exception {
    directory = scratch;
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .inet()
            .user("vera", "v", Role.VIEWER)
            .user("olga", "o", Role.OPERATOR)
            .user("anna", "a", Role.ADMIN)
            .rpcInterface("greeting", GreetingInterface.class.getName(), Map.of())
            .program("cat", "/bin/cat");
    server = DoorServer.start(configuration, directory);
    await().until(() -> state() == ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state() {
    return server.supervisor().process("cat").state();
  }

  /** {@code vera} has the password {@code v}, and so on. */
  private static String basic(String user) {
    String credentials = user + ":" + user.charAt(0);
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private HttpResponse<String> send(String user, String method, String path, byte[] body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", basic(user))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String user, String method, String path, String body)
      throws Exception {
    return send(user, method, path, body.getBytes(UTF_8));
  }

  private String call(String user, String method, Object... parameters) throws Exception {
    HttpResponse<String> response =
        send(user, "POST", "/RPC2", RpcClient.request(method, parameters));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private void assertRecorded(String line) {
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(directory.resolve("supervisord.log")))
                    .contains("INFO audit: " + line + "\n"));
  }

  @Test
  void aServerWithoutAUserAsksForOneOfTheUsers() throws Exception {
    HttpRequest nobody = HttpRequest.newBuilder(server.uri("/")).build();

    assertThat(http.send(nobody, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(401);
    assertThat(send("eve", "GET", "/", "").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/tail.html?processname=cat",
    "/logtail/cat?x",
    "/metrics",
    "/health",
    "/openapi",
    "/api/v1/processes",
    "/api/v1/configuration",
    "/api/v1/logs/supervisor",
  })
  void aViewerSeesEverything(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path)).header("Authorization", basic("vera")).build();

    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    response.body().close();

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "vera, supervisor.getProcessInfo, cat, true",
    "vera, supervisor.tailProcessStdoutLog, cat, true",
    "vera, supervisor.getAllConfigInfo, , true",
    "vera, system.listMethods, , true",
    "vera, supervisor.startProcess, cat, false",
    "vera, supervisor.clearProcessLogs, cat, false",
    "vera, supervisor.sendProcessStdin, cat, false",
    "vera, supervisor.reloadConfig, , false",
    "olga, supervisor.clearProcessLogs, cat, true",
    "olga, supervisor.clearAllProcessLogs, , true",
    "olga, supervisor.signalAllProcesses, , true",
    "olga, supervisor.clearLog, , false",
    "olga, supervisor.shutdown, , false",
    "olga, supervisor.restart, , false",
    "olga, supervisor.reloadConfig, , false",
    "olga, supervisor.addProcessGroup, cat, false",
    "olga, supervisor.removeProcessGroup, cat, false",
    "olga, supervisor.sendRemoteCommEvent, a, false",
    "olga, greeting.free, , true",
    "olga, greeting.undeclared, , false",
    "vera, supervisor_ee.rollProcess, cat, false",
    "olga, supervisor_ee.rollProcess, cat, true",
    "vera, supervisor_ee.getRollingGroups, , true",
    "olga, supervisor_ee.plan, , false",
    "anna, supervisor_ee.plan, , true",
    "olga, supervisor_ee.updateProcessGroup, cat, false",
    "anna, greeting.undeclared, , true",
    "anna, supervisor.addProcessGroup, cat, true",
  })
  void eachMethodTakesItsRole(String user, String method, String argument, boolean allowed)
      throws Exception {
    Object[] arguments = argument == null ? new Object[0] : new Object[] {argument};

    String received = call(user, method, arguments);

    assertThat(received.contains("needs the role")).as(received).isEqualTo(!allowed);
    if (!allowed) {
      assertThat(received).contains("<int>30</int>", "FAILED: " + method, "and " + user + " is ");
    }
  }

  @Test
  void eachCallOfAMulticallTakesItsRole() throws Exception {
    String received =
        call(
            "vera",
            "system.multicall",
            List.of(
                Map.of("methodName", "supervisor.getState", "params", List.of()),
                Map.of("methodName", "supervisor.stopProcess", "params", List.of("cat"))));

    assertThat(received)
        .contains(
            "RUNNING", "supervisor.stopProcess cat needs the role operator, and vera is viewer");
    assertThat(state()).isEqualTo(ProcessState.RUNNING);
    assertRecorded(
        "door=xmlrpc user=vera from=127.0.0.1 what=supervisor.stopProcess cat result=refused");
  }

  @Test
  void whatIsCalledByXmlRpcIsRecorded() throws Exception {
    call("olga", "supervisor.signalProcess", "cat", "CONT");
    call("olga", "supervisor.stopProcess", "no\nsuch");
    call("olga", "supervisor.sendProcessStdin", "cat", "secret");

    assertRecorded(
        "door=xmlrpc user=olga from=127.0.0.1 what=supervisor.signalProcess cat CONT result=OK");
    assertRecorded(
        "door=xmlrpc user=olga from=127.0.0.1 what=supervisor.stopProcess 'no\\nsuch'"
            + " result=BAD_NAME: no\\u000asuch");
    assertRecorded(
        "door=xmlrpc user=olga from=127.0.0.1 what=supervisor.sendProcessStdin cat result=OK");
  }

  @ParameterizedTest
  @CsvSource({
    "vera, POST, /processes/cat/signal, false",
    "vera, POST, /processes/cat/signal?dryRun=true, false",
    "vera, DELETE, /logs/cat/stdout, false",
    "vera, DELETE, /logs/cat/stdout?dryRun, false",
    "vera, POST, /all/restart, false",
    "olga, POST, /processes/cat/signal, true",
    "olga, POST, /processes/cat/stop?dryRun, true",
    "olga, POST, /groups/cat/stop?dryRun, true",
    "olga, DELETE, /logs/cat/stdout, true",
    "olga, DELETE, /logs/supervisor, false",
    "olga, POST, /supervisor/reopen-logs, true",
    "olga, POST, /supervisor/shutdown, false",
    "olga, POST, /supervisor/remote-communication, false",
    "olga, POST, /configuration/reread, false",
    "olga, POST, /configuration/update?dryRun, false",
    "olga, PUT, /groups/cat, false",
    "olga, DELETE, /groups/cat, false",
    "anna, POST, /configuration/reread, true",
    "anna, POST, /supervisor/shutdown?dryRun, true",
  })
  void eachWriteByRestTakesItsRole(String user, String method, String path, boolean allowed)
      throws Exception {
    HttpResponse<String> received =
        send(user, method, "/api/v1" + path, "{\"signal\": \"CONT\", \"type\": \"x\"}");

    assertThat(received.statusCode() == 403).as(received.body()).isEqualTo(!allowed);
    if (!allowed) {
      JsonObject problem = JsonParser.object().from(received.body());
      assertThat(received.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
      assertThat(problem.getString("detail")).contains("needs the role ", ", and " + user + " is ");
    }
  }

  @Test
  void whatIsAskedForByRestIsRecorded() throws Exception {
    send("vera", "POST", "/api/v1/processes/cat/stop?wait=true", "");
    send("olga", "POST", "/api/v1/processes/cat/start", "");
    send("olga", "POST", "/api/v1/processes/no%0Asuch/stop", "");
    send("olga", "POST", "/api/v1/processes/cat/stop?dryRun=true", "");
    send("olga", "DELETE", "/api/v1/logs/cat/stderr", "");

    String who = "door=rest user=%s from=127.0.0.1 what=";
    assertRecorded(who.formatted("vera") + "POST /api/v1/processes/cat/stop result=refused");
    assertRecorded(
        who.formatted("olga") + "POST /api/v1/processes/cat/start result=ALREADY_STARTED: cat");
    assertRecorded(
        who.formatted("olga")
            + "POST /api/v1/processes/no%0Asuch/stop result=BAD_NAME: no\\u000asuch");
    assertRecorded(who.formatted("olga") + "DELETE /api/v1/logs/cat/stderr result=OK");
    // what was only asked about in a dry run
    assertThat(Files.readString(directory.resolve("supervisord.log")))
        .doesNotContain(who.formatted("olga") + "POST /api/v1/processes/cat/stop");
  }

  @Test
  void thePageShowsAViewerNoButtonsAndRefusesWhatIsPostedAllTheSame() throws Exception {
    assertThat(send("vera", "GET", "/", "").body())
        .contains("cat")
        .doesNotContain("name=\"action\"");
    assertThat(send("olga", "GET", "/", "").body()).contains("name=\"action\"");

    HttpResponse<String> received = send("vera", "POST", "/index.html?action=stopall", "");
    assertThat(received.statusCode()).isEqualTo(403);
    assertThat(received.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(received.body())
        .contains("the user vera is viewer, and this takes the role operator");
    assertThat(send("vera", "GET", "/index.html?processname=cat&action=stop", "").statusCode())
        .isEqualTo(403);
    assertThat(state()).isEqualTo(ProcessState.RUNNING);

    assertThat(send("olga", "GET", "/index.html?processname=cat&action=start", "").statusCode())
        .isEqualTo(301);
    assertThat(send("olga", "POST", "/index.html?processname=cat&action=start", "").statusCode())
        .isEqualTo(303);
    assertThat(send("olga", "POST", "/index.html?processname=x&action=stop", "").statusCode())
        .isEqualTo(303);
    assertRecorded("door=page user=vera from=127.0.0.1 what=stopall result=refused");
    assertRecorded("door=page user=vera from=127.0.0.1 what=stop cat result=refused");
    assertRecorded("door=page user=olga from=127.0.0.1 what=start cat result=ALREADY_STARTED: cat");
    assertRecorded("door=page user=olga from=127.0.0.1 what=stop x result=BAD_NAME: x");
  }
}
