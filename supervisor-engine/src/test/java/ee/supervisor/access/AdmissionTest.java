package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Password;
import ee.supervisor.config.Role;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final int DEPLOY = 4242;

  private final FailureDelay delays = new FailureDelay(() -> 0);

  private static HttpServerConfig inet(Optional<String> user, Optional<String> password) {
    return new HttpServerConfig.Inet(
        "inet_http_server", "", 9001, user, password, Optional.empty());
  }

  private static HttpServerConfig unix(
      Optional<String> user, Optional<String> password, HttpServerConfig.Peer... peers) {
    return new HttpServerConfig.Unix(
        "unix_http_server:ops",
        "/run/s.sock",
        0700,
        SocketOwner.UNCHANGED,
        user,
        password,
        List.of(peers));
  }

  private static AccessConfig users(User... users) {
    return new AccessConfig(new Users(List.of(users)), Optional.empty());
  }

  private Admission admission(HttpServerConfig server, User... users) {
    return new Admission(server, users(users), delays);
  }

  private static Client tcp(String address) {
    return Client.inet("inet_http_server", address);
  }

  private static Client account(int uid) {
    return Client.unix("unix_http_server:ops", uid);
  }

  private static Optional<String> basic(String credentials) {
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  private static Verdict admitted(String user, String from, Role role) {
    return new Verdict.Admitted(new Caller(user.isEmpty() ? NONE : Optional.of(user), from, role));
  }

  private static User user(String name, Role role) {
    return new User(name, new Password("secret"), role);
  }

  @Test
  void withoutAnyUserEverybodyIsAnAdmin() {
    assertThat(admission(inet(NONE, NONE)).judge(tcp("10.0.0.7"), NONE))
        .isEqualTo(admitted("", "10.0.0.7", Role.ADMIN));
  }

  @Test
  void theServersOwnUserIsAnAdmin() {
    Admission admission = admission(inet(Optional.of("ann"), Optional.of("a:b:ü")));

    assertThat(admission.judge(tcp("::1"), NONE)).isEqualTo(new Verdict.Unauthorized());
    assertThat(admission.judge(tcp("::1"), basic("ann:a"))).isEqualTo(new Verdict.Unauthorized());
    assertThat(admission.judge(tcp("::1"), basic("ann:a:b:ü")))
        .isEqualTo(admitted("ann", "::1", Role.ADMIN));
  }

  @Test
  void theUsersOfAllServersHaveTheirOwnRoles() {
    Admission admission = admission(inet(NONE, NONE), user("vera", Role.VIEWER));

    assertThat(admission.judge(tcp("::1"), basic("vera:secret")))
        .isEqualTo(admitted("vera", "::1", Role.VIEWER));
    assertThat(admission.judge(tcp("::1"), basic("eve:secret")))
        .isEqualTo(new Verdict.Unauthorized());
  }

  @Test
  void otherSchemesAreNoPasswords() {
    Admission admission = admission(inet(Optional.of("ann"), Optional.of("a")));

    assertThat(admission.judge(tcp("::1"), Optional.of("Digest x")))
        .isEqualTo(new Verdict.Unauthorized());
    assertThat(admission.judge(tcp("::1"), Optional.of("Basic YQ=a")))
        .isEqualTo(new Verdict.Malformed());
    assertThat(delays.before(tcp("::1"))).isZero();
  }

  @Test
  void theModeOfASocketWithoutAUserIsAllThatIsAsked() {
    assertThat(admission(unix(NONE, NONE), user("vera", Role.VIEWER)).judge(account(0), NONE))
        .isEqualTo(admitted("", "unix:root", Role.ADMIN));
  }

  @Test
  void anAccountThatTheMachineDoesNotKnowIsANumber() {
    assertThat(admission(unix(NONE, NONE), user("x", Role.ADMIN)).judge(account(-2), NONE))
        .isEqualTo(admitted("", "unix:uid=4294967294", Role.ADMIN));
  }

  @Test
  void peersHaveTheirRolesAndNeedNoPassword() {
    Admission admission =
        admission(unix(NONE, NONE, new HttpServerConfig.Peer("deploy", DEPLOY, Role.OPERATOR)));

    assertThat(admission.judge(account(DEPLOY), NONE))
        .isEqualTo(admitted("deploy", "unix:uid=4242", Role.OPERATOR));
    assertThat(admission.judge(account(DEPLOY), basic("what:ever")))
        .isEqualTo(admitted("deploy", "unix:uid=4242", Role.OPERATOR));
    assertThat(admission.delay(account(DEPLOY))).isZero();
  }

  @Test
  void whoIsNoPeerIsAskedForAPassword() {
    HttpServerConfig.Peer deploy = new HttpServerConfig.Peer("deploy", DEPLOY, Role.OPERATOR);
    Admission own = admission(unix(Optional.of("ann"), Optional.of("a"), deploy));

    assertThat(own.judge(account(1), NONE)).isEqualTo(new Verdict.Unauthorized());
    assertThat(own.judge(account(1), basic("ann:a")))
        .isEqualTo(admitted("ann", "unix:uid=1", Role.ADMIN));
    assertThat(admission(unix(NONE, NONE, deploy)).judge(account(1), NONE))
        .isEqualTo(new Verdict.Unauthorized());
    assertThat(
            admission(unix(NONE, NONE, deploy), user("vera", Role.VIEWER))
                .judge(account(1), basic("vera:secret")))
        .isInstanceOfSatisfying(
            Verdict.Admitted.class,
            verdict -> assertThat(verdict.caller().role()).isEqualTo(Role.VIEWER));
  }

  @Test
  void whoGuessesByTcpHoldsUpNobodyElse() {
    Optional<String> ann = Optional.of("ann");
    Admission tcp = admission(inet(ann, ann));
    Admission socket = admission(unix(ann, ann));
    for (int i = 0; i < 10; i++) {
      tcp.judge(tcp("10.0.0.7"), basic("ann:guess" + i));
      socket.judge(account(1), basic("ann:guess" + i));
    }

    assertThat(tcp.delay(tcp("10.0.0.7"))).isEqualTo(Duration.ofSeconds(8));
    assertThat(tcp.delay(tcp("10.0.0.8"))).isZero();
    assertThat(socket.delay(account(1))).isEqualTo(Duration.ofSeconds(8));
    assertThat(socket.delay(account(0))).isZero();
    assertThat(socket.delay(Client.unix("unix_http_server", 1))).isZero();
  }

  @Test
  void theRightPasswordEndsTheDelay() {
    Optional<String> ann = Optional.of("ann");
    Admission admission = admission(inet(ann, ann));
    for (int i = 0; i < 4; i++) {
      assertThat(admission.delay(tcp("::1"))).isZero();
      admission.judge(tcp("::1"), basic("ann:guess" + i));
    }
    assertThat(admission.delay(tcp("::1"))).isEqualTo(Duration.ofMillis(250));

    admission.judge(tcp("::1"), basic("ann:ann"));

    assertThat(admission.delay(tcp("::1"))).isZero();
  }
}
