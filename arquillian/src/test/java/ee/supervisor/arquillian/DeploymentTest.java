package ee.supervisor.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The WAR on a Payara Micro that knows nothing of a launcher, its configuration named by the
 * environment; deployed, taken back, and deployed again.
 */
@ExtendWith(ArquillianExtension.class)
class DeploymentTest {
  /**
   * Not HTTP/2: what asks for the upgrade with a body to it, Payara leaves without an answer now
   * and then.
   */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String SUPERVISOR = "supervisor";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ArquillianResource private Deployer deployer;

  @Deployment(name = SUPERVISOR, managed = false, testable = false)
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File("../supervisor-war/target/supervisor.war"));
  }

  @Test
  void aProgramRunsWhileTheWarIsDeployedAndNoLonger() throws Exception {
    Path first = runsWhileDeployed();
    Path second = runsWhileDeployed();

    assertThat(second).isNotEqualTo(first);
  }

  /** Its entry in /proc. */
  private Path runsWhileDeployed() throws Exception {
    Path pidFile = Path.of("target/test-classes/child.pid");
    Files.deleteIfExists(pidFile);
    deployer.deploy(SUPERVISOR);
    Path child;
    try {
      await().atMost(PATIENCE).until(() -> Files.exists(pidFile));
      child = child(pidFile);
      assertThat(child).exists();
      assertThat(call("supervisor.getState")).contains("RUNNING");
    } finally {
      deployer.undeploy(SUPERVISOR);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(child).doesNotExist());
    return child;
  }

  private static Path child(Path pidFile) throws IOException {
    return Path.of("/proc", Files.readString(pidFile).strip());
  }

  private static String call(String method) throws IOException, InterruptedException {
    String body = "<methodCall><methodName>" + method + "</methodName></methodCall>";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:18734/RPC2"))
            .header("Content-Type", "text/xml")
            .POST(BodyPublishers.ofString(body, UTF_8))
            .build();
    return HTTP.send(request, BodyHandlers.ofString(UTF_8)).body();
  }
}
