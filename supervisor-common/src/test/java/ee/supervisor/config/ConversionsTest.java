package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "+5,5",
    "-1,-1",
    "' 7 ',7",
    "1_000,1000",
    "007,7",
    "１２,12",
    "99999999999,99999999999",
    "99999999999999999999,9223372036854775807",
    "-99999999999999999999,-9223372036854775808"
  })
  void aWholeNumberIsReadAsPythonReadsIt(String text, long number) throws ConfigException {
    assertThat(Conversions.wholeNumber(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "1.5", "1__0", "_1", "1_", "0x10", "--1", "1 2"})
  void whatIsNoWholeNumberIsTold(String text) {
    assertThatThrownBy(() -> Conversions.integer(text))
        .isInstanceOf(ConfigException.class)
        .hasMessage("invalid literal for int() with base 10: '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"022,18", "0o22,18", "0O22,18", "0o_22,18", "777,511", "' 7 ',7", "0,0"})
  void anOctalNumberMayHaveAPrefix(String text, int number) throws ConfigException {
    assertThat(Conversions.octal(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "", "rwx", "0x1", "1_"})
  void whatIsNotOctalIsTold(String text) {
    assertThatThrownBy(() -> Conversions.octal(text))
        .hasMessage(text + " can not be converted to an octal type");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "512,512",
    "1KB,1024",
    "1kb,1024",
    "2Mb,2097152",
    "3GB,3221225472",
    "10 MB,10485760",
    "-1,-1",
    "9999999999GB,9223372036854775807"
  })
  void aByteSizeMayHaveASuffix(String text, long bytes) throws ConfigException {
    assertThat(Conversions.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"1K,1k", "MB,''", "1.5MB,1.5", "1TB,1tb", "'',''"})
  void whatIsNoByteSizeIsToldByItsNumber(String text, String number) {
    assertThatThrownBy(() -> Conversions.bytes(text))
        .hasMessage("invalid literal for int() with base 10: '" + number + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "true", "on", "1", "True", "YES"})
  void yesTrueOnAndOneAreTrue(String text) throws ConfigException {
    assertThat(Conversions.bool(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "false", "off", "0", "False", "OFF"})
  void noFalseOffAndZeroAreFalse(String text) throws ConfigException {
    assertThat(Conversions.bool(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "2", "t"})
  void anythingElseIsNoBoolean(String text) {
    assertThatThrownBy(() -> Conversions.bool(text))
        .hasMessage("not a valid boolean value: '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "true,ALWAYS",
    "1,ALWAYS",
    "false,NEVER",
    "off,NEVER",
    "unexpected,UNEXPECTED",
    "Unexpected,UNEXPECTED"
  })
  void autorestartIsABooleanOrUnexpected(String text, Autorestart expected) throws ConfigException {
    assertThat(Conversions.autorestart(text)).isEqualTo(expected);
  }

  @Test
  void anotherAutorestartIsTold() {
    assertThatThrownBy(() -> Conversions.autorestart("Sometimes"))
        .hasMessage("invalid 'autorestart' value 'sometimes'");
  }

  @Test
  void exitCodesStandBetweenCommas() throws ConfigException {
    assertThat(Conversions.exitCodes("0, 2 ,255")).containsExactly(0, 2, 255);
  }

  @Test
  void noExitCodeMayBeExpectedAtAll() throws ConfigException {
    assertThat(Conversions.exitCodes("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "-1", "a", "1,", "0;1"})
  void whatIsNoListOfExitCodesIsTold(String text) {
    assertThatThrownBy(() -> Conversions.exitCodes(text))
        .hasMessage("not a valid list of exit codes: '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"TERM,15", "sigterm,15", "9,9", "0,0", "' hup ',1", "RTMIN,34", "1_5,15"})
  void aSignalIsANameOrANumber(String text, int number) throws ConfigException {
    assertThat(Conversions.signal(text)).isEqualTo(number);
  }

  @Test
  void aSignalNameThatDoesNotExistIsTold() {
    assertThatThrownBy(() -> Conversions.signal("FOO"))
        .hasMessage("value 'FOO' is not a valid signal name");
  }

  @Test
  void aSignalNumberThatDoesNotExistIsTold() {
    assertThatThrownBy(() -> Conversions.signal("99"))
        .hasMessage("value '99' is not a valid signal number");
  }

  @ParameterizedTest
  @CsvSource({
    "critical,CRIT",
    "error,ERRO",
    "warn,WARN",
    "INFO,INFO",
    "debug,DEBG",
    "trace,TRAC",
    "blather,BLAT"
  })
  void everyLogLevelHasAName(String text, LogLevel level) throws ConfigException {
    assertThat(Conversions.logLevel(text)).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRIT", "warning", "20", ""})
  void anotherLevelIsTold(String text) {
    assertThatThrownBy(() -> Conversions.logLevel(text))
        .hasMessage("bad logging level name '" + text + "'");
  }

  @Test
  void aNameIsStripped() throws ConfigException {
    assertThat(Conversions.name(" cat ")).isEqualTo("cat");
  }

  @ParameterizedTest
  @CsvSource({"'a b',' '", "a:b,:", "a/b,/"})
  void aNameThatWouldBreakTheProtocolIsTold(String name, String character) {
    assertThatThrownBy(() -> Conversions.name(name))
        .hasMessage("Invalid name: '%s' because of character: '%s'".formatted(name, character));
  }

  @Test
  void itemsOfAListAreStripped() {
    assertThat(Conversions.list(" a, b ,,c")).containsExactly("a", "b", "", "c");
  }
}
