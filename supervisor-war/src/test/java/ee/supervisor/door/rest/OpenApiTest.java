package ee.supervisor.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
    assertThat(described.stream().filter(one -> !one.contains("/logs") && !one.contains("/events")))
        .containsExactlyElementsOf(there);
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getSimpleName().toUpperCase(Locale.ROOT))
        .findFirst();
  }

  private static Set<String> operations(Class<?> type, Method method, String verb) {
    String path = "/" + type.getAnnotation(Path.class).value();
    if (method.isAnnotationPresent(Path.class)) {
      path += "/" + method.getAnnotation(Path.class).value();
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
