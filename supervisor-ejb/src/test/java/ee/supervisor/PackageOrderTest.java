package ee.supervisor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Holds the order of packages that docs/architecture.md draws: arrows point down only. */
@AnalyzeClasses(packages = "ee.supervisor", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {

  @ArchTest
  static final ArchRule packagesDependDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("ejb")
          .definedBy("ee.supervisor.ejb..")
          .layer("jmx")
          .definedBy("ee.supervisor.jmx..")
          .layer("rpc")
          .definedBy("ee.supervisor.rpc..")
          .layer("relay")
          .definedBy("ee.supervisor.relay..")
          .layer("access")
          .definedBy("ee.supervisor.access..")
          .layer("control")
          .definedBy("ee.supervisor.control..")
          .layer("process")
          .definedBy("ee.supervisor.process..")
          .layer("event")
          .definedBy("ee.supervisor.event..")
          .layer("output")
          .definedBy("ee.supervisor.output..")
          .layer("config")
          .definedBy("ee.supervisor.config..")
          .layer("tls")
          .definedBy("ee.supervisor.tls..")
          .layer("plugin")
          .definedBy("ee.supervisor.plugin..")
          .layer("posix")
          .definedBy("ee.supervisor.posix..")
          .whereLayer("ejb")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("jmx")
          .mayOnlyBeAccessedByLayers("ejb")
          .whereLayer("rpc")
          .mayOnlyBeAccessedByLayers("ejb")
          .whereLayer("relay")
          .mayOnlyBeAccessedByLayers("ejb")
          .whereLayer("access")
          .mayOnlyBeAccessedByLayers("rpc", "jmx", "ejb")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("access", "rpc", "jmx", "ejb")
          .whereLayer("process")
          .mayOnlyBeAccessedByLayers("control", "access", "rpc", "jmx", "ejb")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("process", "control", "access", "rpc", "jmx", "ejb")
          .whereLayer("output")
          .mayOnlyBeAccessedByLayers("event", "process", "control", "access", "rpc", "jmx", "ejb")
          .whereLayer("plugin")
          .mayOnlyBeAccessedByLayers("event", "rpc")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("config")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers(
              "relay", "output", "event", "process", "control", "access", "rpc", "jmx", "ejb");

  /** A package that the order above does not know could be used by all and use all. */
  @ArchTest
  static final ArchRule everyPackageHasAPlace =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.of(
                      "ejb", "jmx", "rpc", "relay", "access", "control", "process", "event",
                      "output", "config", "plugin", "tls", "posix")
                  .map(name -> "ee.supervisor." + name + "..")
                  .toArray(String[]::new));

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
          .resideInAnyPackage("jnr..", "com.kenai.jffi..");
}
