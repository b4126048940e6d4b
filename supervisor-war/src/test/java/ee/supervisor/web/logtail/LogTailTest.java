package ee.supervisor.web.logtail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.posix.Bytes;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Endless tails: what comes through them, and what they cost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogTailTest {
  private TestConfiguration configuration;
  private DoorServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("echo", "/bin/cat")
            .program("crowd", "/bin/cat")
            .program("quiet", "/bin/sh -c \"echo once; exec sleep 1000\"")
            .program("flood", "/bin/sh -c \"read go; exec yes\"");
    server = DoorServer.start(configuration, directory);
    await().until(() -> Files.size(configuration.log("quiet", "stdout")) > 0);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void say(String process, String text) {
    server.supervisor().sendProcessStdin(process, Bytes.utf8(text)).toCompletableFuture().join();
  }

  private HttpResponse<InputStream> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.uri(path)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  private Socket tail(String path) throws Exception {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    client.setSoTimeout(20_000);
    client
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
    return client;
  }

  private static void readUntil(InputStream in, String expected) throws Exception {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (seen.indexOf(expected) < 0) {
      int count = in.read(buffer);
      assertThat(count).as("the tail ended after %s", seen).isPositive();
      seen.append(new String(buffer, 0, count, UTF_8));
    }
  }

  private long openFiles(Path file) throws Exception {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .filter(
              descriptor -> {
                try {
                  return Files.readSymbolicLink(descriptor).equals(file);
                } catch (java.io.IOException e) {
                  // closed meanwhile
                  return false;
                }
              })
          .count();
    }
  }

  @Test
  void whatAProcessWritesArrivesWhileItIsWritten() throws Exception {
    HttpResponse<InputStream> response = get("/logtail/echo");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    // else a browser would run a log as a script, where a page of ours were made to name it
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    assertThat(response.headers().firstValue("Last-Modified")).isPresent();
    try (InputStream in = response.body()) {
      say("echo", "first grüße\n");
      readUntil(in, "first grüße\n");
      say("echo", "second\n");
      readUntil(in, "second\n");
    }
  }

  @Test
  void aTailBeginsBeforeTheEndOfTheLog() throws Exception {
    try (InputStream in = get("/logtail/quiet/stdout").body()) {
      readUntil(in, "once\n");
    }
    try (InputStream in = get("/mainlogtail").body()) {
      readUntil(in, "\n");
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(get("/logtail/nope").statusCode()).isEqualTo(404);
    assertThat(get("/logtail/").statusCode()).isEqualTo(404);
    assertThat(get("/logtail/echo/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/logtail/echo:*").statusCode()).isEqualTo(404);
  }

  @Test
  void aThousandTailsAreServedByAHandfulOfThreads() throws Exception {
    // what other tests of this JVM have left is not of these clients' making
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        clients.add(tail("/logtail/crowd"));
      }
      for (Socket client : clients) {
        readUntil(client.getInputStream(), "\r\n\r\n");
      }
      // without the test server's own pool, which any test may have made grow
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .filteredOn(thread -> !thread.getName().startsWith("http-nio"))
          .hasSizeLessThan(20);
      say("crowd", "to all of you\n");
      for (Socket client : clients) {
        readUntil(client.getInputStream(), "to all of you\n");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aClientThatLeavesAQuietTailIsNoticed() throws Exception {
    Path log = configuration.log("quiet", "stderr");
    long before = openFiles(log);
    Socket client = tail("/logtail/quiet/stderr");
    await().until(() -> openFiles(log) == before + 1);
    client.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> openFiles(log) == before);
  }

  @Test
  void aClientThatStopsReadingHoldsUpNobody() throws Exception {
    try (Socket stalled = tail("/logtail/flood");
        Socket reader = tail("/logtail/echo")) {
      readUntil(stalled.getInputStream(), "\r\n\r\n");
      say("flood", "go\n");
      Path log = configuration.log("flood", "stdout");
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(log) > 64 << 20);
      say("echo", "still here\n");
      readUntil(reader.getInputStream(), "still here\n");
      assertThat(get("/ok.html").statusCode()).isEqualTo(200);
    } finally {
      server.supervisor().stopProcess("flood", true).toCompletableFuture().join();
    }
  }
}
