package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatedCallerTest {

  @Test
  void aHeaderIsReadable() {
    Caller caller = new Caller(Optional.of("ann"), "10.0.0.7", Role.VIEWER);

    assertThat(new StatedCaller(caller, "inet_http_server").format())
        .isEqualTo("ann;viewer;10.0.0.7;inet_http_server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "-",
        "",
        ";",
        "a;admin;b;c",
        "ä\r\nX-Supervisor-Front: y",
        "a b+c%20",
        "\0"
      })
  void anyNameArrivesAsItWasAndIsOneHeader(String name) {
    for (Optional<String> user : List.of(Optional.of(name), Optional.<String>empty())) {
      StatedCaller stated =
          new StatedCaller(new Caller(user, "unix:" + name, Role.OPERATOR), "unix:" + name);

      assertThat(stated.format()).matches("[ -~]*");
      assertThat(StatedCaller.parse(stated.format())).hasValue(stated);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-;admin;x", "-;root;x;y", "-;admin;x;y;z", "-;admin;%;y"})
  void anythingElseIsNobody(String header) {
    assertThat(StatedCaller.parse(header)).isEmpty();
  }

  @Test
  void aSessionsTokenIsStatedAsWell() {
    Caller caller = new Caller(Optional.of("ann"), "10.0.0.7", Role.ADMIN);
    StatedCaller stated =
        new StatedCaller(caller, "inet_http_server", Optional.of("T-_".repeat(14) + "x"));
    assertThat(StatedCaller.parse(stated.format())).contains(stated);
    assertThat(StatedCaller.parse(StatedCaller.VISITOR)).isEmpty();
  }
}
