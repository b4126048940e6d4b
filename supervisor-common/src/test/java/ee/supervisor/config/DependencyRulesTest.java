package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyRulesTest {
  private static final String OTHERS =
      """
      [program:db]
      command=db
      [program:migrate]
      command=migrate
      [program:always]
      command=always
      autorestart=true
      [program:copies]
      command=copies
      numprocs=2
      process_name=%(program_name)s_%(process_num)d
      [program:member]
      command=member
      [group:g]
      programs=member
      """;

  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  private List<String> needs(String dependsOn) throws ConfigException {
    return folder()
        .readWith("[program:web]\ncommand=web\ndepends_on=" + dependsOn + "\n" + OTHERS)
        .groups()
        .stream()
        .flatMap(group -> group.processes().stream())
        .filter(process -> process.name().equals("web"))
        .flatMap(process -> process.relations().needs().stream())
        .map(Dependency::toString)
        .toList();
  }

  private String error(String options) {
    String message = folder().errorWith("[program:web]\ncommand=web\n" + options + "\n" + OTHERS);
    String section =
        " in section 'program:web' (file: '%s')".formatted(folder().path("supervisord.conf"));
    assertThat(message).endsWith(section);
    return message.substring(0, message.length() - section.length());
  }

  @Test
  void programsProcessesAndGroupsCanBeNamedWithConditions() throws ConfigException {
    assertThat(
            needs("db:running, migrate:completed,copies , g:member, g:*:started,copies:copies_1"))
        .containsExactly(
            "db:running",
            "migrate:completed",
            "copies",
            "g:member",
            "g:*:started",
            "copies:copies_1");
  }

  @Test
  void anEmptyListNeedsNothing() throws ConfigException {
    assertThat(needs("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody|depends_on=nobody: there is no program nobody",
        "g:nobody|depends_on=g:nobody: there is no process g:nobody",
        "db:happy|depends_on=db:happy: there is no process db:happy, and 'happy' is no condition: it has to be started, running, ready, completed or exited",
        "nobody:*|depends_on=nobody:*: there is no group nobody",
        "db:completed,db|depends_on=db: db cannot run and have ended at once (db:completed is there too)",
        "always:completed|depends_on=always:completed: always has autorestart=true, so it never stays ended; false or unexpected would do",
        "db:ready|depends_on=db:ready: db has neither readiness_check_script nor notify, so nothing tells when it is ready; running would do",
        "always:exited|depends_on=always:exited: always has autorestart=true, so it never stays ended; false or unexpected would do",
        "web|depends_on goes round in a ring: web -> web",
      })
  void whatCannotComeAboutIsRefused(String dependsOn, String message) {
    assertThat(error("depends_on=" + dependsOn)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g:member:soon|'soon' is no condition: it has to be started, running, ready, completed or exited",
        "db,|'' names no program: it has to be program, group:process or group:*",
        "*|'*' names no program: it has to be program, group:process or group:*",
        ":db|':db' names no program: it has to be program, group:process or group:*",
      })
  void whatCannotBeReadIsRefused(String dependsOn, String message) {
    assertThat(error("depends_on=" + dependsOn))
        .isEqualTo(
            "depends_on=%s is not a list of programs such as db:ready, cache: %s"
                .formatted(dependsOn, message));
  }

  @Test
  void aRingIsNamed() {
    assertThat(
            folder()
                .errorWith(
                    """
                    [program:a]
                    command=a
                    depends_on=b
                    [program:b]
                    command=b
                    depends_on=c
                    [program:c]
                    command=c
                    depends_on=b
                    """))
        .isEqualTo(
            "depends_on goes round in a ring: b -> c -> b in section 'program:b' (file: '%s')"
                .formatted(folder().path("supervisord.conf")));
  }

  @Test
  void aRingOfRestartsIsRefused() {
    assertThat(
            folder()
                .errorWith(
                    """
                    [program:a]
                    command=a
                    restart_with=b
                    [program:b]
                    command=b
                    restart_with=a
                    """))
        .startsWith("restart_with goes round in a ring: a -> b -> a in section 'program:a'");
  }

  @Test
  void whatAGroupNeedsAllOfItNeed() throws ConfigException {
    Configuration configuration =
        folder()
            .readWith(
                """
                [group:site]
                programs=web
                depends_on=db:running
                [program:web]
                command=web
                depends_on=cache
                [program:cache]
                command=cache
                [program:db]
                command=db
                """);
    assertThat(configuration.groups().get(2).processes().get(0).relations().needs())
        .extracting(Dependency::toString)
        .containsExactly("cache", "db:running");
  }

  @Test
  void aMistakeOfAGroupNamesTheGroup() {
    assertThat(
            folder()
                .errorWith(
                    """
                    [group:site]
                    programs=web
                    depends_on=nobody
                    [program:web]
                    command=web
                    """))
        .startsWith("depends_on=nobody: there is no program nobody in section 'group:site'");
  }

  @Test
  void aLongChainIsReadAndALongRingIsFound() throws ConfigException {
    StringBuilder chain = new StringBuilder();
    for (int i = 1; i < 3000; i++) {
      chain.append("[program:p%d]\ncommand=p\ndepends_on=p%d\n".formatted(i, i - 1));
    }
    assertThat(folder().readWith(chain + "[program:p0]\ncommand=p\n").groups()).hasSize(3000);
    assertThat(folder().errorWith(chain + "[program:p0]\ncommand=p\ndepends_on=p2999\n"))
        .contains("goes round in a ring");
  }

  @ParameterizedTest
  @CsvSource({"web:fatal", "all:exited", "any:fatal", "g:*:exited", "g:member:exited"})
  void exitOnNamesEnds(String rule) throws ConfigException {
    Configuration read =
        folder().readWith("exit_on=" + rule + "\n[program:web]\ncommand=web\n" + OTHERS);
    assertThat(read.supervisord().exitOn()).extracting(ExitRule::toString).containsExactly(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody:fatal|exit_on=nobody:fatal: there is no program nobody",
        "db|exit_on=db is not a list such as web:fatal, all:exited: 'db' does not end in :fatal or :exited",
      })
  void exitOnNamesProgramsThatAreThere(String rule, String message) {
    assertThat(folder().errorWith("exit_on=" + rule + "\n" + OTHERS))
        .isEqualTo(
            message
                + " in section 'supervisord' (file: '%s')"
                    .formatted(folder().path("supervisord.conf")));
  }

  @Test
  void whatAProgramNeedsBelongsToWhatHasChanged() throws ConfigException {
    String before = "[program:web]\ncommand=web\n" + OTHERS;
    String after = "[program:web]\ncommand=web\ndepends_on=db\n" + OTHERS;
    ProcessConfig old = web(before);
    assertThat(old.sameAs(web(after))).isFalse();
    assertThat(old.sameAs(web(before))).isTrue();
  }

  private ProcessConfig web(String sections) throws ConfigException {
    return folder().readWith(sections).groups().stream()
        .flatMap(group -> group.processes().stream())
        .filter(process -> process.name().equals("web"))
        .findFirst()
        .orElseThrow();
  }
}
