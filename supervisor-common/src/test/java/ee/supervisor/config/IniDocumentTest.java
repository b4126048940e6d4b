package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IniDocumentTest {
  private final IniDocument document = new IniDocument();

  private String value(String line) throws ConfigException {
    document.merge("[s]\n" + line + "\n", "f.conf");
    return document.get("s", "key").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key=v", "key = v", "key: v", "key :v", "KEY=v", "  key=v  ", "key=v\t"})
  void anOptionIsANameADelimiterAndAValue(String line) throws ConfigException {
    assertThat(value(line)).isEqualTo("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key=a ;b | a",
        "key=a #b | a",
        "key=a;b | a;b",
        "key=a#b | a#b",
        "key=a;b ;c | a;b",
        "key=a=b:c | a=b:c",
        "key=\"a b\" | \"a b\"",
        "key=a # b ; c | a",
      })
  void aCommentBeginsAfterWhiteSpace(String line, String value) throws ConfigException {
    assertThat(value(line)).isEqualTo(value);
  }

  @Test
  void ofTwoKindsOfCommentTheFirstOfTheirEqualPlacesCounts() throws ConfigException {
    // the first # begins no comment, the first ; does: that the second # would too is not seen
    assertThat(value("key=a#b #c ;d")).isEqualTo("a#b #c");
  }

  @Test
  void aNoBreakSpaceIsWhiteSpace() throws ConfigException {
    assertThat(value("key=\u00a0a\u00a0;b")).isEqualTo("a");
  }

  @Test
  void aDeeperLineContinuesTheValue() throws ConfigException {
    assertThat(value("key=a\n  b\n\tc=d")).isEqualTo("a\nb\nc=d");
  }

  @Test
  void aLineAsDeepAsItsOptionDoesNotContinueIt() throws ConfigException {
    document.merge("[s]\n  key=a\n  other=b\n", "f.conf");
    assertThat(document.options("s")).containsExactly(entry("key", "a"), entry("other", "b"));
  }

  @Test
  void aBlankLineIsPartOfAValueThatGoesOn() throws ConfigException {
    assertThat(value("key=a\n\n  b\n\n")).isEqualTo("a\n\nb");
  }

  @Test
  void aCommentLineIsNotPartOfAValueThatGoesOn() throws ConfigException {
    assertThat(value("key=a\n  ; comment\n# comment\n  b")).isEqualTo("a\nb");
  }

  @Test
  void aSectionMayStandTwiceAndItsLastOptionCounts() throws ConfigException {
    document.merge("[a]\nx=1\ny=2\n[b]\n[a]\nx=3\nx=4\n", "f.conf");
    assertThat(document.sections()).containsExactly("a", "b");
    assertThat(document.options("a")).containsExactly(entry("x", "4"), entry("y", "2"));
  }

  @Test
  void whatFollowsTheHeaderIsIgnored() throws ConfigException {
    document.merge("[program:x] junk\na=1\n[y]z]\n", "f.conf");
    assertThat(document.sections()).containsExactly("program:x", "y]z");
  }

  @Test
  void theDefaultSectionIsPartOfEveryOther() throws ConfigException {
    document.merge("[DEFAULT]\nx=1\ny=2\n[a]\nx=3\n", "f.conf");
    assertThat(document.sections()).containsExactly("a");
    assertThat(document.get("a", "y")).contains("2");
    assertThat(document.options("a")).containsExactly(entry("x", "3"), entry("y", "2"));
  }

  @Test
  void aSectionRemembersTheFileItFirstStoodIn() throws ConfigException {
    document.merge("[a]\n", "main.conf");
    document.merge("[a]\n[b]\n", "more.conf");
    assertThat(document.source("a")).contains("main.conf");
    assertThat(document.source("b")).contains("more.conf");
    assertThat(document.source("c")).isEmpty();
  }

  @Test
  void aLaterFileGoesBeforeAnEarlierOne() throws ConfigException {
    document.merge("[a]\nx=1\n", "main.conf");
    document.merge("[a]\nx=2\n", "more.conf");
    assertThat(document.get("a", "x")).contains("2");
  }

  @Test
  void hereIsExpandedOnce() throws ConfigException {
    document.merge("[a]\nx=%(here)s/%(here)s\n", "main.conf");
    document.expandHere("/one");
    document.expandHere("/two");
    assertThat(document.get("a", "x")).contains("/one//one");
  }

  @Test
  void anOptionBeforeAnySectionIsToldWithItsLine() {
    assertThatThrownBy(() -> document.merge("\n; c\nx=1\n", "f.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("File contains no section headers.\nfile: 'f.conf', line: 3\n'x=1\\n'");
  }

  @Test
  void aByteOrderMarkIsNoSectionHeader() {
    assertThatThrownBy(() -> document.merge("\ufeff[supervisord]\n", "f.conf"))
        .hasMessageStartingWith("File contains no section headers.\nfile: 'f.conf', line: 1\n");
  }

  @Test
  void allLinesThatAreNoOptionsAreTold() {
    assertThatThrownBy(() -> document.merge("[a]\nnovalue\nx=1\n=y\n[]", "f.conf"))
        .hasMessage(
            "Source contains parsing errors: 'f.conf'\n\t[line  2]: 'novalue\\n'"
                + "\n\t[line  4]: '=y\\n'\n\t[line  5]: '[]'");
  }
}
