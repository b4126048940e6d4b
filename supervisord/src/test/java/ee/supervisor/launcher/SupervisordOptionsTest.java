package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.Overrides;
import ee.supervisor.getopt.UsageException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisordOptionsTest {

  @Test
  void withoutOptionsNothingIsOverridden() throws Exception {
    SupervisordOptions options = SupervisordOptions.parse();
    assertThat(options.overrides()).isEqualTo(Overrides.none());
    assertThat(options.configuration()).isEmpty();
    assertThat(options.help() || options.version() || options.check()).isFalse();
  }

  @Test
  void everyShortOptionOverridesItsSetting() throws Exception {
    Overrides overrides =
        SupervisordOptions.parse(
                "-nskt",
                "-u",
                "nobody",
                "-m077",
                "-d/tmp",
                "-l",
                "a.log",
                "-y",
                "1MB",
                "-z3",
                "-e",
                "debug",
                "-j",
                "a.pid",
                "-i",
                "me",
                "-q",
                "/var/tmp",
                "-a",
                "10",
                "--minprocs",
                "5")
            .overrides();
    assertThat(overrides)
        .isEqualTo(
            new Overrides(
                true,
                true,
                true,
                true,
                Optional.of("nobody"),
                Optional.of("077"),
                Optional.of("/tmp"),
                Optional.of("a.log"),
                Optional.of("1MB"),
                Optional.of("3"),
                Optional.of("debug"),
                Optional.of("a.pid"),
                Optional.of("me"),
                Optional.of("/var/tmp"),
                Optional.of("10"),
                Optional.of("5"),
                overrides.spelling()));
  }

  @Test
  void longOptionsMayBeShortened() throws Exception {
    SupervisordOptions options = SupervisordOptions.parse("--conf=x.conf", "--nod");
    assertThat(options.configuration()).contains("x.conf");
    assertThat(options.overrides().nodaemon()).isTrue();
  }

  @Test
  void anOptionIsKnownAsItWasWritten() throws Exception {
    Overrides overrides = SupervisordOptions.parse("--minf=5", "-m", "22").overrides();
    assertThat(overrides.minfds()).contains("5");
    assertThat(overrides.spelling()).containsEntry("-a", "--minfds").containsEntry("-m", "-m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-x                    | option -x not recognized",
        "--bogus               | option --bogus not recognized",
        "-c                    | option -c requires argument",
        "--nodaemon=yes        | option --nodaemon must not have an argument",
        "-c a -c b             | conflicting command line option '-c'",
        "-n --nod              | conflicting command line option '--nodaemon'",
        "--user=a -u b         | conflicting command line option '-u'",
        "here                  | positional arguments are not supported: ['here']",
      })
  void whatCannotBeUnderstoodIsToldInSupervisorsWords(String line, String complaint) {
    assertThatThrownBy(() -> SupervisordOptions.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(complaint);
  }

  @Test
  void theHelpBeginsAsTheReferencesAndNamesEveryOptionInItsNotation() {
    assertThat(SupervisordOptions.helpText("/opt/bin/supervisord"))
        .startsWith("supervisord -- ")
        .contains("\n\nUsage: /opt/bin/supervisord [options]\n\nOptions:\n")
        .contains("-c/--configuration FILENAME -- ", "-n/--nodaemon -- ", "-s/--silent -- ")
        .contains("-h/--help -- ", "-v/--version -- ", "-u/--user USER -- ", "-m/--umask UMASK -- ")
        .contains("-d/--directory DIRECTORY -- ", "-l/--logfile FILENAME -- ")
        .contains("-y/--logfile_maxbytes BYTES -- ", "-z/--logfile_backups NUM -- ")
        .contains("-e/--loglevel LEVEL -- ", "-j/--pidfile FILENAME -- ", "-i/--identifier STR -- ")
        .contains("-q/--childlogdir DIRECTORY -- ", "-k/--nocleanup -- ", "-a/--minfds NUM -- ")
        .contains("-t/--strip_ansi -- ", "--minprocs NUM -- ", "--profile_options OPTIONS -- ");
  }

  @Test
  void aQuestionMarkAsksForHelp() throws Exception {
    assertThat(SupervisordOptions.parse("-?").help()).isTrue();
  }

  @Test
  void importTakesOneFileAndNothingElse() throws Exception {
    assertThat(SupervisordOptions.parse("--import", "Procfile").foreignFile()).contains("Procfile");
    assertThat(SupervisordOptions.parse("--import=Procfile").foreignFile()).contains("Procfile");
    assertThatThrownBy(() -> SupervisordOptions.parse("--import"))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> SupervisordOptions.parse("--import", "Procfile", "-n"))
        .hasMessage("--import takes one file and no other option");
  }

  @Test
  void importMakesNoAbbreviationAmbiguous() throws Exception {
    assertThat(SupervisordOptions.parse("--i=me").overrides().identifier()).contains("me");
  }
}
