package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Password;
import ee.supervisor.config.Role;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final Client CLIENT = Client.inet("inet_http_server", "10.0.0.7");
  private static final HttpServerConfig SERVER =
      new HttpServerConfig.Inet(
          "inet_http_server", "", 9001, Optional.empty(), Optional.empty(), Optional.empty());

  private final AtomicLong clock = new AtomicLong();
  private final Sessions sessions = new Sessions(clock::get);
  private final FailureDelay delays = new FailureDelay(clock::get);

  private static User user(String name, String password, Role role) {
    return new User(name, new Password(password), role);
  }

  private Admission admission(User... users) {
    return new Admission(
        SERVER, new AccessConfig(new Users(List.of(users)), Optional.empty()), delays, sessions);
  }

  private static Visit visit(String method, String path, Map<String, String> headers) {
    return new Visit(method, path, "", name -> Optional.ofNullable(headers.get(name)));
  }

  private Optional<String> cookie(Sessions.Begun begun) {
    return Optional.of("other=1; " + sessions.cookieName() + "=" + begun.secret());
  }

  private Visit with(Sessions.Begun begun, String method, String path) {
    return visit(method, path, Map.of("Cookie", cookie(begun).orElseThrow()));
  }

  private Sessions.Begun logIn(Admission admission, String name, String password) {
    return admission
        .logIn(CLIENT, visit("POST", Visit.LOGIN, Map.of()), name, password)
        .orElseThrow();
  }

  private void passes(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void aSessionIsKnownByItsCookieUntilItIsEnded() {
    Sessions.Begun begun = sessions.begin(user("ann", "a", Role.ADMIN));
    assertThat(begun.secret()).hasSize(43);
    assertThat(sessions.find(cookie(begun))).contains(begun.session());
    assertThat(sessions.find(Optional.of(sessions.cookieName() + "=guess"))).isEmpty();
    assertThat(sessions.find(Optional.of(sessions.cookieName()))).isEmpty();
    assertThat(begun.toString() + begun.session())
        .doesNotContain(begun.secret(), begun.session().token(), begun.session().key());
    sessions.end(begun.session());
    assertThat(sessions.find(cookie(begun))).isEmpty();
  }

  @Test
  void whatIsIdleForAnHourIsOver() {
    Sessions.Begun begun = sessions.begin(user("ann", "a", Role.ADMIN));
    passes(Duration.ofMinutes(59));
    assertThat(sessions.find(cookie(begun))).isPresent();
    passes(Duration.ofMinutes(59));
    assertThat(sessions.isAlive(begun.session())).isTrue();
    passes(Duration.ofMinutes(2));
    assertThat(sessions.isAlive(begun.session())).isFalse();
    assertThat(sessions.find(cookie(begun))).isEmpty();
  }

  @Test
  void howeverMuchItIsUsedItLastsTwelveHours() {
    Sessions.Begun begun = sessions.begin(user("ann", "a", Role.ADMIN));
    for (int minutes = 0; minutes < 12 * 60; minutes += 30) {
      passes(Duration.ofMinutes(30));
      assertThat(sessions.find(cookie(begun))).isPresent();
    }
    passes(Duration.ofMinutes(1));
    assertThat(sessions.find(cookie(begun))).isEmpty();
  }

  @Test
  void whoLogsInWithoutEndDisplacesHisOwnSessionsAlone() {
    Sessions.Begun other = sessions.begin(user("bob", "b", Role.VIEWER));
    List<Sessions.Begun> own = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      own.add(sessions.begin(user("ann", "a", Role.ADMIN)));
    }
    assertThat(sessions.find(cookie(own.get(0)))).isEmpty();
    assertThat(sessions.find(cookie(own.get(1)))).isPresent();
    assertThat(sessions.find(cookie(other))).isPresent();
  }

  @Test
  void ofAThousandTheOneThatWasIdleForLongestGoes() {
    Sessions.Begun first = sessions.begin(user("first", "", Role.VIEWER));
    Sessions.Begun second = sessions.begin(user("second", "", Role.VIEWER));
    for (int i = 0; i < 998; i++) {
      sessions.begin(user("user" + i, "", Role.VIEWER));
    }
    assertThat(sessions.find(cookie(first))).isPresent();
    sessions.begin(user("last", "", Role.VIEWER));
    assertThat(sessions.find(cookie(first))).isPresent();
    assertThat(sessions.find(cookie(second))).isEmpty();
  }

  @Test
  void aSessionLetsInWithTheRoleThatItsUserHasNow() {
    Sessions.Begun begun = logIn(admission(user("ann", "a", Role.ADMIN)), "ann", "a");
    Admission changed = admission(user("ann", "a", Role.VIEWER));
    assertThat(changed.judge(CLIENT, with(begun, "GET", "/")))
        .isEqualTo(
            new Verdict.Admitted(
                new Caller(Optional.of("ann"), "10.0.0.7", Role.VIEWER),
                Optional.of(begun.session())));
  }

  @Test
  void itEndsWhenItsUserIsRemovedOrHasAnotherPassword() {
    Sessions.Begun begun = logIn(admission(user("ann", "a", Role.ADMIN)), "ann", "a");
    for (Admission now :
        List.of(admission(user("ann", "b", Role.ADMIN)), admission(user("bob", "a", Role.ADMIN)))) {
      assertThat(now.allows(begun.session())).isFalse();
      assertThat(now.judge(CLIENT, with(begun, "GET", "/api/v1/processes")))
          .isEqualTo(new Verdict.SessionOver());
    }
  }

  @Test
  void whoLogsInAgainHasAnotherSessionAndTheOneBeforeIsOver() {
    Admission admission = admission(user("ann", "a", Role.ADMIN));
    Sessions.Begun first = logIn(admission, "ann", "a");
    Sessions.Begun second =
        admission.logIn(CLIENT, with(first, "POST", Visit.LOGIN), "ann", "a").orElseThrow();
    assertThat(second.secret()).isNotEqualTo(first.secret());
    assertThat(admission.allows(first.session())).isFalse();
    assertThat(admission.allows(second.session())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT", "PATCH", "BREW"})
  void theCookieAloneChangesNothing(String method) {
    Admission admission = admission(user("ann", "a", Role.ADMIN));
    Sessions.Begun begun = logIn(admission, "ann", "a");
    assertThat(admission.judge(CLIENT, with(begun, method, "/api/v1/processes/x")))
        .isEqualTo(new Verdict.TokenMissing());
    for (String token : new String[] {begun.session().token(), "guess"}) {
      Map<String, String> headers =
          Map.of("Cookie", cookie(begun).orElseThrow(), Session.TOKEN_HEADER, token);
      Verdict verdict = admission.judge(CLIENT, visit(method, "/RPC2", headers));
      assertThat(verdict instanceof Verdict.Admitted).isEqualTo(!token.equals("guess"));
    }
  }

  @Test
  void credentialsThatAreSentCountWhateverTheCookieSays() {
    Admission admission = admission(user("ann", "a", Role.ADMIN));
    Sessions.Begun begun = logIn(admission, "ann", "a");
    Map<String, String> headers =
        Map.of("Cookie", cookie(begun).orElseThrow(), "Authorization", "Basic YW5uOng=");
    assertThat(admission.judge(CLIENT, visit("GET", "/", headers)))
        .isEqualTo(new Verdict.Unauthorized());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, LoginDue",
    "GET, /program.html, LoginDue",
    "HEAD, /index.html, LoginDue",
    "POST, /index.html, Unauthorized",
    "GET, /RPC2, Unauthorized",
    "GET, /logtail/x, Unauthorized",
    "GET, /ok.html, Unauthorized",
    "GET, /api/v1/processes, Unauthorized",
    "GET, /stylesheets/supervisor.css, Unauthorized",
    "GET, /login.html, Visiting",
    "POST, /login.html, Visiting",
    "PUT, /login.html, Unauthorized",
    "GET, /assets/0123456789abcdef/theme.js, Visiting",
    "GET, /assets/0123456789abcdef/de/login.js, Visiting",
    "POST, /assets/0123456789abcdef/theme.js, Unauthorized",
    "GET, /assets/../index.html, Unauthorized",
    "GET, /assets/0123456789abcdef/..%2f..%2findex.html, Unauthorized",
    "GET, /assets/0123456789abcdef/de/../../../api/v1/x.js, Unauthorized",
    "GET, /login.html;x=/, Unauthorized",
    "GET, //login.html, Unauthorized",
    "GET, /%6cogin.html, Unauthorized",
    "POST, /logout.html, Unauthorized",
  })
  void aBrowserThatIsNotLoggedInIsSentToTheLoginPageAndMaySeeNothingElse(
      String method, String path, String verdict) {
    Verdict judged =
        admission(user("ann", "a", Role.ADMIN))
            .judge(CLIENT, visit(method, path, Map.of("Accept", "text/html,*/*;q=0.8")));
    assertThat(judged.getClass().getSimpleName()).isEqualTo(verdict);
  }

  @Test
  void aProgramIsAskedForAPasswordAsEver() {
    Admission admission = admission(user("ann", "a", Role.ADMIN));
    for (Map<String, String> headers : List.of(Map.of("Accept", "*/*"), Map.<String, String>of())) {
      assertThat(admission.judge(CLIENT, visit("GET", "/", headers)))
          .isEqualTo(new Verdict.Unauthorized());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "index.html?processname=a&action=stop, ./index.html?processname=a&action=stop",
    "program.html?processname=web:web_0, ./program.html?processname=web:web_0",
    "plan.html, ./plan.html",
    "//evil.example/index.html, ./",
    "https://evil.example/, ./",
    "/index.html, ./",
    "index.html.evil.example, ./",
    "logout.html, ./",
    "login.html?next=x, ./",
    "javascript:alert(1), ./",
    "index.html\\evil, ./",
  })
  void nobodyIsSentElsewhereByLoggingIn(String next, String location) {
    assertThat(Visit.nextLocation(next)).isEqualTo(location);
    assertThat(Visit.nextLocation(next + "\r\nX: y")).isEqualTo("./");
  }

  @Test
  void wrongPasswordsHoldBackWhoSendsThemAndNotWhoIsLoggedIn() {
    Admission admission = admission(user("ann", "a", Role.ADMIN));
    Sessions.Begun begun = logIn(admission, "ann", "a");
    Visit form = visit("POST", Visit.LOGIN, Map.of());
    for (int i = 0; i < 5; i++) {
      assertThat(admission.logIn(CLIENT, form, "ann", "guess" + i)).isEmpty();
    }
    assertThat(admission.delay(CLIENT, form)).isPositive();
    assertThat(admission.delay(CLIENT, with(begun, "POST", Visit.LOGIN))).isPositive();
    assertThat(admission.delay(CLIENT, visit("GET", "/RPC2", Map.of()))).isPositive();
    assertThat(admission.delay(CLIENT, visit("GET", Visit.LOGIN, Map.of()))).isZero();
    assertThat(admission.delay(CLIENT, with(begun, "GET", "/"))).isZero();
  }

  @Test
  void whereNobodyHasAPasswordNobodyLogsIn() {
    Admission open = admission();
    assertThat(open.logIn(CLIENT, visit("POST", Visit.LOGIN, Map.of()), "", "")).isEmpty();
    assertThat(open.judge(CLIENT, visit("GET", "/", Map.of("Accept", "text/html"))))
        .isInstanceOf(Verdict.Admitted.class);
  }
}
