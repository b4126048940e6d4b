package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserSectionsTest {
  /** SHA-256 of "123". */
  private static final String DIGEST =
      "{SHA256}a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3";

  @TempDir private Path directory;

  private AccessConfig read(String sections) throws ConfigException {
    return new ConfigFolder(directory).env("PASS", "123").readWith(sections).access();
  }

  @Test
  void withoutSectionsNobodyIsThereAndNothingIsRecorded() throws Exception {
    AccessConfig access = read("");

    assertThat(access.users().isEmpty()).isTrue();
    assertThat(access.isAudited()).isFalse();
    assertThat(access.isJmxAudited()).isTrue();
  }

  @Test
  void eachUserHasAPasswordAndARole() throws Exception {
    AccessConfig access =
        read(
            "[user:ann]\npassword=%s\nrole=viewer\n[user:böb smith]\npassword=%%(ENV_PASS)s\nrole=Operator\n"
                .formatted(DIGEST));

    assertThat(access.users().all()).extracting(User::name).containsExactly("ann", "böb smith");
    assertThat(access.users().authenticate("ann", "123").orElseThrow().role())
        .isEqualTo(Role.VIEWER);
    assertThat(access.users().authenticate("böb smith", "123").orElseThrow().role())
        .isEqualTo(Role.OPERATOR);
    assertThat(access.users().authenticate("ann", "124")).isEmpty();
    assertThat(access.users().authenticate("eve", "123")).isEmpty();
    assertThat(access.isAudited()).isTrue();
  }

  @Test
  void assistantsAndTheAuditFileAreThereWhereTheyAreAskedFor() throws Exception {
    AccessConfig nothing = read("");
    AccessConfig both = read("mcp=Operator\naudit_logfile=%(here)s/audit.json\n");

    assertThat(nothing.mcp()).isEmpty();
    assertThat(nothing.auditLogfile()).isEmpty();
    assertThat(both.mcp()).contains(Role.OPERATOR);
    assertThat(both.auditLogfile()).contains(directory.resolve("audit.json").toString());
    assertThat(new ConfigFolder(directory).errorWith("mcp=true\n"))
        .startsWith("mcp=true is neither viewer nor operator in section 'supervisord'");
    assertThat(new ConfigFolder(directory).errorWith("audit_logfile=/no/such/place\n"))
        .startsWith("audit_logfile=/no/such/place is in no directory that is there in section");
  }

  @Test
  void whatIsRecordedIsForTheConfigurationToSay() throws Exception {
    String user = "[user:ann]\npassword=x\nrole=viewer\n";
    AccessConfig silent = read("audit=false\n" + user);

    assertThat(read("audit=true\n").isAudited()).isTrue();
    assertThat(silent.isAudited()).isFalse();
    assertThat(silent.isJmxAudited()).isFalse();
    assertThat(new ConfigFolder(directory).errorWith("audit=loud\n"))
        .isEqualTo(
            "audit=loud is neither true nor false in section 'supervisord' (file: '%s')"
                .formatted(directory.resolve("supervisord.conf")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|role=viewer|no password: set password to {SHA256} and the SHA-256 of",
        "a|password=;role=viewer|no password: set password to",
        "a|password=x|no role: set role to admin, operator or viewer",
        "a|password=x;role=root|role='root' is not admin, operator or viewer",
        "a|password={SHA256}12;role=viewer|password={SHA256}... is not a digest: {SHA} needs 40",
        "a|password={SHA}xyz;role=viewer|password={SHA}... is not a digest: {SHA} needs 40",
        "a:b|password=x;role=viewer|'a:b' is not a user name: it needs a letter and no colon",
        "''|password=x;role=viewer|'' is not a user name: it needs a letter and no colon",
        "boss|password=x;role=viewer|'boss' is the username of section [inet_http_server] too",
      })
  void aWrongValueIsToldWithItsPlaceAndWhatWouldBeRight(String name, String keys, String message) {
    String server = "[inet_http_server]\nport=9001\nusername=boss\npassword=1\n";

    assertThat(
            new ConfigFolder(directory)
                .errorWith(server + "[user:%s]\n%s\n".formatted(name, keys.replace(';', '\n'))))
        .startsWith(message)
        .doesNotContain("xyz")
        .endsWith(
            " in section 'user:%s' (file: '%s')"
                .formatted(name, directory.resolve("supervisord.conf")));
  }

  @Test
  void jmxNeedsNoUserOfItsOwnWhereThereAreUsers() throws Exception {
    JmxConfig jmx =
        new ConfigFolder(directory)
            .readWith("[jmx]\nport=9010\n[user:ann]\npassword=x\nrole=viewer\n")
            .jmx()
            .orElseThrow();

    assertThat(jmx.users().authenticate("ann", "x")).isPresent();
  }
}
