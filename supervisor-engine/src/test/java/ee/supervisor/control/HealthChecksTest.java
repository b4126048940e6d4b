package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of readiness and liveness, of real children. */
class HealthChecksTest {
  private static final String SLEEP = "[program:p]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

  @TempDir private Path directory;

  private RunningEngine start(String options) {
    return RunningEngine.start(directory, options);
  }

  private static void awaitReady(RunningEngine supervisor, boolean ready) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> supervisor.info("p").ready().equals(Optional.of(ready)));
  }

  private static void awaitStatus(RunningEngine supervisor, String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(supervisor.info("p").statusText()).contains(text));
  }

  @Test
  void withoutACheckNothingIsSaidOfReadiness() {
    try (RunningEngine supervisor = start(SLEEP)) {
      assertThat(supervisor.awaitState("p", ProcessState.RUNNING).ready()).isEmpty();
    }
  }

  @Test
  void aProgramIsReadyWhenItsCommandSaysSoAndNotAnyMoreWhenItDoesNot() throws IOException {
    try (RunningEngine supervisor =
        start(
            SLEEP
                + """
                readiness_check_script=/bin/sh -c 'test -e @DIR@/up || { echo not yet; exit 1; }'
                readiness_check_period=0.05
                readiness_check_failure_threshold=2
                """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      awaitReady(supervisor, false);
      awaitStatus(supervisor, "exit status 1: not yet");

      Files.createFile(directory.resolve("up"));
      awaitReady(supervisor, true);
      supervisor.awaitLogged("p is ready");

      Files.delete(directory.resolve("up"));
      awaitReady(supervisor, false);
      supervisor.awaitLogged("p is not ready any more");
      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.RUNNING);
      int pid = supervisor.info("p").pid();
      assertThat(supervisor.events())
          .filteredOn(Event.ReadinessChanged.class::isInstance)
          .containsExactly(
              new Event.ReadinessChanged("p", "p", pid, true),
              new Event.ReadinessChanged("p", "p", pid, false));
    }
  }

  @Test
  void whatStopsIsReadyNoLongerAndThatIsTold() {
    try (RunningEngine supervisor =
        start(SLEEP + "readiness_check_script=/bin/true\nreadiness_check_period=0.05\n")) {
      awaitReady(supervisor, true);
      int pid = supervisor.info("p").pid();
      RunningEngine.response(supervisor.engine().stopProcess("p", true));
      assertThat(supervisor.events())
          .filteredOn(
              event ->
                  event instanceof Event.ReadinessChanged
                      || event.eventType() == Event.Type.PROCESS_STATE_STOPPING)
          .extracting(Event::summary)
          .containsExactly("p:p is ready", "p:p RUNNING -> STOPPING", "p:p is not ready any more");
      assertThat(supervisor.events()).contains(new Event.ReadinessChanged("p", "p", pid, false));
    }
  }

  @Test
  void aCommandRunsAsTheProgramDoes() throws IOException {
    Files.createDirectory(directory.resolve("home"));
    try (RunningEngine supervisor =
        start(
            SLEEP
                + """
                directory=@DIR@/home
                environment=PORT="12"
                readiness_check_script=/bin/sh -c 'test $PORT = 12 -a "$PWD" = @DIR@/home -a -d /proc/$MAINPID'
                readiness_check_period=0.05
                """)) {
      awaitReady(supervisor, true);
    }
  }

  @Test
  void aCheckThatIsBeingMadeEndsWithTheEngineAndLeavesNoZombie() throws IOException {
    Path pid = directory.resolve("check");
    try (RunningEngine supervisor =
        start(
            SLEEP
                + "readiness_check_script=/bin/sh -c 'echo $$ > @DIR@/check; exec sleep 988'\n"
                + "readiness_check_timeout=1000\n")) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }

    assertThat(Path.of("/proc", Files.readString(pid).strip())).doesNotExist();
  }

  @Test
  void theScriptOfAFailedCheckEndsWithTheEngine() throws IOException {
    Path pid = directory.resolve("script");
    try (RunningEngine supervisor =
        start(
            SLEEP
                + "liveness_check_script=/bin/false\nliveness_check_period=0.05\n"
                + "liveness_check_failure_threshold=1\nliveness_check_initial_delay=0\n"
                + "liveness_check_failure_action=/bin/sh -c 'echo $$ > @DIR@/script; exec sleep 987'\n")) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }

    assertThat(Path.of("/proc", Files.readString(pid).strip())).doesNotExist();
  }

  @Test
  void aCheckThatHangsIsKilledWithAllItStarted() {
    try (RunningEngine supervisor =
        start(
            SLEEP
                + """
                readiness_check_script=/bin/sh -c 'sleep 989 & echo $! > @DIR@/child; wait'
                readiness_check_timeout=0.5
                readiness_check_failure_threshold=1
                """)) {
      awaitStatus(supervisor, "within 0.5 s");
      await().until(() -> Files.exists(directory.resolve("child")));
      String child = Files.readString(directory.resolve("child")).strip();
      await().until(() -> isGone(child));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isGone(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException gone) {
      return true;
    }
  }

  @Test
  void aPortThatTakesConnectionsIsReady() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RunningEngine supervisor =
        start(
            SLEEP
                + "readiness_check_script=tcp://localhost:%d\n".formatted(port)
                + "readiness_check_period=0.05\nreadiness_check_failure_threshold=1\n")) {
      awaitStatus(supervisor, "Connection refused");
      try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
        awaitReady(supervisor, true);
        assertThat(server.isBound()).isTrue();
      }
      awaitReady(supervisor, false);
    }
  }

  @Test
  void aUnixSocketThatTakesConnectionsIsReady() throws IOException {
    Path socket = directory.resolve("s");
    try (RunningEngine supervisor =
            start(
                SLEEP
                    + "readiness_check_script=unix://@DIR@/s\nreadiness_check_period=0.05\n"
                    + "readiness_check_failure_threshold=1\n");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      awaitStatus(supervisor, "No such file or directory");
      server.bind(UnixDomainSocketAddress.of(socket));
      awaitReady(supervisor, true);
    }
  }

  @Test
  void aResponseIsGoodByStatusBodyAndWithTheHeadersThatItNeeds() throws IOException {
    AtomicInteger status = new AtomicInteger(503);
    AtomicReference<String> body = new AtomicReference<>("{\"status\": \"DOWN\"}");
    AtomicReference<String> host = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          host.set(exchange.getRequestHeaders().getFirst("Host"));
          byte[] bytes = body.get().getBytes(UTF_8);
          // 0: in chunks
          exchange.sendResponseHeaders(status.get(), 0);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try (RunningEngine supervisor =
        start(
            SLEEP
                + """
                readiness_check_script=http://127.0.0.1:%d/health?full=1
                readiness_check_period=0.05
                readiness_check_failure_threshold=1
                readiness_check_http_status=200-204
                readiness_check_http_body="UP"
                readiness_check_http_headers=Host="app.example"
                """
                    .formatted(server.getAddress().getPort()))) {
      awaitStatus(supervisor, "status 503");
      status.set(200);
      awaitStatus(supervisor, "the body of the response");
      body.set("{\"status\": \"UP\"}");
      awaitReady(supervisor, true);
      assertThat(host.get()).isEqualTo("app.example");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerWithWhateverCertificateIsAskedByTls() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "x".repeat(100_000).concat("READY").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (RunningEngine supervisor =
        start(
            SLEEP
                + "readiness_check_script=https://localhost:%d\n"
                    .formatted(server.getAddress().getPort())
                + "readiness_check_http_body=READY$\n")) {
      awaitReady(supervisor, true);
    } finally {
      server.stop(0);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = directory.resolve("keys.p12");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=elsewhere.example",
            "-storepass",
            "secret",
            "-keystore",
            store.toString())
        .start()
        .waitFor();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void whatIsNoTlsIsNoSuccess() throws Exception {
    Thread server;
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server = new Thread(() -> sayNoTls(plain));
      server.start();
      try (RunningEngine supervisor =
          start(
              SLEEP
                  + "readiness_check_script=https://127.0.0.1:%d/\n"
                      .formatted(plain.getLocalPort()))) {
        awaitStatus(supervisor, "TLS: ");
        assertThat(supervisor.info("p").ready()).contains(false);
      }
    }
    server.join();
  }

  private static void sayNoTls(ServerSocket server) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        }
      }
    } catch (IOException closed) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsNotReady() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RunningEngine supervisor =
            start(
                SLEEP
                    + "readiness_check_script=http://127.0.0.1:%d/\n"
                        .formatted(silent.getLocalPort())
                    + "readiness_check_timeout=0.2\nreadiness_check_period=0.05\n"
                    + "readiness_check_failure_threshold=1\n")) {
      awaitStatus(supervisor, "no answer within 0.2 s");
      assertThat(supervisor.info("p").ready()).contains(false);
    }
  }

  @Test
  void aLineOfItsOutputMakesAProgramReadyHoweverItIsCut() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'printf "\\377\\000 list"; sleep 0.1; printf "ening on 80"; sleep 0.1; echo 80; exec sleep 1000'
            startsecs=0
            readiness_check_script=log:listening on \\d+80$
            """)) {
      awaitReady(supervisor, true);
    }
  }

  @Test
  void aCheckOfLivenessThatFailsOftenEnoughRestartsWhateverAutorestartSays() throws IOException {
    Files.createFile(directory.resolve("alive"));
    try (RunningEngine supervisor =
        start(
            SLEEP
                + """
                autorestart=false
                liveness_check_script=/usr/bin/test -e @DIR@/alive
                liveness_check_period=0.05
                liveness_check_failure_threshold=2
                """)) {
      int first = supervisor.awaitState("p", ProcessState.RUNNING).pid();

      Files.delete(directory.resolve("alive"));

      supervisor.awaitLogged("liveness check of p failed 2 times: exit status 1; restarting p");
      Files.createFile(directory.resolve("alive"));
      await().until(() -> supervisor.info("p").pid() != first && supervisor.info("p").pid() != 0);
      response(supervisor.engine().stopProcess("p", true));
      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  @Test
  void aStopDuringSuchARestartIsAStop() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'trap "" TERM; while :; do sleep 0.05; done'
            startsecs=0
            stopwaitsecs=2
            liveness_check_script=/bin/false
            liveness_check_initial_delay=0.3
            liveness_check_failure_threshold=1
            """)) {
      supervisor.awaitState("p", ProcessState.STOPPING);

      response(supervisor.engine().stopProcess("p", true));

      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.STOPPED);
      supervisor.awaitLogged("stopped: p (terminated by SIGKILL)");
      assertThat(supervisor.log().split("spawned: 'p'", -1)).hasSize(2);
    }
  }

  @Test
  void failureMayStopTheProgramOrRunACommand() {
    try (RunningEngine supervisor =
        start(
            """
            [program:stopped]
            command=/bin/sleep 1000
            startsecs=0
            liveness_check_script=/bin/false
            liveness_check_failure_threshold=1
            liveness_check_failure_action=stop
            [program:told]
            command=/bin/sleep 1000
            startsecs=0
            liveness_check_script=/bin/false
            liveness_check_failure_threshold=1
            liveness_check_failure_action=/bin/sh -c 'echo $MAINPID > @DIR@/told'
            """)) {
      supervisor.awaitState("stopped", ProcessState.STOPPED);
      await().until(() -> Files.exists(directory.resolve("told")));
      assertThat(supervisor.info("told").state()).isEqualTo(ProcessState.RUNNING);
    }
  }
}
