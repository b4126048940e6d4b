package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * The OpenAPI document as a promise: finds what it says of an answer, and whether that is so.
 *
 * <p>It is taken at its word: a member that a schema does not name is wrong here, while clients are
 * free to pass over it.
 */
final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> VERBS = Set.of("get", "put", "post", "delete");

  private final JsonNode document;
  private final SchemaRegistry schemas = SchemaRegistry.withDialect(Dialects.getOpenApi30());
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  /**
   * One verb of one path.
   *
   * @param path the template, {@code /processes/{name}}
   */
  record Operation(String path, String verb, JsonNode description) {

    boolean matches(String actualPath) {
      return actualPath.matches(Pattern.compile("\\{[^}]*}").matcher(path).replaceAll("[^/]+"));
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  Contract() {
    document = read();
    document.at("/components/schemas").forEach(Contract::close);
  }

  /** The document as it is. */
  static JsonNode read() {
    try (InputStream yaml = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb -> {
                          assertThat(VERBS).contains(verb.getKey());
                          operations.add(
                              new Operation(path.getKey(), verb.getKey(), verb.getValue()));
                        }));
    return operations;
  }

  /** What {@code node} refers to, or itself. */
  JsonNode resolve(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      String pointer = found.get("$ref").asText().substring(1);
      found = document.at(pointer);
      assertThat(found.isMissingNode()).as(pointer).isFalse();
    }
    return found;
  }

  /** Checks {@code value} against a schema of the document. */
  void check(String what, JsonNode schema, JsonNode value) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("allOf").add(schema);
    root.set("components", document.get("components"));
    assertThat(schemas.getSchema(root).validate(value)).as("%s: %s", what, value).isEmpty();
  }

  /** Checks {@code value} against a schema of that name. */
  void check(String what, String schema, String value) throws IOException {
    check(what, document.at("/components/schemas/" + schema), JSON.readTree(value));
  }

  /**
   * Checks an answer.
   *
   * @param path below {@code /api/v1}, with its query
   */
  void check(String verb, String path, HttpResponse<String> response) throws IOException {
    if (verb.equals("OPTIONS")) {
      return;
    }
    String what = verb + " " + path + " -> " + response.statusCode();
    Optional<Operation> operation = find(verb, path.replaceFirst("\\?.*", ""));
    if (operation.isEmpty()) {
      assertThat(response.statusCode()).as(what).isIn(404, 405);
      check(what, "Problem", response.body());
      return;
    }
    String status = Integer.toString(response.statusCode());
    JsonNode described = operation.get().description().get("responses");
    JsonNode received = resolve(described.path(described.has(status) ? status : "default"));
    assertThat(described.has(status) || response.statusCode() >= 400)
        .as(what + " is described")
        .isTrue();
    checkHeaders(what, received, response);
    checkBody(what, received, response, verb.equals("HEAD"));
    seen.add(operation.get() + " " + status);
  }

  private Optional<Operation> find(String verb, String path) {
    String wanted = verb.equals("HEAD") ? "get" : verb.toLowerCase(Locale.ROOT);
    return operations().stream()
        .filter(operation -> operation.verb().equals(wanted) && operation.matches(path))
        .findFirst();
  }

  private void checkHeaders(String what, JsonNode received, HttpResponse<String> response) {
    received
        .path("headers")
        .properties()
        .forEach(
            header -> {
              boolean required = resolve(header.getValue()).path("required").asBoolean();
              assertThat(response.headers().firstValue(header.getKey()).isPresent() || !required)
                  .as("%s has %s", what, header.getKey())
                  .isTrue();
            });
  }

  private void checkBody(
      String what, JsonNode received, HttpResponse<String> response, boolean headOnly)
      throws IOException {
    if (headOnly || !received.has("content")) {
      assertThat(response.body()).as(what).isEmpty();
      return;
    }
    String type =
        response.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
    assertThat(received.get("content").has(type)).as("%s may be %s", what, type).isTrue();
    if (type.endsWith("json")) {
      check(what, received.get("content").get(type).get("schema"), JSON.readTree(response.body()));
    }
  }

  /** Those answers to what was asked for that have been checked: {@code get /processes 200}. */
  Set<String> seen() {
    return seen;
  }

  /** All answers to what was asked for that are described. */
  Set<String> successes() {
    Set<String> successes = new TreeSet<>();
    operations()
        .forEach(
            operation ->
                operation
                    .description()
                    .get("responses")
                    .properties()
                    .forEach(
                        response -> {
                          if (response.getKey().matches("[23].*")) {
                            successes.add(operation + " " + response.getKey());
                          }
                        }));
    return successes;
  }
}
