package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpOkTest {
  private static final Notice TICK = new Notice("TICK_60", Map.of());

  private final RecordedProcesses processes = new RecordedProcesses();
  private final RecordedMailer mailer = new RecordedMailer();
  private final RecordedStream log = new RecordedStream();
  private TestServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new TestServer();
    processes.all.add(process("web", "web", true));
    processes.all.add(process("shop", "cart", true));
    processes.all.add(process("shop", "mail", false));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aGoodPageLeavesAllAsItIs() throws IOException {
    watcher(server.url("/ok"), List.of("web"), false).hear(TICK);

    assertThat(processes.commands).isEmpty();
    assertThat(mailer.mails).isEmpty();
    assertThat(log.text()).isEmpty();
  }

  @Test
  void aBadStatusRestartsTheSelectedProcessesThatRun() throws IOException {
    watcher(server.url("/broken"), List.of("web", "shop:mail", "gone"), false).hear(TICK);

    assertThat(processes.commands).containsExactly("stop web", "start web");
    assertThat(mailer.subjects())
        .containsExactly("httpok: " + server.url("/broken") + ": bad status returned");
    assertThat(mailer.mails.get(0).body())
        .isEqualTo(
            String.join(
                "\n",
                "status contacting " + server.url("/broken") + ": 500",
                "Restarting selected processes [web, shop:mail, gone]",
                "web is in RUNNING state, restarting",
                "web restarted",
                "shop:mail not in RUNNING state, NOT restarting",
                "Programs not restarted because they did not exist: [gone]"));
  }

  @Test
  void anyRestartsAllThatRun() throws IOException {
    watcher(server.url("/broken"), List.of(), true).hear(TICK);

    assertThat(processes.commands)
        .containsExactly("stop web", "start web", "stop shop:cart", "start shop:cart");
    assertThat(log.text()).contains("Restarting all running processes\n");
  }

  @Test
  void aServerThatRefusesIsBad() throws IOException {
    watcher(TestServer.nobody(), List.of("web"), false).hear(TICK);

    assertThat(processes.commands).containsExactly("stop web", "start web");
    assertThat(mailer.mails.get(0).body()).startsWith("error contacting http://127.0.0.1:");
  }

  @Test
  void aServerThatHangsIsBad() throws IOException {
    watcher(
            options(server.url("/hang"), List.of("web"), false, Optional.empty()),
            Duration.ofMillis(200))
        .hear(TICK);

    assertThat(processes.commands).containsExactly("stop web", "start web");
    assertThat(mailer.mails.get(0).body()).contains("timed out");
  }

  @Test
  void aBodyWithoutTheTextIsBad() throws IOException {
    HttpOk.Options options =
        options(server.url("/ok"), List.of("web"), false, Optional.of("nothing is well"));
    watcher(options).hear(TICK);

    assertThat(processes.commands).containsExactly("stop web", "start web");
    assertThat(mailer.subjects())
        .containsExactly("httpok: " + server.url("/ok") + ": bad body returned");
  }

  @Test
  void aBodyWithTheTextIsGood() throws IOException {
    watcher(options(server.url("/ok"), List.of("web"), false, Optional.of("is well"))).hear(TICK);

    assertThat(processes.commands).isEmpty();
  }

  @Test
  void aProcessThatCannotBeStoppedOrStartedIsToldAndTheOthersGoOn() throws IOException {
    processes.refused.add("stop web");
    processes.refused.add("start web");
    watcher(server.url("/broken"), List.of("web", "cart"), false).hear(TICK);

    assertThat(processes.commands)
        .containsExactly("stop web", "start web", "stop shop:cart", "start shop:cart");
    assertThat(log.text())
        .contains(
            "Failed to stop process web: <Fault 30: 'FAILED'>\n",
            "Failed to start process web: <Fault 30: 'FAILED'>\n");
  }

  @Test
  void theNotEagerAskOnlyWhenAWatchedProcessRuns() throws IOException {
    HttpOk.Options lazy =
        new HttpOk.Options(
            server.url("/ok"),
            List.of("shop:mail"),
            false,
            Set.of(200),
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ZERO,
            Optional.empty());
    watcher(lazy).hear(TICK);

    assertThat(server.asked()).isZero();
  }

  @Test
  void whatWasStartedJustNowIsLeftAlone() throws IOException {
    HttpOk.Options patient =
        new HttpOk.Options(
            server.url("/broken"),
            List.of("web"),
            false,
            Set.of(200, 204),
            Optional.empty(),
            Optional.of("ops@example.com"),
            true,
            Duration.ofMinutes(10),
            Optional.of("front"));
    watcher(patient).hear(TICK);

    assertThat(processes.commands).isEmpty();
    assertThat(log.text())
        .contains("web is in RUNNING state 60 seconds (<600), delay restarting\n");
    assertThat(mailer.subjects()).singleElement().asString().startsWith("httpok [front]: ");
  }

  @Test
  void aCoreIsDumpedBeforeTheRestart() throws IOException {
    HttpOk httpOk =
        new HttpOk(
            options(server.url("/broken"), List.of("cart"), false, Optional.empty()),
            new HttpProbe(server.url("/broken"), Duration.ofSeconds(30), Duration.ZERO),
            processes,
            Optional.of(new CoreDump("echo dumped -o", Path.of("/cores"))),
            mailer,
            log::println);
    httpOk.hear(TICK);

    assertThat(mailer.mails.get(0).body())
        .contains("gcore output for shop:cart:\n\n dumped -o /cores/shop:cart 42\n");
  }

  @Test
  void eventsThatAreNoTicksAreIgnored() throws IOException {
    watcher(server.url("/broken"), List.of("web"), false)
        .hear(new Notice("PROCESS_STATE_EXITED", Map.of()));

    assertThat(processes.commands).isEmpty();
  }

  private HttpOk watcher(URI url, List<String> programs, boolean any) {
    return watcher(options(url, programs, any, Optional.empty()));
  }

  private HttpOk watcher(HttpOk.Options options) {
    return watcher(options, Duration.ofSeconds(30));
  }

  private HttpOk watcher(HttpOk.Options options, Duration timeout) {
    HttpProbe probe = new HttpProbe(options.url(), timeout, Duration.ZERO);
    return new HttpOk(options, probe, processes, Optional.empty(), mailer, log::println);
  }

  private static HttpOk.Options options(
      URI url, List<String> programs, boolean any, Optional<String> inBody) {
    return new HttpOk.Options(
        url,
        programs,
        any,
        Set.of(200),
        inBody,
        Optional.of("ops@example.com"),
        true,
        Duration.ZERO,
        Optional.empty());
  }

  private static WatchedProcess process(String group, String name, boolean running) {
    return new WatchedProcess(group, name, running, running ? 42 : 0, Duration.ofMinutes(1));
  }
}
