package ee.supervisor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/** Holds the order of packages that docs/architecture.md draws: arrows point down only. */
@AnalyzeClasses(packages = "ee.supervisor", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {

  /** From the top down. Those of one line know nothing of one another. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("launcher"),
          List.of("ejb", "front", "telemetry"),
          List.of("health", "jmx", "live", "login", "logtail", "metrics", "xmlrpc"),
          List.of("http", "rpc"),
          List.of("access"),
          List.of("control"),
          List.of("notify"),
          List.of("check"),
          List.of("process"),
          List.of("listener"),
          List.of("output"),
          List.of("clock", "host"),
          List.of("budget", "posix"),
          List.of("guard"),
          List.of("config"),
          List.of("client", "event", "getopt", "plugin", "tls"),
          List.of("protocol"),
          List.of("text"));

  @ArchTest static final ArchRule packagesDependDownwardsOnly = downwardsOnly();

  private static ArchRule downwardsOnly() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String name : names()) {
      layers = layers.layer(name).definedBy("ee.supervisor." + name + "..");
    }
    List<String> above = new ArrayList<>();
    for (List<String> line : ORDER) {
      for (String name : line) {
        layers =
            above.isEmpty()
                ? layers.whereLayer(name).mayNotBeAccessedByAnyLayer()
                : layers.whereLayer(name).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
      }
      above.addAll(line);
    }
    return layers;
  }

  private static List<String> names() {
    return ORDER.stream().flatMap(List::stream).toList();
  }

  /** A package that the order above does not know could be used by all and use all. */
  @ArchTest
  static final ArchRule everyPackageHasAPlace =
      classes()
          .that()
          .resideOutsideOfPackage("ee.supervisor.testing..")
          .should()
          .resideInAnyPackage(
              names().stream().map(name -> "ee.supervisor." + name + "..").toArray(String[]::new));

  @ArchTest
  static final ArchRule theSupervisorNeedsNoContainer =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.supervisor.ejb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");

  @ArchTest
  static final ArchRule onlyPosixMakesNativeCalls =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.supervisor.posix..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.kenai.jffi..");
}
