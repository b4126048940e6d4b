package ee.supervisor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamespecTest {

  @Test
  void aBareNameIsGroupAndProcess() {
    assertThat(Namespec.parse("cat")).isEqualTo(new Namespec("cat", Optional.of("cat")));
  }

  @Test
  void aNameWithAColonNamesBoth() {
    assertThat(Namespec.parse("web:a")).isEqualTo(new Namespec("web", Optional.of("a")));
    assertThat(Namespec.parse("web:a:b")).isEqualTo(new Namespec("web", Optional.of("a:b")));
  }

  @Test
  void aStarOrNothingAfterTheColonIsTheWholeGroup() {
    assertThat(Namespec.parse("web:*")).isEqualTo(new Namespec("web", Optional.empty()));
    assertThat(Namespec.parse("web:")).isEqualTo(new Namespec("web", Optional.empty()));
  }

  @Test
  void theShortestNameIsShown() {
    assertThat(Namespec.of("cat", "cat")).isEqualTo("cat");
    assertThat(Namespec.of("web", "a")).isEqualTo("web:a");
    assertThat(Namespec.parse("web:*")).hasToString("web:*");
  }
}
