package ee.supervisor.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Speaks the Model Context Protocol, by streamable HTTP without sessions: nothing is kept of a
 * client between two of its requests.
 *
 * <p>Loaded apart from the application, which therefore hands over its tools in types of the JDK.
 */
public final class McpDoor extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String REQUEST = "request";

  private final transient HttpServletStatelessServerTransport transport;
  private final transient McpStatelessSyncServer server;

  /**
   * Opens it.
   *
   * @param about {@code name}, {@code version}, {@code instructions} and {@code maxRequestBytes}
   * @param tools each with {@code name}, {@code title}, {@code description}, {@code schema} (JSON)
   *     and {@code readOnly}
   * @param call given the request, and {@code name} and {@code arguments}, returns {@code text} and
   *     perhaps {@code structured}, or {@code error}
   */
  public McpDoor(
      Map<String, Object> about,
      List<Map<String, Object>> tools,
      BiFunction<HttpServletRequest, Map<String, Object>, Map<String, Object>> call) {
    McpJsonMapper json = new PlainErrors(McpJsonDefaults.getMapper());
    transport =
        HttpServletStatelessServerTransport.builder()
            .jsonMapper(json)
            .messageEndpoint("/mcp")
            .maxRequestSize((Integer) about.get("maxRequestBytes"))
            .contextExtractor(request -> McpTransportContext.create(Map.of(REQUEST, request)))
            .build();
    server =
        McpServer.sync(transport)
            .serverInfo((String) about.get("name"), (String) about.get("version"))
            .instructions((String) about.get("instructions"))
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            // on the thread of the request, whose attributes say who makes it
            .immediateExecution(true)
            .tools(tools.stream().map(tool -> specification(json, tool, call)).toList())
            .build();
  }

  private static SyncToolSpecification specification(
      McpJsonMapper json,
      Map<String, Object> tool,
      BiFunction<HttpServletRequest, Map<String, Object>, Map<String, Object>> call) {
    boolean readOnly = (Boolean) tool.get("readOnly");
    String name = (String) tool.get("name");
    return new SyncToolSpecification(
        Tool.builder(name, json, (String) tool.get("schema"))
            .title((String) tool.get("title"))
            .description((String) tool.get("description"))
            .annotations(
                McpSchema.ToolAnnotations.builder()
                    .readOnlyHint(readOnly)
                    .destructiveHint(!readOnly)
                    .idempotentHint(readOnly)
                    .openWorldHint(false)
                    .build())
            .build(),
        (context, request) ->
            result(
                call.apply(
                    (HttpServletRequest) context.get(REQUEST),
                    Map.of(
                        "name",
                        name,
                        "arguments",
                        request.arguments() == null ? Map.of() : request.arguments()))));
  }

  private static CallToolResult result(Map<String, Object> outcome) {
    CallToolResult.Builder result = CallToolResult.builder();
    if (outcome.get("error") instanceof String error) {
      return result.addTextContent(error).isError(true).build();
    }
    result.addTextContent((String) outcome.get("text"));
    if (outcome.get("structured") instanceof Map<?, ?> structured) {
      result.structuredContent(structured);
    }
    return result.isError(false).build();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    transport.service(request, response);
  }

  @Override
  public void destroy() {
    server.close();
  }
}
