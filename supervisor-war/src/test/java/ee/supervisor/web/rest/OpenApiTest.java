package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HttpMethod;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/** The OpenAPI document: well-formed, and about what there is. */
class OpenApiTest {

  private static SwaggerParseResult parse() throws Exception {
    try (InputStream document = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
      ParseOptions options = new ParseOptions();
      options.setResolve(true);
      return new OpenAPIV3Parser()
          .readContents(new String(document.readAllBytes(), StandardCharsets.UTF_8), null, options);
    }
  }

  @Test
  void theDocumentIsValid() throws Exception {
    assertThat(parse().getMessages()).isEmpty();
  }

  @Test
  void noSchemaHasTheNameOfAClassThatGeneratedClientsBringAlong() throws Exception {
    assertThat(parse().getOpenAPI().getComponents().getSchemas())
        .doesNotContainKeys("ApiClient", "ApiException", "ApiResponse", "Configuration", "Pair");
  }

  @Test
  void everyOperationSaysWhatItDoesAndHowItIsRefused() throws Exception {
    parse()
        .getOpenAPI()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (verb, operation) -> {
                          String name = verb + " " + path;
                          assertThat(operation.getSummary()).as(name).isNotBlank();
                          assertThat(operation.getOperationId()).as(name).isNotBlank();
                          assertThat(operation.getResponses()).as(name).containsKeys("400", "401");
                        }));
  }

  @Test
  void everyOperationOfEveryResourceIsDescribed() throws Exception {
    Set<String> described = new TreeSet<>();
    parse()
        .getOpenAPI()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .keySet()
                    .forEach(verb -> described.add(verb.name() + " " + path)));

    Set<String> there = new TreeSet<>();
    for (Class<?> type : new RestApplication().getClasses()) {
      for (Method method : type.getDeclaredMethods()) {
        verb(method).ifPresent(verb -> there.addAll(operations(type, method, verb)));
      }
    }

    assertThat(there).isNotEmpty();
    assertThat(described).containsAll(there);
    described.removeAll(there);
    String servlets = servlets();
    assertThat(described).allMatch(one -> one.matches("[A-Z]+ (" + servlets + ")"));
    for (String servlet : servlets.split("\\|", -1)) {
      assertThat(described).as(servlet).anyMatch(one -> one.matches("[A-Z]+ " + servlet));
    }
  }

  /**
   * Whose paths are not JAX-RS's, as a regular expression; AnswersTest asks them for their verbs.
   */
  private static String servlets() throws Exception {
    NodeList patterns =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("src/main/webapp/WEB-INF/web.xml").toFile())
            .getElementsByTagName("url-pattern");
    return IntStream.range(0, patterns.getLength())
        .mapToObj(i -> patterns.item(i).getTextContent())
        .filter(pattern -> pattern.startsWith("/api/v1/") && !pattern.equals("/api/v1/*"))
        .map(pattern -> pattern.substring("/api/v1".length()).replace("/*", "/.*"))
        .collect(Collectors.joining("|"));
  }

  @Test
  void itIsServedAsYamlAndToWhoAsksForItAsJson(@TempDir Path directory) throws Exception {
    try (DoorServer server = DoorServer.start(new TestConfiguration(directory).inet(), directory)) {
      JsonNode document = Contract.read();
      for (String yaml : List.of("/openapi", "/openapi?format=yaml")) {
        HttpResponse<String> response = get(server, yaml, "*/*");
        assertThat(type(response)).isEqualTo("application/yaml;charset=utf-8");
        assertThat(new YAMLMapper().readTree(response.body())).isEqualTo(document);
      }
      for (HttpResponse<String> response :
          List.of(
              get(server, "/openapi", "application/json"),
              get(server, "/openapi", "application/json, */*;q=0.5"),
              get(server, "/openapi?format=json", "*/*"),
              get(server, "/openapi?format=JSON", "application/yaml"))) {
        assertThat(type(response)).isEqualTo("application/json;charset=utf-8");
        assertThat(new ObjectMapper().readTree(response.body())).isEqualTo(document);
      }
      HttpResponse<String> unknown = get(server, "/openapi?format=xml", "*/*");
      assertThat(unknown.statusCode()).isEqualTo(400);
      assertThat(type(unknown)).isEqualTo("application/problem+json");
    }
  }

  private static HttpResponse<String> get(DoorServer server, String path, String accept)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.uri(path)).header("Accept", accept).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getSimpleName().toUpperCase(Locale.ROOT))
        .findFirst();
  }

  private static Set<String> operations(Class<?> type, Method method, String verb) {
    String path = "/" + type.getAnnotation(jakarta.ws.rs.Path.class).value();
    if (method.isAnnotationPresent(jakarta.ws.rs.Path.class)) {
      path += "/" + method.getAnnotation(jakarta.ws.rs.Path.class).value();
    }
    Set<String> operations = new TreeSet<>();
    int choice = path.indexOf("{action: ");
    if (choice < 0) {
      operations.add(verb + " " + path);
    } else {
      String actions = path.substring(choice + "{action: ".length(), path.length() - 1);
      for (String action : actions.split("\\|", -1)) {
        operations.add(verb + " " + path.substring(0, choice) + action);
      }
    }
    return operations;
  }
}
