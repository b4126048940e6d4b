package ee.supervisor.web.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import ee.supervisor.xmlrpc.RpcClient;
import ee.supervisor.xmlrpc.XmlRpcHandler;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The remote interface over HTTP, with real processes behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlRpcDoorTest {
  private TestConfiguration configuration;
  private DoorServer server;
  private RpcClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("cat", "/bin/cat")
            .program("slow", "/bin/sh -c \"trap 'sleep 1; exit 0' TERM; sleep 1000 & wait\"")
            .program("talk", "/bin/sh -c \"printf 'a\\001b\\377c'; exec sleep 1000\"")
            .program("long", "/bin/cat")
            .program("spare", "/bin/cat");
    server = DoorServer.start(configuration, directory);
    client = new RpcClient(server.uri("/RPC2"));
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private int status(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void everyMethodOfTheReferenceIsThereWithItsSignature() throws Exception {
    List<String> expected =
        Files.readAllLines(Path.of("src/test/resources/reference-signatures.txt"));
    List<String> actual = new ArrayList<>();
    for (Object name : (List<?>) client.call("system.listMethods")) {
      List<?> types = (List<?>) client.call("system.methodSignature", name);
      actual.add(name + " " + String.join(" ", types.stream().map(Object::toString).toList()));
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void everyMethodHasHelp() throws Exception {
    for (Object name : (List<?>) client.call("system.listMethods")) {
      assertThat((String) client.call("system.methodHelp", name)).contains("@return");
    }
  }

  @Test
  void helpForWhatIsNoMethodIsRefused() {
    assertThatThrownBy(() -> client.call("system.methodHelp", "supervisor.nope"))
        .hasMessage("4 SIGNATURE_UNSUPPORTED");
    assertThatThrownBy(() -> client.call("system.methodSignature", 1))
        .hasMessage("4 SIGNATURE_UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/RPC2", "/RPC2/", "/RPC2foo", "/RPC2/a/b", "/RPC2?x=y"})
  void everyPathThatBeginsLikeTheDoorsLeadsToIt(String path) throws Exception {
    assertThat(new RpcClient(server.uri(path)).call("supervisor.getVersion")).isEqualTo("3.0");
    assertThat(new RpcClient(server.uri(path)).call("supervisor.stopProcess", "spare"))
        .isEqualTo(true);
    assertThat(new RpcClient(server.uri(path)).call("supervisor.startProcess", "spare"))
        .isEqualTo(true);
    assertThat(status("GET", path)).isEqualTo(400);
  }

  @Test
  void aPathThatOnlyLooksLikeTheDoorsLeadsNowhere() throws Exception {
    assertThat(status("POST", "/rpc2")).isEqualTo(404);
    assertThat(status("POST", "/RPC")).isEqualTo(404);
  }

  @Test
  void whatIsNoCallIsShownInTheLog() throws Exception {
    client.post("it's no\nXML");
    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(server.supervisor().logfile().orElseThrow()))
                    .contains(
                        "ERRO XML-RPC request data \"it's no\\nXML\" is invalid: unmarshallable\n"));
  }

  @Test
  void stateIsAStructOfCodeAndName() throws Exception {
    assertThat(client.call("supervisor.getState"))
        .isEqualTo(Map.of("statecode", 1, "statename", "RUNNING"));
    assertThat(client.call("supervisor.getVersion")).isEqualTo("3.0");
    assertThat(client.call("supervisor.getIdentification")).isEqualTo("supervisor");
    assertThat(client.call("supervisor.getPID")).isEqualTo((int) ProcessHandle.current().pid());
  }

  @Test
  void processInfoHasTheKeysOfTheReferenceInItsOrder() throws Exception {
    HttpResponse<String> response =
        client.post(new String(RpcClient.request("supervisor.getProcessInfo", "cat"), UTF_8));
    List<String> names =
        Pattern.compile("<name>(.*?)</name>")
            .matcher(response.body())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(names)
        .containsExactly(
            "name",
            "group",
            "start",
            "stop",
            "now",
            "state",
            "statename",
            "spawnerr",
            "exitstatus",
            "logfile",
            "stdout_logfile",
            "stderr_logfile",
            "pid",
            "description");
  }

  @Test
  void aRunningProcessTellsPidAndUptime() throws Exception {
    Map<?, ?> info = (Map<?, ?>) client.call("supervisor.getProcessInfo", "cat");
    assertThat(info.get("statename")).isEqualTo("RUNNING");
    assertThat((String) info.get("description"))
        .matches("pid " + info.get("pid") + ", uptime \\d:\\d\\d:\\d\\d");
    assertThat(info.get("logfile")).isEqualTo(configuration.log("cat", "stdout").toString());
  }

  @Test
  void namesThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> client.call("supervisor.getProcessInfo", "nope"))
        .hasMessage("10 BAD_NAME: nope");
    assertThatThrownBy(() -> client.call("supervisor.getProcessInfo", "cat:"))
        .hasMessage("10 BAD_NAME: cat:");
    assertThatThrownBy(() -> client.call("supervisor.startProcess", "nope:*"))
        .hasMessage("10 BAD_NAME: nope:*");
    assertThatThrownBy(() -> client.call("supervisor.startProcessGroup", "nope"))
        .hasMessage("10 BAD_NAME: nope");
    assertThatThrownBy(() -> client.call("supervisor.addProcessGroup", 1))
        .hasMessage("10 BAD_NAME: 1");
  }

  @Test
  void whatTheReferenceTripsOverIsAnErrorOfTheServer() {
    assertThatThrownBy(() -> client.call("supervisor.startProcess", 5)).hasMessage("HTTP 500");
    assertThatThrownBy(() -> client.call("supervisor.readLog", "x", 0)).hasMessage("HTTP 500");
    assertThatThrownBy(() -> client.call("system.multicall", 5)).hasMessage("HTTP 500");
    assertThatThrownBy(() -> client.call("system.multicall", List.of("supervisor.getState")))
        .hasMessage("HTTP 500");
  }

  @Test
  void onlyRegisteredMethodsCanBeCalled() {
    for (String name :
        List.of(
            "nope",
            "supervisor",
            "supervisor.nope",
            "supervisor.supervisord.options",
            "supervisor.getClass",
            "supervisor._update",
            "system._listMethods")) {
      assertThatThrownBy(() -> client.call(name)).as(name).hasMessage("1 UNKNOWN_METHOD");
    }
  }

  @Test
  void aWrongNumberOfArgumentsIsRefused() {
    assertThatThrownBy(() -> client.call("supervisor.getState", 1))
        .hasMessage("2 INCORRECT_PARAMETERS");
    assertThatThrownBy(() -> client.call("supervisor.startProcess"))
        .hasMessage("2 INCORRECT_PARAMETERS");
    assertThatThrownBy(() -> client.call("supervisor.sendProcessStdin", "cat", 1))
        .hasMessage("2 INCORRECT_PARAMETERS: 1");
  }

  @Test
  void multicallAnswersEachCallInItsPlace() throws Exception {
    assertThat(
            client.call(
                "system.multicall",
                (Object)
                    new Object[] {
                      Map.of("methodName", "supervisor.getVersion", "params", new Object[0]),
                      Map.of("methodName", "supervisor.getProcessInfo", "params", List.of("nope")),
                      Map.of("methodName", "system.multicall"),
                      Map.of("methodName", "nope"),
                      Map.of(),
                      Map.of("methodName", "supervisor.getProcessInfo", "params", List.of(5)),
                      Map.of("methodName", "supervisor.getState")
                    }))
        .isEqualTo(
            List.of(
                "3.0",
                Map.of("faultCode", 10, "faultString", "BAD_NAME: nope"),
                Map.of(
                    "faultCode",
                    2,
                    "faultString",
                    "INCORRECT_PARAMETERS: Recursive system.multicall forbidden"),
                Map.of("faultCode", 1, "faultString", "UNKNOWN_METHOD"),
                Map.of("faultCode", 2, "faultString", "INCORRECT_PARAMETERS: No methodName"),
                Map.of(
                    "faultCode",
                    30,
                    "faultString",
                    "FAILED: <class 'AttributeError'>:'int' object has no attribute 'split'"),
                Map.of("statecode", 1, "statename", "RUNNING")));
  }

  @Test
  void multicallWaitsForWhatTakesTimeBeforeItGoesOn() throws Exception {
    assertThat(
            client.call(
                "system.multicall",
                (Object)
                    new Object[] {
                      Map.of("methodName", "supervisor.stopProcess", "params", List.of("slow")),
                      Map.of("methodName", "supervisor.startProcess", "params", List.of("slow"))
                    }))
        .isEqualTo(List.of(true, true));
    assertThat(state("slow")).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void aThousandCallsThatWaitHoldNoThread() throws Exception {
    await().until(() -> state("slow") == ProcessState.RUNNING);
    List<CompletableFuture<Object>> waiting = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      waiting.add(client.callLater("supervisor.stopProcessGroup", "slow"));
    }
    assertThat(client.call("supervisor.getVersion")).isEqualTo("3.0");
    CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(state("slow")).isEqualTo(ProcessState.STOPPED);
    client.call("supervisor.startProcess", "slow");
  }

  @Test
  void logsThatHoldAnythingAreReadWithoutABrokenAnswer() throws Exception {
    await()
        .until(
            () ->
                Files.exists(configuration.log("talk", "stdout"))
                    && Files.size(configuration.log("talk", "stdout")) == 5);
    assertThat(client.call("supervisor.readProcessStdoutLog", "talk", 0, 0))
        .isEqualTo("a\uFFFDb\uFFFDc");
    assertThat(client.call("supervisor.readProcessLog", "talk", "-1", "0")).isEqualTo("c");
    assertThat(client.call("supervisor.tailProcessLog", "talk", 0, 100))
        .isEqualTo(List.of("a\uFFFDb\uFFFDc", 5, false));
    assertThatThrownBy(() -> client.call("supervisor.readProcessLog", "talk", -1, 5))
        .hasMessage("3 BAD_ARGUMENTS");
  }

  @Test
  void aLogLongerThanTheMemoryAllowedForItIsSentWhileItIsRead() throws Exception {
    String line = "0123456789 grüße \uD83D\uDE00 <&>\n";
    Path log = configuration.log("long", "stdout");
    Files.writeString(log, line.repeat(100_000));
    assertThat(client.call("supervisor.readProcessLog", "long", 0, 0))
        .isEqualTo(line.repeat(100_000));
    assertThat((List<?>) client.call("supervisor.tailProcessLog", "long", 0, (int) Files.size(log)))
        .first()
        .isEqualTo(line.repeat(100_000));
  }

  @Test
  void aLongLogIsSentWithItsLength() throws Exception {
    Files.writeString(configuration.log("long", "stdout"), "<0123456789>\n".repeat(100_000));
    HttpResponse<String> response =
        client.post(
            new String(RpcClient.request("supervisor.readProcessLog", "long", 0, 0), UTF_8));

    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length());
    assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    assertThat(response.body()).hasSizeGreaterThan(1_900_000);
  }

  @Test
  void theMainLogIsRead() throws Exception {
    await().until(() -> client.call("supervisor.readLog", 0, 0).toString().contains("cat"));
    assertThat(client.call("supervisor.readMainLog", 0, 4).toString()).hasSize(4);
  }

  @Test
  void stdinReachesTheProcess() throws Exception {
    assertThat(client.call("supervisor.sendProcessStdin", "spare", "grüß dich\n")).isEqualTo(true);
    await()
        .until(() -> client.call("supervisor.readProcessLog", "spare", 0, 0).equals("grüß dich\n"));
  }

  @Test
  void truthIsJudgedAsPythonWould() throws Exception {
    assertThat(client.call("supervisor.stopProcess", "cat", 1)).isEqualTo(true);
    assertThat(client.call("supervisor.startProcess", "cat", "")).isEqualTo(true);
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @Test
  void requestsThatAreNoCallsGetTheAnswersOfHttp() throws Exception {
    assertThat(status("GET", "/RPC2")).isEqualTo(400);
    assertThat(status("PUT", "/RPC2")).isEqualTo(400);
    assertThat(client.post("").statusCode()).isEqualTo(400);
    assertThat(client.post("<methodCall><methodName>a").statusCode()).isEqualTo(400);
    assertThat(client.post("hello").statusCode()).isEqualTo(400);
    assertThat(status("POST", "/nothing")).isEqualTo(404);
  }

  @Test
  void aCallMayBeMadeBelowThePath() throws Exception {
    assertThat(new RpcClient(server.uri("/RPC2/")).call("supervisor.getVersion")).isEqualTo("3.0");
  }

  @Test
  void aBodyOfUnknownLengthIsRefused() throws Exception {
    HttpRequest chunked =
        HttpRequest.newBuilder(server.uri("/RPC2"))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[10])))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(chunked, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(411);
  }

  @Test
  void aCallThatIsTooLargeIsRefused() throws Exception {
    assertThat(client.post("x".repeat(XmlRpcHandler.MAX_REQUEST_BYTES + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aCallFromAnotherSiteIsRefused() throws Exception {
    HttpRequest forged =
        HttpRequest.newBuilder(server.uri("/RPC2"))
            .header("Origin", "http://evil.example")
            .header("Content-Type", "text/plain")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    RpcClient.request("supervisor.stopProcess", "cat")))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(forged, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(403);
  }
}
