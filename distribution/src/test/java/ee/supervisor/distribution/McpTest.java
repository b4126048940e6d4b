package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assistants, by the client of the protocol's own library, at a whole supervisord. */
class McpTest {
  private static final String USERS =
      """
      [user:vera]
      password = v
      role = viewer
      [user:olga]
      password = o
      role = operator
      [program:cat]
      command = /bin/cat
      environment = SECRET="sesame"
      startsecs = 0
      [program:talker]
      command = /bin/sh -c 'echo first; echo last words; exec sleep 1000'
      startsecs = 0
      """;

  @TempDir private Path directory;

  private static String basic(String user) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + user.charAt(0)).getBytes(UTF_8));
  }

  private static McpSyncClient client(Tree tree, String user) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + tree.port())
                .endpoint("/mcp")
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", basic(user)))
                .build())
        .requestTimeout(Duration.ofMinutes(1))
        .build();
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    return text(client.callTool(request(tool, arguments)));
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().get(0)).text();
  }

  private static void awaitDoors(Tree tree) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + "/"))
            .header("Authorization", basic("vera"))
            .build();
    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                    == 200);
  }

  private static McpSchema.CallToolRequest request(String tool, Map<String, Object> arguments) {
    return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
  }

  @Test
  void whoMayLooksAndWhoMayDoes() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configure(USERS);
      tree.addToSupervisord("mcp = operator\naudit_logfile = %(here)s/audit.json");
      tree.start("-n", "-c", "supervisord.conf");
      awaitDoors(tree);
      try (McpSyncClient vera = client(tree, "vera")) {
        vera.initialize();
        assertThat(vera.listTools().tools())
            .extracting(McpSchema.Tool::name)
            .containsExactlyInAnyOrder("status", "describe", "logs", "plan");
        assertThat(call(vera, "status", Map.of())).contains("\"cat\"", "RUNNING");
        assertThat(call(vera, "describe", Map.of("name", "cat")))
            .contains("/bin/cat", "SECRET")
            .doesNotContain("sesame");
        await()
            .untilAsserted(
                () ->
                    assertThat(call(vera, "logs", Map.of("name", "talker", "lines", 1)))
                        .isEqualTo("last words"));
        assertThat(call(vera, "logs", Map.of())).contains("spawned: 'cat'");
        assertThat(call(vera, "plan", Map.of())).contains("\"added\":[]", "\"groups\":[]");
        tree.configure(USERS.replace("last words", "no more words"));
        tree.addToSupervisord("mcp = operator\naudit_logfile = %(here)s/audit.json");
        assertThat(call(vera, "plan", Map.of("onlyChanged", true)))
            .contains("\"changed\":[\"talker\"]", "\"restarts\":[\"talker\"]")
            .doesNotContain("words");
        assertThat(vera.callTool(request("plan", Map.of("groups", "talker"))).isError()).isTrue();
        assertThat(vera.callTool(request("describe", Map.of("name", "nobody"))).isError()).isTrue();
      }
      try (McpSyncClient olga = client(tree, "olga")) {
        olga.initialize();
        assertThat(call(olga, "stop", Map.of("name", "cat"))).startsWith("stop cat: ");
        await()
            .untilAsserted(
                () ->
                    assertThat(call(olga, "status", Map.of("filter", "cat"))).contains("STOPPED"));
        assertThat(call(olga, "start", Map.of("name", "cat:*"))).contains("cat:cat done");
        McpSchema.CallToolResult again = olga.callTool(request("start", Map.of("name", "cat")));
        assertThat(again.isError()).isTrue();
        assertThat(text(again)).isEqualTo("ALREADY_STARTED: cat");
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(tree.text("supervisord.log"))
                      .contains(
                          "audit: door=mcp user=olga from=127.0.0.1 what=stop cat result=OK"));
      await()
          .untilAsserted(
              () ->
                  assertThat(tree.text("audit.json"))
                      .contains("\"door\":\"mcp\",\"user\":\"olga\",\"role\":\"operator\"")
                      .contains("\"what\":\"start cat\",\"outcome\":\"failure\""));
    }
  }

  @Test
  void withoutTheOptionThereIsNothing() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configure("");
      tree.startAndAwait();
      tree.awaitPage();

      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + "/mcp"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
