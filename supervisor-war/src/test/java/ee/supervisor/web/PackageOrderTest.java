package ee.supervisor.web;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * Holds the order of the application's packages: what serves paths, who is let in, what all share,
 * how HTTP is spoken. Arrows point down only.
 */
@AnalyzeClasses(
    packages = "ee.supervisor.web",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
  private static final String ROOT = "ee.supervisor.web";

  @ArchTest
  static final ArchRule packagesDependDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("handler")
          .definedBy(ROOT + ".handler..")
          .layer("health")
          .definedBy(ROOT + ".health..")
          .layer("mcp")
          .definedBy(ROOT + ".mcp..")
          .layer("metrics")
          .definedBy(ROOT + ".metrics..")
          .layer("page")
          .definedBy(ROOT + ".page..")
          .layer("rest")
          .definedBy(ROOT + ".rest..")
          .layer("auth")
          .definedBy(ROOT + ".auth..")
          .layer("shared")
          .definedBy(ROOT)
          .layer("http")
          .definedBy(ROOT + ".http..")
          .whereLayer("handler")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("health")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("mcp")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("metrics")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("page")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("rest")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("auth")
          .mayOnlyBeAccessedByLayers("handler", "health", "mcp", "metrics", "page", "rest")
          .whereLayer("shared")
          .mayOnlyBeAccessedByLayers("handler", "health", "mcp", "metrics", "page", "rest", "auth")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule howHttpIsSpokenKnowsNoApplication =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(ROOT + ".http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ee.supervisor.control..", "ee.supervisor.process..", "jakarta.ws..");
}
