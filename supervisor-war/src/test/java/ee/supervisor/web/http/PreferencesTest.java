package ee.supervisor.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreferencesTest {

  @Test
  void theMostParticularEntryCounts() {
    Preferences accept = Preferences.of("text/*;q=0.3, text/html;q=0.7, */*;q=0.5, TEXT/CSV");

    assertThat(accept.quality("text/html")).isEqualTo(0.7);
    assertThat(accept.quality("text/plain")).isEqualTo(0.3);
    assertThat(accept.quality("text/csv")).isEqualTo(1);
    assertThat(accept.quality("image/png")).isEqualTo(0.5);
  }

  @Test
  void zeroMeansNotAtAll() {
    Preferences encoding = Preferences.of("gzip;q=0, *;q=1");

    assertThat(encoding.quality("gzip")).isZero();
    assertThat(encoding.quality("br")).isEqualTo(1);
  }

  @Test
  void noHeaderWelcomesNothingInParticular() {
    assertThat(Preferences.of(null).quality("gzip")).isZero();
  }

  @Test
  void whatIsNoQualityIsNone() {
    assertThat(Preferences.of("gzip;q=much").quality("gzip")).isEqualTo(1);
    assertThat(Preferences.of(";;,,q=").quality("gzip")).isZero();
  }
}
