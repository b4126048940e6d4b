package ee.supervisor.ctl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.getopt.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorctlOptionsTest {

  @Test
  void optionsEndAtTheAction() throws Exception {
    SupervisorctlOptions options =
        SupervisorctlOptions.parse(
            "-u", "me", "--password=it", "-shttp://h:1", "tail", "-f", "web");
    assertThat(options.username()).contains("me");
    assertThat(options.password()).contains("it");
    assertThat(options.serverUrl()).contains("http://h:1");
    assertThat(options.action()).containsExactly("tail", "-f", "web");
  }

  @Test
  void lettersMayStandTogetherAndTheLastMayTakeTheNextWord() throws Exception {
    SupervisorctlOptions options = SupervisorctlOptions.parse("-iu", "-me", "status");
    assertThat(options.interactive()).isTrue();
    assertThat(options.username()).contains("-me");
  }

  @Test
  void aLongOptionMayBeShortenedToWhatOnlyItBeginsWith() throws Exception {
    assertThat(SupervisorctlOptions.parse("--conf", "x").configuration()).contains("x");
  }

  @Test
  void bothSpellingsOfTheHistoryFileAreTaken() throws Exception {
    assertThat(SupervisorctlOptions.parse("--history_file", "a").historyFile()).contains("a");
    assertThat(SupervisorctlOptions.parse("--history-file=b").historyFile()).contains("b");
    assertThat(SupervisorctlOptions.parse("-r", "c").historyFile()).contains("c");
    assertThat(SupervisorctlOptions.parse("--history", "d").historyFile()).contains("d");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          -z,                    option -z not recognized
          -hz,                   option -z not recognized
          -:,                    option -: not recognized
          --bogus=1,             option --bogus not recognized
          -c,                    option -c requires argument
          --conf,                option --configuration requires argument
          --history,             option --history_file requires argument
          --help=yes,            option --help must not have an argument
          --h,                   option --h not a unique prefix
          -s nonsense,           invalid value for -s 'nonsense': value 'nonsense' is not a URL
          --serverurl http://,   invalid value for --serverurl 'http://': value 'http://' is not a URL
          -i -i,                 conflicting command line option '-i'
          -u a -u b,             conflicting command line option '-u'
          """)
  void whatIsWrongIsToldInTheReferencesWords(String words, String message) {
    assertThatThrownBy(() -> SupervisorctlOptions.parse(words.split(" ", -1)))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }
}
