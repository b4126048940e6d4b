package ee.supervisor.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JSON as another does, but errors as JSON-RPC has them: the library writes the whole
 * exception to who sends what is no request, its stack trace with it.
 */
record PlainErrors(McpJsonMapper other) implements McpJsonMapper {

  @Override
  public <T> T readValue(String content, Class<T> type) throws IOException {
    return other.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, Class<T> type) throws IOException {
    return other.readValue(content, type);
  }

  @Override
  public <T> T readValue(String content, TypeRef<T> type) throws IOException {
    return other.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
    return other.readValue(content, type);
  }

  @Override
  public <T> T convertValue(Object from, Class<T> type) {
    return other.convertValue(from, type);
  }

  @Override
  public <T> T convertValue(Object from, TypeRef<T> type) {
    return other.convertValue(from, type);
  }

  @Override
  public String writeValueAsString(Object value) throws IOException {
    return other.writeValueAsString(plain(value));
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return other.writeValueAsBytes(plain(value));
  }

  private static Object plain(Object value) {
    if (!(value instanceof McpError error)) {
      return value;
    }
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("jsonrpc", "2.0");
    response.put("id", null);
    response.put(
        "error",
        Map.of(
            "code", error.getJsonRpcError().code(),
            "message", error.getJsonRpcError().message()));
    return response;
  }
}
