package ee.supervisor.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineWatchTest {
  private final AtomicInteger found = new AtomicInteger();

  private LineWatch watch(String pattern) {
    return new LineWatch(Pattern.compile(pattern), found::incrementAndGet);
  }

  private static boolean see(LineWatch watch, String text) {
    return watch.see(Channel.STDOUT, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void aLineIsFoundHoweverItIsCut() {
    LineWatch watch = watch("^ready on 80$");
    assertThat(see(watch, "x\nrea")).isTrue();
    assertThat(see(watch, "dy on ")).isTrue();
    assertThat(see(watch, "80")).isTrue();
    assertThat(see(watch, "\n")).isFalse();
    assertThat(found).hasValue(1);
  }

  @Test
  void aLineThatIsNotCompleteIsNotLookedAt() {
    LineWatch watch = watch("80$");
    assertThat(see(watch, "ready on 80")).isTrue();
    assertThat(see(watch, "81\n")).isTrue();
    assertThat(found).hasValue(0);
  }

  @Test
  void theChannelsAreLinesOfTheirOwn() {
    LineWatch watch = watch("ab");
    assertThat(see(watch, "a")).isTrue();
    assertThat(watch.see(Channel.STDERR, ByteBuffer.wrap(new byte[] {'b', '\n'}))).isTrue();
    assertThat(see(watch, "b\r\n")).isFalse();
  }

  @Test
  void ofALongLineTheBeginningIsLookedAt() {
    LineWatch watch = watch("start.*|end");
    assertThat(see(watch, "x".repeat(1 << 20) + "end\n")).isTrue();
    assertThat(see(watch, "start" + "x".repeat(1 << 20) + "\n")).isFalse();
  }

  @Test
  void anExpressionThatTakesForEverFindsNothing() {
    LineWatch watch = watch("(a+)+b");
    assertThat(see(watch, "a".repeat(8000) + "\n")).isTrue();
    LineWatch deep = watch("(a|b)*c");
    assertThat(see(deep, "ab".repeat(4000) + "\n")).isTrue();
    assertThat(found).hasValue(0);
  }
}
