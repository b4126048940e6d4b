package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Role;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has an update made by the page, and how. */
class PlanAccessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private DoorServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .inet()
            .user("ada", "a", Role.ADMIN)
            .user("olga", "o", Role.OPERATOR)
            .program("cat", "/bin/cat");
    server = DoorServer.start(configuration, directory);
    configuration.program("added", "/bin/cat");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(
      String method, String path, String form, String user, String site) throws Exception {
    String credentials = Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    return http.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Basic " + credentials)
            .header("Sec-Fetch-Site", site)
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private boolean isUpdated() {
    return server.supervisor().processes().stream().anyMatch(one -> one.name().equals("added"));
  }

  @Test
  void anAdminUpdatesByTheButton() throws Exception {
    assertThat(send("POST", "/plan.html", "action=update", "ada:a", "same-origin").statusCode())
        .isEqualTo(303);
    assertThat(isUpdated()).isTrue();
  }

  @Test
  void noLinkUpdates() throws Exception {
    for (String path : new String[] {"/plan.html?action=update", "/index.html?action=update"}) {
      send("GET", path, "", "ada:a", "none");
      assertThat(isUpdated()).as(path).isFalse();
    }
    assertThat(send("POST", "/plan.html", "action=update", "ada:a", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", "/plan.html", "action=stopall", "ada:a", "same-origin").statusCode())
        .isEqualTo(400);
    assertThat(isUpdated()).isFalse();
  }

  @Test
  void whoIsNoAdminUpdatesNothing() throws Exception {
    assertThat(send("GET", "/plan.html", "", "olga:o", "same-origin").statusCode()).isEqualTo(403);
    assertThat(send("POST", "/plan.html", "action=update", "olga:o", "same-origin").statusCode())
        .isEqualTo(403);
    assertThat(isUpdated()).isFalse();
  }
}
