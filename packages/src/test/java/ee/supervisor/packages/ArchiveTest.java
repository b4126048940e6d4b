package ee.supervisor.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives, unpacked where nobody knew of, in a directory whose name has a blank. */
class ArchiveTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Process supervisord;

  @AfterEach
  void endIt() throws InterruptedException {
    if (supervisord != null) {
      supervisord.destroy();
      if (!supervisord.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        supervisord.destroyForcibly();
      }
    }
  }

  private Path unpacked(String glob) throws Exception {
    Path target = Files.createDirectory(directory.resolve("some where"));
    run(List.of("tar", "-xf", Packages.matching(glob).toString(), "-C", target.toString()));
    try (Stream<Path> entries = Files.list(target)) {
      return entries.findFirst().orElseThrow();
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  private void runs(Path tree) throws IOException {
    Path conf = directory.resolve("supervisord.conf");
    Files.writeString(
        conf,
        """
        [supervisord]
        logfile = %(here)s/supervisord.log
        pidfile = %(here)s/supervisord.pid
        childlogdir = %(here)s
        [unix_http_server]
        file = %(here)s/s
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        [supervisorctl]
        serverurl = unix://%(here)s/s
        [program:cat]
        command = /bin/cat
        """);
    supervisord =
        new ProcessBuilder(tree.resolve("bin/supervisord").toString(), "-n", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console").toFile())
            .start();
    List<String> status =
        List.of(tree.resolve("bin/supervisorctl").toString(), "-c", conf.toString(), "status");
    await()
        .atMost(PATIENCE)
        .failFast(() -> !supervisord.isAlive())
        .until(() -> run(status).startsWith("cat                              RUNNING"));
  }

  @Test
  void theTreeRunsWhereverItIsUnpacked() throws Exception {
    runs(unpacked("*-any-java.tar.gz"));
  }

  @Test
  void theTreeWithAJavaRunsOnThatOne() throws Exception {
    Path tree = unpacked("*-linux-*.tar.gz");
    runs(tree);
    assertThat(Path.of("/proc", Long.toString(supervisord.pid()), "exe").toRealPath())
        .isEqualTo(tree.resolve("runtime/bin/java").toRealPath());
  }

  @Test
  void theChecksumsAreThoseOfThePackages() throws Exception {
    String directory = Packages.DIRECTORY.toString();
    String checked = run(List.of("sh", "-c", "cd '" + directory + "' && sha256sum -c SHA256SUMS"));
    assertThat(checked.lines())
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(line -> assertThat(line).endsWith(": OK"));
  }

  @Test
  void whatIsShippedIsListedWithItsLicence() throws Exception {
    Path documents = unpacked("*-any-java.tar.gz").resolve("share/doc/supervisor-ee");
    assertThat(documents.resolve("THIRD-PARTY.txt"))
        .content()
        .contains("io.netty:netty-codec-http", "org.jline:jline", "fish.payara.extras:payara-micro")
        .doesNotContain("Unknown license");
    assertThat(documents.resolve("PAYARA-PARTS.txt"))
        .content()
        .contains("jersey-server.jar", "weld-osgi-bundle.jar")
        .doesNotContain("hazelcast-eclipselink");
    assertThat(documents.resolve("supervisor-ee.cdx.json"))
        .content()
        .contains("pkg:maven/io.netty/netty-handler@", "\"CycloneDX\"");
    assertThat(documents.resolve("LICENSE")).exists();
  }
}
