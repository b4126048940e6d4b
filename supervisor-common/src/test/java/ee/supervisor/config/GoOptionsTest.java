package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                stdout_logfile=b.log, syslog
                [program:b]
                command=b
                envFiles=/etc/b.env
                cron=* * * * *
                killwaitsecs=3
                stdout_logfile=syslog @udp:host:514
                pre_stop_hook=http://127.0.0.1/bye
                """);
    HooksConfig hooks = read.groups().get(1).processes().get(0).hooks();
    assertThat(hooks.preStop()).isEmpty();
    assertThat(read.warnings())
        .containsExactly(
            "stdout_logfile=b.log, syslog in [program:a]: several files or a remote syslog,"
                + " as Go's supervisord has them, are not supported here; it is taken for the name"
                + " of one file",
            "stdout_logfile=syslog @udp:host:514 in [program:b]: several files or a remote syslog,"
                + " as Go's supervisord has them, are not supported here; it is taken for the name"
                + " of one file",
            "pre_stop_hook=http://127.0.0.1/bye in [program:b]: a hook that is a request, as Go's"
                + " supervisord has it, is not supported here and is left out",
            "envfiles of Go's supervisord is not supported here and has no effect, in"
                + " [program:a], [program:b]",
            "cron of Go's supervisord is not supported here and has no effect, in [program:b]",
            "killwaitsecs of Go's supervisord is not supported here and has no effect, in"
                + " [program:b]");
  }

  @Test
  void filesThatRestartAProgramAreThoseOfGo() throws ConfigException {
    FileWatch watch =
        folder()
            .readWith(
                """
                [program:a]
                command=a
                restart_when_binary_changed=true
                restart_signal_when_binary_changed=USR2 TERM
                restart_directory_monitor=%(here)s/conf
                restart_file_pattern=*.conf
                restart_cmd_when_file_changed=a --reload
                """)
            .groups()
            .get(0)
            .processes()
            .get(0)
            .policy()
            .files();
    assertThat(watch.binary()).isTrue();
    assertThat(watch.onBinary().signals()).containsExactly(12, 15);
    assertThat(watch.directory()).contains(directory.resolve("conf").toString());
    assertThat(watch.pattern()).isEqualTo("*.conf");
    assertThat(watch.onFile().command()).contains("a --reload");
  }

  @Test
  void aCommandMayBeginAsAScript() throws ConfigException {
    ProcessConfig process =
        folder()
            .readWith(
                """
                [program:a]
                command=a
                pre_start_hook=script:///bin/prepare
                liveness_check_script=script://check --now
                """)
            .groups()
            .get(0)
            .processes()
            .get(0);
    assertThat(process.hooks().preStart()).contains("/bin/prepare");
    assertThat(process.health().liveness().orElseThrow().target())
        .isEqualTo(new CheckTarget.Command("check --now"));
  }

  @Test
  void aPatternThatIsNoneIsAMistake() {
    assertThatThrownBy(() -> folder().readWith("[program:a]\ncommand=a\nrestart_file_pattern=[a\n"))
        .hasMessageContaining("restart_file_pattern='[a' is no pattern of names, such as *.jar");
  }

  @Test
  void aFileForSupervisorIsNotWarnedOf() throws ConfigException {
    assertThat(folder().readWith("[program:a]\ncommand=a\n").warnings()).isEmpty();
  }
}
