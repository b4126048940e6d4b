package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.access.Caller;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.Role;
import ee.supervisor.control.RunningEngine;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handler does on which thread, and within what memory; with real processes behind it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlRpcHandlerTest {
  private static final int BUDGET_BYTES = 4 << 20;
  private static final String LINE = "0123456789 grüße \uD83D\uDE00 <&>\r\n";

  private Path directory;
  private RunningEngine engine;

  private final MemoryBudget budget = new MemoryBudget(BUDGET_BYTES);
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Queue<Runnable> reading = new ConcurrentLinkedQueue<>();
  private OpenedSupervisor opened;
  private XmlRpcHandler handler;

  /** A namespace of a third party that tells on which thread it was called. */
  public static final class ThreadTeller implements RpcInterfaceFactory {
    @Override
    public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
      return List.of(
          RpcMethod.named("thread")
              .needs(Role.VIEWER)
              .calling(
                  arguments -> CompletableFuture.completedStage(Thread.currentThread().getName())),
          RpcMethod.named("nonsense")
              .needs(Role.VIEWER)
              .calling(arguments -> CompletableFuture.completedStage(new Object())),
          RpcMethod.named("defect")
              .needs(Role.VIEWER)
              .calling(
                  arguments -> {
                    throw new NoClassDefFoundError("com/example/Gone");
                  }));
    }
  }

  @BeforeAll
  void start(@TempDir Path scratch) {
    directory = scratch;
    engine =
        RunningEngine.start(
            directory,
            """
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
            [rpcinterface:third]
            supervisor.rpcinterface_factory = %s
            [program:cat]
            command = /bin/cat
            startsecs = 0
            stdout_logfile = @DIR@/cat.log
            [program:fleet]
            command = /bin/cat
            process_name = %%(program_name)s_%%(process_num)02d
            numprocs = 20
            autostart = false
            [program:deaf]
            command = /bin/sh -c "trap '' TERM; echo ready; while :; do sleep 0.1; done"
            stdout_logfile = @DIR@/deaf.log
            autostart = false
            startsecs = 0
            stopwaitsecs = 1000
            """
                .formatted(ThreadTeller.class.getName()));
    opened =
        new OpenedSupervisor(() -> Optional.of(engine.engine()), budget, work::add, reading::add);
    handler = new XmlRpcHandler(opened);
    engine.awaitState("cat", ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    opened.close();
    engine.close();
  }

  private static HttpRequest request(byte[] body) {
    return new HttpRequest(
        "POST",
        "/RPC2",
        "",
        Map.of("content-length", Integer.toString(body.length)),
        body,
        new Caller(Optional.empty(), "127.0.0.1", Role.ADMIN));
  }

  private CompletableFuture<HttpResponse> call(String method, Object... parameters) {
    return call(handler, method, parameters);
  }

  private static CompletableFuture<HttpResponse> call(
      XmlRpcHandler to, String method, Object... parameters) {
    return to.handle(request(RpcClient.request(method, parameters))).toCompletableFuture();
  }

  /** Runs what was handed to other threads until {@code response} is there. */
  private HttpResponse settle(CompletionStage<HttpResponse> response) throws Exception {
    CompletableFuture<HttpResponse> future = response.toCompletableFuture();
    while (!future.isDone()) {
      // a third party's method comes back from a thread of its own
      Runnable next = work.poll(1, TimeUnit.MILLISECONDS);
      Optional.ofNullable(next == null ? reading.poll() : next).ifPresent(Runnable::run);
    }
    return future.get();
  }

  private static Object result(HttpResponse response) throws Exception {
    assertThat(response.status()).isEqualTo(200);
    return RpcClient.parse(bytes(response));
  }

  private static byte[] bytes(HttpResponse response) throws IOException {
    if (response.body() instanceof HttpResponse.Body.Streamed streamed) {
      try (InputStream in = streamed.source().open()) {
        byte[] all = in.readAllBytes();
        assertThat(streamed.length()).isEqualTo(all.length);
        return all;
      }
    }
    return ((HttpResponse.Body.Whole) response.body()).bytes();
  }

  /** As the reference was seen to do. */
  @Test
  void aStartOfAProcessThatIsBeingStoppedIsNoStart() throws Exception {
    settle(call("supervisor.startProcess", "deaf"));
    await().until(() -> Files.exists(directory.resolve("deaf.log")));
    await().until(() -> Files.readString(directory.resolve("deaf.log")).contains("ready"));
    settle(call("supervisor.stopProcess", "deaf", false));
    engine.awaitState("deaf", ProcessState.STOPPING);
    try {
      assertThatThrownBy(() -> result(settle(call("supervisor.startProcess", "deaf"))))
          .hasMessage("40 ABNORMAL_TERMINATION: deaf");
      assertThat(result(settle(call("supervisor.startProcess", "deaf", false)))).isEqualTo(true);
      assertThat(outcome(call("supervisor.startProcessGroup", "deaf")))
          .isEqualTo("40 ABNORMAL_TERMINATION: deaf");
      assertThat(outcome(call("supervisor.startProcessGroup", "deaf", false))).isEqualTo("80 OK");
      assertThat(engine.info("deaf").state()).isEqualTo(ProcessState.STOPPING);
      engine.awaitLogged("WARN process 'deaf' already running");
    } finally {
      settle(call("supervisor.signalProcess", "deaf", "KILL"));
      engine.awaitState("deaf", ProcessState.STOPPED);
    }
  }

  private String outcome(CompletionStage<HttpResponse> response) throws Exception {
    Map<?, ?> first = (Map<?, ?>) ((List<?>) result(settle(response))).get(0);
    return first.get("status") + " " + first.get("description");
  }

  private static Object[] calls(int count, String method, Object... parameters) {
    return Collections.nCopies(count, Map.of("methodName", method, "params", parameters)).toArray();
  }

  private Path bigLog(int lines) throws IOException {
    return Files.writeString(directory.resolve("cat.log"), LINE.repeat(lines));
  }

  private static long openFiles(Path file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(descriptor -> leadsTo(descriptor, file)).count();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
    } catch (IOException e) {
      // closed meanwhile
      return false;
    }
  }

  private void assertNothingIsHeld() throws IOException {
    assertThat(budget.held()).isZero();
    assertThat(openFiles(directory.resolve("cat.log")))
        .as("the log is open for the child's output alone")
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "supervisor.getState",
        "supervisor.getAllProcessInfo",
        "supervisor.getAllConfigInfo",
        "supervisor.getPID",
        "supervisor.getIdentification",
        "supervisor.getSupervisorVersion",
        "system.listMethods",
        "no.such.method"
      })
  void whatTheSnapshotTellsIsAnsweredOnTheThreadThatAsks(String method) throws Exception {
    CompletableFuture<HttpResponse> response = call(method);

    assertThat(response).isCompleted();
    assertThat(work).isEmpty();
    assertThat(reading).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void aLogIsReadElsewhere() throws Exception {
    bigLog(1);
    for (String method : List.of("readProcessStdoutLog", "tailProcessStdoutLog")) {
      CompletableFuture<HttpResponse> response = call("supervisor." + method, "cat", 0, 1000);
      assertThat(response).isNotDone();
      assertThat(reading).hasSize(1);
      assertThat(result(settle(response)).toString()).contains(LINE);
    }
    assertNothingIsHeld();
  }

  @Test
  void aThirdPartysMethodIsCalledOnAThreadOfItsOwn() throws Exception {
    assertThat(result(settle(call("third.thread")))).isEqualTo("supervisor-plugin");
    assertThat(result(settle(call("system.multicall", (Object) calls(2, "third.thread")))))
        .isEqualTo(List.of("supervisor-plugin", "supervisor-plugin"));
  }

  @Test
  void aResultThatXmlRpcHasNoTypeForIsAFault() {
    assertThatThrownBy(() -> result(settle(call("third.nonsense"))))
        .hasMessageContaining("XML-RPC has no type for java.lang.Object");
    assertThatThrownBy(
            () -> result(settle(call("system.multicall", (Object) calls(1, "third.nonsense")))))
        .hasMessageContaining("XML-RPC has no type for java.lang.Object");
  }

  @Test
  void aLongCallIsReadElsewhere() throws Exception {
    CompletableFuture<HttpResponse> response =
        call("supervisor.getProcessInfo", "x".repeat(100_000));

    assertThat(response).isNotDone();
    assertThat(work).hasSize(1);
    assertThatThrownBy(() -> result(settle(response))).hasMessageStartingWith("10 BAD_NAME: xxx");
    assertNothingIsHeld();
  }

  @Test
  void aLongMulticallLetsOthersHaveTheirTurn() throws Exception {
    CompletableFuture<HttpResponse> response =
        call("system.multicall", (Object) calls(200, "supervisor.getVersion"));

    assertThat(response).isNotDone();
    assertThat(work).hasSize(1);
    assertThat((List<?>) result(settle(response))).hasSize(200);
    assertThat(budget.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"supervisor.getAllConfigInfo", "supervisor.getAllProcessInfo"})
  void aMulticallWhoseResultsWouldFillTheMemoryIsRefused(String method) {
    assertThatThrownBy(() -> result(settle(call("system.multicall", (Object) calls(300, method)))))
        .hasMessageStartingWith("30 FAILED: a response of more than " + BUDGET_BYTES / 2);
    assertThat(budget.held()).isZero();
  }

  @Test
  void aMulticallOfManyLongLogsIsRefusedAndHoldsNoneOfThem() throws Exception {
    bigLog(10_000);
    Object calls = calls(100, "supervisor.readProcessStdoutLog", "cat", 0, 0);

    assertThatThrownBy(() -> result(settle(call("system.multicall", calls))))
        .hasMessage("30 FAILED: more than 16 long logs in one response");
    assertNothingIsHeld();
  }

  @Test
  void aLargeCallThatHasNoRoomIsRefusedAndASmallOneIsNot() throws Exception {
    try (MemoryBudget.Account others = budget.open()) {
      others.take(BUDGET_BYTES - 100);
      String large = "x".repeat(5000);
      assertThat(settle(call("supervisor.getProcessInfo", large)).status()).isEqualTo(503);
      assertThat(settle(call("supervisor.getState")).status()).isEqualTo(200);

      // what is left last is for those that need little
      others.give(BUDGET_BYTES / 8);
      assertThat(settle(call("supervisor.getProcessInfo", large)).status()).isEqualTo(200);
      assertThatThrownBy(
              () ->
                  result(
                      settle(
                          call(
                              "system.multicall",
                              (Object) calls(30, "supervisor.getAllConfigInfo")))))
          .hasMessage("30 FAILED: too much waits to be sent to clients already");
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void aLongLogHasItsLengthAndStaysWhatItWasWhateverBecomesOfTheFile() throws Exception {
    Path log = bigLog(50_000);
    HttpResponse response = settle(call("supervisor.readProcessStdoutLog", "cat", 0, 0));

    Files.writeString(log, "more", StandardOpenOption.APPEND);
    Files.move(log, directory.resolve("cat.log.1"));
    Files.writeString(log, "a new one");
    Files.delete(directory.resolve("cat.log.1"));
    assertThat(result(response)).isEqualTo(LINE.repeat(50_000));
    assertNothingIsHeld();
  }

  @Test
  void aLongLogThatIsCutShortEndsInAnErrorAndNeverTooLate() throws Exception {
    Path log = bigLog(50_000);
    HttpResponse.Body.Streamed cut =
        (HttpResponse.Body.Streamed)
            settle(call("supervisor.readProcessStdoutLog", "cat", 0, 0)).body();
    Files.writeString(log, "short");
    assertThatThrownBy(() -> cut.source().open().readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("the log has been changed while it was sent");
    cut.source().close();

    bigLog(50_000);
    HttpResponse.Body.Streamed other =
        (HttpResponse.Body.Streamed)
            settle(call("supervisor.readProcessStdoutLog", "cat", 0, 0)).body();
    Files.writeString(log, "&".repeat((int) Files.size(log)));
    try (InputStream in = other.source().open()) {
      assertThatThrownBy(in::readAllBytes).hasMessage("the log has been changed while it was sent");
    }
    assertNothingIsHeld();
  }

  @Test
  void aResponseThatIsNotSentIsLetGo() throws Exception {
    bigLog(50_000);
    HttpResponse response = settle(call("supervisor.tailProcessStdoutLog", "cat", 0, 1 << 30));
    ((HttpResponse.Body.Streamed) response.body()).source().close();
    assertNothingIsHeld();
  }

  @Test
  void aLongResponseOfSnapshotsIsReadWhileItIsSent() throws Exception {
    HttpResponse response =
        settle(call("system.multicall", (Object) calls(30, "supervisor.getAllProcessInfo")));

    assertThat(response.body()).isInstanceOf(HttpResponse.Body.Streamed.class);
    assertThat((List<?>) result(response)).hasSize(30);
    assertThat(budget.held()).isZero();
  }

  @Test
  void whatIsNoCallGetsTheResponsesOfHttp() throws Exception {
    byte[] body = RpcClient.request("supervisor.getState");
    Caller caller = request(body).caller();
    HttpRequest get =
        new HttpRequest("GET", "/RPC2", "", Map.of("content-length", "5"), body, caller);
    HttpRequest chunked = new HttpRequest("POST", "/RPC2", "", Map.of(), body, caller);

    assertThat(settle(handler.handle(get)).status()).isEqualTo(400);
    assertThat(settle(handler.handle(chunked)).status()).isEqualTo(411);
    assertThat(settle(handler.handle(request("no call".getBytes(UTF_8)))).status()).isEqualTo(400);
    assertThat(new String(bytes(settle(handler.handle(get))), UTF_8)).contains("400 Bad Request");
    assertThat(budget.held()).isZero();
  }

  @Test
  void withoutASupervisorThereIsNoService() throws Exception {
    try (OpenedSupervisor none =
        new OpenedSupervisor(Optional::empty, budget, work::add, reading::add)) {
      assertThat(call(new XmlRpcHandler(none), "supervisor.getState").get().status())
          .isEqualTo(503);
    }
  }

  @Test
  void whatClientsDoWrongIsLoggedSomeTimesAndThenCounted() throws Exception {
    Queue<Runnable> periods = new ArrayDeque<>();
    Complaints complaints = new Complaints(periods::add);
    for (int i = 0; i < Complaints.MAX_LINES + 1000; i++) {
      int number = i;
      complaints.log(engine.engine().log(), LogLevel.ERRO, () -> "wrong " + number + ".");
    }
    assertThat(periods).hasSize(1);
    periods.remove().run();
    complaints.log(engine.engine().log(), LogLevel.ERRO, () -> "wrong anew");

    engine.awaitLogged("ERRO wrong 19.", "of 1000 more requests", "ERRO wrong anew");
    assertThat(engine.log()).doesNotContain("wrong 20.");
    assertThat(periods).hasSize(1);
  }

  @Test
  void aMethodThatBreaksIsAnErrorOfTheServerWithItsReasonInTheLog() throws Exception {
    assertThat(settle(call("supervisor.getProcessInfo", 5)).status()).isEqualTo(500);
    engine.awaitLogged(
        "CRIT Handling XML-RPC request with data ",
        " raised an unexpected exception: <class 'AttributeError'>:'int' object has no attribute");

    assertThat(settle(call("third.defect")).status()).isEqualTo(500);
    engine.awaitLogged(
        "<class 'java.lang.NoClassDefFoundError'>:com/example/Gone at "
            + ThreadTeller.class.getName());
  }
}
