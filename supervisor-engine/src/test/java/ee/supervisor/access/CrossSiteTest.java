package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.config.Users;
import ee.supervisor.posix.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private static CrossSite rules(HttpServerConfig server) {
    AccessConfig nobody = new AccessConfig(new Users(List.of()), Optional.empty());
    return new Admission(server, nobody, new FailureDelay(() -> 0)).crossSite();
  }

  private static CrossSite inet(String host, Optional<String> user, String... allowed) {
    return rules(
        new HttpServerConfig.Inet(
            "inet_http_server", host, 9001, user, user, Optional.empty(), List.of(allowed)));
  }

  private static CrossSite open(String host, String... allowed) {
    return inet(host, Optional.empty(), allowed);
  }

  private static Function<String, Optional<String>> headers(String... pairs) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < pairs.length; i += 2) {
      headers.put(pairs[i], pairs[i + 1]);
    }
    return name -> Optional.ofNullable(headers.get(name));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, cross-site, true",
    "POST, same-site, true",
    "DELETE, Cross-Site, true",
    "POST, same-origin, false",
    "POST, none, false",
    "GET, cross-site, false",
    "HEAD, cross-site, false",
  })
  void anotherSiteMayReadButNotChange(String method, String site, boolean refused) {
    assertThat(
            open("127.0.0.1")
                .refusal(method, headers("Host", "localhost:9001", "Sec-Fetch-Site", site)))
        .isEqualTo(
            refused ? Optional.of("another site had a browser send this") : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9001, false",
    "HTTP://LOCALHOST:9001, false",
    "http://localhost:9002, true",
    "http://evil.example, true",
    "null, true",
    "https://sv.example, false",
    "https://sv.example.evil.example, true",
  })
  void aBrowserThatTellsNoMoreThanItsOriginIsJudgedByThat(String origin, boolean refused) {
    assertThat(
            open("", "sv.example")
                .refusal("POST", headers("Host", "localhost:9001", "Origin", origin))
                .isPresent())
        .isEqualTo(refused);
  }

  @Test
  void programsSayNothingOfSites() {
    assertThat(open("127.0.0.1").refusal("POST", headers("User-Agent", "curl/8.9"))).isEmpty();
    assertThat(
            open("127.0.0.1")
                .refusal(
                    "POST", headers("Host", "any.example", "User-Agent", "Python-xmlrpc/3.11")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:9001",
        "localhost.:9001",
        "127.0.0.1:9001",
        "10.0.0.7",
        "[::1]:9001",
        "[fe80::1%25eth0]",
        "sv.example",
        "sv.example:443",
      })
  void aBrowserMayAskByAnyNameOfTheServers(String host) {
    assertThat(open("", "sv.example").refusal("GET", headers("Host", host, "User-Agent", FIREFOX)))
        .isEmpty();
  }

  @Test
  void aBrowserMayAskByTheNameOfTheMachineOrOfTheListener() {
    assertThat(
            open("")
                .refusal("GET", headers("Host", NodeName.ofThisMachine() + ":9001", "Origin", "x")))
        .isEmpty();
    assertThat(open("sv.intern").refusal("GET", headers("Host", "sv.intern:9001", "Referer", "x")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:9001", "127.0.0.1.evil.example", "1.2.3", ""})
  void aNameThatSomebodyHasLeadHereOpensNothingToABrowser(String host) {
    for (String[] browser :
        new String[][] {
          {"User-Agent", FIREFOX},
          {"Sec-Fetch-Mode", "cors"},
          {"Sec-Fetch-Site", "same-origin"},
          {"Origin", "http://evil.example"},
          {"Referer", "http://evil.example/"},
          {"Accept-Language", "en"},
        }) {
      assertThat(open("127.0.0.1").refusal("GET", headers("Host", host, browser[0], browser[1])))
          .as("%s: %s", browser[0], browser[1])
          .isPresent();
    }
  }

  @Test
  void whoIsRefusedForANameReadsWhatToDo() {
    assertThat(open("").refusal("GET", headers("Host", "sv.example:80", "User-Agent", FIREFOX)))
        .hasValue(
            "sv.example:80 is no name of this server: set allowed_hosts=sv.example in section"
                + " [inet_http_server] if it is one");
  }

  @Test
  void anyNameDoesWhereAPasswordIsAskedForOrAllAreAllowed() {
    Function<String, Optional<String>> foreign =
        headers("Host", "evil.example", "User-Agent", FIREFOX);

    assertThat(inet("", Optional.of("ann")).refusal("GET", foreign)).isEmpty();
    assertThat(open("", "*").refusal("GET", foreign)).isEmpty();
    assertThat(
            rules(
                    new HttpServerConfig.Unix(
                        "unix_http_server",
                        "/run/s.sock",
                        0700,
                        SocketOwner.UNCHANGED,
                        Optional.empty(),
                        Optional.empty()))
                .refusal("GET", foreign))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "User-Agent, curl/8.9, true",
    "User-Agent, Wget/1.21, true",
    "User-Agent, python-requests/2.32, true",
    "X-Other, x, true",
    "Sec-Fetch-Site, same-origin, true",
    "Sec-Fetch-Site, none, true",
    "Sec-Fetch-Site, cross-site, false",
    "Sec-Fetch-Site, same-site, false",
    "User-Agent, Mozilla/5.0 (X11), false",
    "Referer, http://evil.example/, false",
    "Origin, http://evil.example, false",
    "Sec-Fetch-Mode, navigate, false",
  })
  void aLinkActsForProgramsAndForWhoMeansIt(String name, String value, boolean acts) {
    assertThat(CrossSite.isOwnDoing(headers(name, value))).isEqualTo(acts);
  }

  @Test
  void whatABrowserFetchesAheadOfItsUserDoesNothing() {
    assertThat(
            CrossSite.isOwnDoing(
                headers("Sec-Fetch-Site", "none", "Sec-Purpose", "prefetch;prerender")))
        .isFalse();
  }

  @Test
  void whoMeansItMayUseABrowser() {
    assertThat(CrossSite.isOwnDoing(headers("Sec-Fetch-Site", "none", "User-Agent", FIREFOX)))
        .isTrue();
  }
}
