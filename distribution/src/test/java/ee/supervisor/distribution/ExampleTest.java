package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.NGINX;
import static ee.supervisor.testing.Requirement.PYTHON;
import static ee.supervisor.testing.Requirement.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of conf/examples/shop, with the real Redis and nginx. */
@Requires({REDIS, NGINX, PYTHON})
class ExampleTest {
  private static final Path EXAMPLE = Path.of("../conf/examples/shop").toAbsolutePath().normalize();
  private static final List<String> LASTING = List.of("redis", "app:app_1", "app:app_2", "nginx");
  private static final Pattern VISITOR = Pattern.compile("visitor (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path directory;
  private Tree tree;
  private Process supervisord;
  private int front;

  /** A copy of it, at ports that are free. */
  @BeforeEach
  void start() throws Exception {
    tree = new Tree(directory);
    front = freePort();
    int redis = freePort();
    String apps = freeDecade();
    Files.createDirectory(directory.resolve("run"));
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            directory.resolve(file.getFileName()),
            Files.readString(file)
                .replace("19001", Integer.toString(tree.port()))
                .replace("18080", Integer.toString(front))
                .replace("16379", Integer.toString(redis))
                .replace("1800", apps));
      }
    }
    supervisord = tree.awaited(tree.start("-n", "-c", "supervisord.conf"));
  }

  @AfterEach
  void stop() throws Exception {
    tree.call("supervisor.shutdown");
    Tree.exitCode(supervisord);
    tree.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** All but the last digit of ports of which those that end in 1 and 2 are free. */
  private static String freeDecade() throws IOException {
    while (true) {
      int decade = freePort() / 10;
      try (ServerSocket one =
              new ServerSocket(decade * 10 + 1, 1, InetAddress.getLoopbackAddress());
          ServerSocket two =
              new ServerSocket(decade * 10 + 2, 1, InetAddress.getLoopbackAddress())) {
        assertThat(two.getLocalPort()).isGreaterThan(one.getLocalPort());
        return Integer.toString(decade);
      } catch (IOException taken) {
        // another one then
      }
    }
  }

  /** How many visitors there were; negative when it does not answer as it should. */
  private int visitor() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front + "/"))
              .timeout(Tree.PATIENCE)
              .build();
      Matcher visitor = VISITOR.matcher(client.send(request, BodyHandlers.ofString()).body());
      return visitor.find() ? Integer.parseInt(visitor.group(1)) : -1;
    } catch (IOException | InterruptedException e) {
      return -1;
    }
  }

  private void awaitVisitorAfter(int last) {
    await().atMost(Tree.PATIENCE).until(() -> visitor() > last);
  }

  private int pid(String name) throws Exception {
    Matcher pid =
        Pattern.compile("<name>pid</name>\\s*<value><int>(\\d+)<")
            .matcher(tree.call("supervisor.getProcessInfo", name));
    return pid.find() ? Integer.parseInt(pid.group(1)) : 0;
  }

  private boolean isRunning(String name) throws Exception {
    return tree.call("supervisor.getProcessInfo", name).contains("<string>RUNNING<");
  }

  private List<Integer> pids() throws Exception {
    List<Integer> pids = new ArrayList<>();
    for (String name : LASTING) {
      pids.add(pid(name));
    }
    return pids;
  }

  @Test
  void eachStartsWhenWhatItNeedsIsThereAndComesBackWhenItIsKilled() throws Exception {
    awaitVisitorAfter(0);
    List<String> spawned =
        tree.text("run/supervisord.log")
            .lines()
            .filter(line -> line.contains("spawned: "))
            .map(line -> line.replaceFirst(".*spawned: '(\\w+)'.*", "$1"))
            .toList();
    assertThat(spawned.subList(0, 2)).containsExactly("redis", "migrate");
    assertThat(spawned.subList(2, 4)).containsExactlyInAnyOrder("app_1", "app_2");
    assertThat(spawned.subList(4, spawned.size())).containsExactly("nginx");

    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      int last = visitor();
      int victim = random.nextInt(LASTING.size());
      // one that dies again and again before it is RUNNING is given up, as it should be
      await().atMost(Tree.PATIENCE).until(() -> isRunning(LASTING.get(victim)));
      int before = pid(LASTING.get(victim));
      Tree.signal(before, "KILL");
      String what = "seed %d, round %d: %s".formatted(seed, round, LASTING.get(victim));
      await(what)
          .atMost(Tree.PATIENCE)
          .until(() -> pids().stream().allMatch(pid -> pid > 0 && pid != before));
      awaitVisitorAfter(last);
    }
  }
}
