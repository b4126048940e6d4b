package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoOptionsTest {
  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  @Test
  void whatIsTheDefaultOfProgramsIsThatOfThoseThatSayNothingElse() throws ConfigException {
    Configuration read =
        folder()
            .readWith(
                """
                [program-default]
                startsecs=7
                depends_on=db
                [program:db]
                command=db
                depends_on=
                startsecs=1
                [program:web]
                command=web
                [eventlistener:l]
                command=l
                events=TICK_5
                """);
    ProcessConfig listener = read.groups().get(0).processes().get(0);
    ProcessConfig db = read.groups().get(1).processes().get(0);
    ProcessConfig web = read.groups().get(2).processes().get(0);
    assertThat(db.start().minimumUptime()).hasSeconds(1);
    assertThat(db.relations().needs()).isEmpty();
    assertThat(web.start().minimumUptime()).hasSeconds(7);
    assertThat(web.relations().needs()).hasSize(1);
    assertThat(listener.start().minimumUptime()).hasSeconds(1);
  }

  @Test
  void whatIsNotHonouredIsWarnedOfByName() throws ConfigException {
    Configuration read =
        folder()
            .readWith(
                """
                [program:a]
                command=a
                envFiles=/etc/a.env
                [program:b]
                command=b
                envFiles=/etc/b.env
                cron=* * * * *
                """);
    assertThat(read.warnings())
        .containsExactly(
            "envfiles of Go's supervisord is not supported here and has no effect, in"
                + " [program:a], [program:b]",
            "cron of Go's supervisord is not supported here and has no effect, in [program:b]");
  }

  @Test
  void aFileForSupervisorIsNotWarnedOf() throws ConfigException {
    assertThat(folder().readWith("[program:a]\ncommand=a\n").warnings()).isEmpty();
  }
}
