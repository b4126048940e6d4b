package ee.supervisor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the bill of materials and the licences are of what is shipped, and of all of it. */
class BillOfMaterialsTest {
  private static final Path STAGE = Path.of("target/stage");
  private static final Path DOCUMENTS = STAGE.resolve("share/doc/supervisor-ee");
  private static final String SCHEMAS = "http://cyclonedx.org/schema/";

  /** Made here of several, or of parts of one; what is in them is in the bill by its own name. */
  private static final Set<String> OURS =
      Set.of(
          "supervisord",
          "supervisor-doors",
          "supervisor-beans",
          "supervisor-mcp",
          "supervisorctl",
          "superlance",
          "superlance-beans",
          "jmx-console",
          "payara",
          "payara-boot",
          "flashlight-agent");

  private static JsonArray components;

  @BeforeAll
  static void readIt() throws Exception {
    components = JsonParser.object().from(bill()).getArray("components");
  }

  private static String bill() throws IOException {
    return Files.readString(DOCUMENTS.resolve("supervisor-ee.cdx.json"));
  }

  private static String schema(String name) {
    try (InputStream in = BillOfMaterialsTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itIsAsCycloneDxWantsIt() throws Exception {
    Map<String, String> schemas =
        Stream.of("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")
            .collect(Collectors.toMap(name -> SCHEMAS + name, BillOfMaterialsTest::schema));
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7, builder -> builder.schemas(schemas));
    assertThat(
            registry
                .getSchema(SchemaLocation.of(SCHEMAS + "bom-1.6.schema.json"))
                .validate(bill(), InputFormat.JSON))
        .isEmpty();
    assertThat(Packages.matching("supervisor-ee-*.cdx.json")).hasContent(bill());
  }

  @Test
  void everyJarThatIsShippedIsInItAndAmongTheLicences() throws Exception {
    Set<String> listed = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (Object each : components) {
      JsonObject component = (JsonObject) each;
      listed.add(component.getString("name") + "-" + component.getString("version"));
      names.add(component.getString("name"));
    }
    String licences = Files.readString(DOCUMENTS.resolve("THIRD-PARTY.txt"));
    List<String> jars;
    try (Stream<Path> files = Files.walk(STAGE.resolve("lib"))) {
      jars =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.replaceFirst("(-native)?\\.jar$", ""))
              .filter(name -> !OURS.contains(name))
              .distinct()
              .toList();
    }
    assertThat(jars)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            jar -> {
              String name = jar.replaceFirst("-[0-9][^-]*(-SNAPSHOT)?$", "");
              assertThat(name.equals(jar) ? names : listed).contains(jar);
              if (!name.startsWith("super")) {
                assertThat(licences).contains(":" + name + ":");
              }
            });
  }

  @Test
  void everyLibraryHasALicence() {
    assertThat(
            components.stream()
                .map(JsonObject.class::cast)
                .filter(component -> !component.has("licenses"))
                .map(component -> component.getString("name"))
                .collect(joining(" ")))
        // whose pom has none; what it is under is in THIRD-PARTY.txt
        .isIn("", "nanojson");
  }
}
