package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValuePairsTest {

  @Test
  void pairsStandBetweenCommas() throws ConfigException {
    assertThat(KeyValuePairs.parse("B=1,A=\"2\""))
        .containsExactly(entry("B", "1"), entry("A", "2"));
  }

  @Test
  void anEmptyTextHasNoPairs() throws ConfigException {
    assertThat(KeyValuePairs.parse("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=\"x,y\" | x,y",
        "A='x;y' | x;y",
        "A=\"it's\" | it's",
        "A='a\"b' | a\"b",
        "A=\"b=c\" | b=c",
        "A = 1 | 1",
        "A=/usr/bin:/bin | /usr/bin:/bin",
        "A=-x.y(z)+_ | -x.y(z)+_",
        "A=\"\" | ``",
        "A=\"a\\nb\" | a\\nb",
        "A=x'y | x'y",
        "A=@ | @",
      })
  void aValueMayBeQuoted(String text, String value) throws ConfigException {
    assertThat(KeyValuePairs.parse(text)).containsExactly(entry("A", value));
  }

  @Test
  void pairsMayStandOnLinesOfTheirOwn() throws ConfigException {
    assertThat(KeyValuePairs.parse("A=1,\nB=2,\nC=\"3\n4\""))
        .containsExactly(entry("A", "1"), entry("B", "2"), entry("C", "3\n4"));
  }

  @Test
  void aCommaAtTheEndIsAllowed() throws ConfigException {
    assertThat(KeyValuePairs.parse("A=1,")).containsExactly(entry("A", "1"));
  }

  @Test
  void whatSeparatesPairsIsNotLookedAt() throws ConfigException {
    assertThat(KeyValuePairs.parse("A=1;B=2")).containsExactly(entry("A", "1"), entry("B", "2"));
  }

  @Test
  void ofTheSameKeyTheLastCounts() throws ConfigException {
    assertThat(KeyValuePairs.parse("A=1,A=2")).containsExactly(entry("A", "2"));
  }

  @Test
  void aHashBeginsACommentThatDoesNotEndTheWord() throws ConfigException {
    assertThat(KeyValuePairs.parse("A=b#c\nd,B=1#x"))
        .containsExactly(entry("A", "bd"), entry("B", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A=", "=", "A:1", "A=1,B", "A=1,,B=2", "A=b@c"})
  void whatAreNoPairsIsTold(String text) {
    assertThatThrownBy(() -> KeyValuePairs.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Unexpected end of key/value pairs in value '" + text + "'");
  }

  @Test
  void aQuoteThatDoesNotCloseIsTold() {
    assertThatThrownBy(() -> KeyValuePairs.parse("A=\"b"))
        .hasMessage("No closing quotation in value 'A=\"b'");
  }
}
