package ee.supervisor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door, asked by the client of the same library. */
class McpDoorTest {
  private final Tomcat tomcat = new Tomcat();

  @TempDir Path scratch;

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(scratch.toString());
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", scratch.toString());
    Map<String, Object> echo =
        Map.of(
            "name", "echo",
            "title", "Echo",
            "description", "says it again",
            "schema",
                "{\"type\":\"object\",\"properties\":{\"say\":{\"type\":\"string\"}},"
                    + "\"required\":[\"say\"],\"additionalProperties\":false}",
            "readOnly", true);
    McpDoor door =
        new McpDoor(
            Map.of(
                "name", "test",
                "version", "1",
                "instructions", "be brief",
                "maxRequestBytes", 10_000),
            List.of(echo),
            McpDoorTest::echo);
    Tomcat.addServlet(context, "mcp", door);
    context.addServletMappingDecoded("/mcp", "mcp");
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static Map<String, Object> echo(HttpServletRequest request, Map<String, Object> call) {
    Object said = ((Map<?, ?>) call.get("arguments")).get("say");
    return "fail".equals(said)
        ? Map.of("error", "it failed")
        : Map.of(
            "text",
            said + " from " + request.getHeader("X-User"),
            "structured",
            Map.of("said", said));
  }

  private String place() {
    return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
  }

  private McpSyncClient client() {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder(place())
                .endpoint("/mcp")
                .requestBuilder(HttpRequest.newBuilder().header("X-User", "ann"))
                .build())
        .build();
  }

  private static McpSchema.CallToolRequest request(String tool, Map<String, Object> arguments) {
    return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
  }

  @Test
  void theClientOfTheLibraryFindsTheToolsAndCallsThem() {
    try (McpSyncClient client = client()) {
      assertThat(client.initialize().serverInfo().name()).isEqualTo("test");
      McpSchema.Tool tool = client.listTools().tools().get(0);
      assertThat(tool.name()).isEqualTo("echo");
      assertThat(tool.annotations().readOnlyHint()).isTrue();
      McpSchema.CallToolResult result = client.callTool(request("echo", Map.of("say", "hello")));
      assertThat(result.isError()).isFalse();
      assertThat(((McpSchema.TextContent) result.content().get(0)).text())
          .isEqualTo("hello from ann");
      assertThat(result.structuredContent()).isEqualTo(Map.of("said", "hello"));
    }
  }

  @Test
  void whatFailsIsAResultAndNotTheEndOfTheConversation() {
    try (McpSyncClient client = client()) {
      client.initialize();
      McpSchema.CallToolResult failed = client.callTool(request("echo", Map.of("say", "fail")));
      assertThat(failed.isError()).isTrue();
      assertThat(client.callTool(request("echo", Map.of("say", "x"))).isError()).isFalse();
    }
  }

  @Test
  void whatIsNoRequestOrTooLongIsRefused() throws Exception {
    HttpResponse<String> refused = post("{");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":").doesNotContain("stackTrace", "McpError");
    assertThat(post("[" + "1,".repeat(20_000) + "1]").statusCode()).isIn(400, 413);
  }

  private HttpResponse<String> post(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
