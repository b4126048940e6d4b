package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.posix.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {

  private static Object roundTrip(Object value) throws Exception {
    return RpcClient.parse(ResponseWriter.result(value).toBytes());
  }

  @Test
  void wholeNumbersAreIntsAndCappedTo32Bits() throws Exception {
    assertThat(new String(ResponseWriter.result(List.of(1, 1L << 40)).toBytes(), UTF_8))
        .contains("<int>1</int>", "<int>2147483647</int>")
        .doesNotContain("i4", "i8");
  }

  @Test
  void charactersThatXmlCannotCarryAreReplaced() throws Exception {
    assertThat(roundTrip("a\u0001b\u0000c\uFFFEd\uD800e"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void charactersBeyondTheBasicPlaneComeThroughWhole() throws Exception {
    assertThat(roundTrip("grin \uD83D\uDE00, g clef \uD834\uDD1E"))
        .isEqualTo("grin \uD83D\uDE00, g clef \uD834\uDD1E");
  }

  @Test
  void carriageReturnsMarkupAndTabsComeThrough() throws Exception {
    assertThat(roundTrip("50%\r100%\r\n\t<b> & ]]>")).isEqualTo("50%\r100%\r\n\t<b> & ]]>");
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() throws Exception {
    assertThat(roundTrip(Bytes.copyOf(new byte[] {'a', (byte) 0xff, 'b'}))).isEqualTo("a\uFFFDb");
  }

  @Test
  void aResultWithoutATypeIsToldAndNotSent() {
    assertThatThrownBy(() -> ResponseWriter.result(Arrays.asList("a", null)))
        .isInstanceOf(ResponseWriter.UnwritableResultException.class);
  }

  @Test
  void aFaultTellsCodeAndText() {
    assertThatThrownBy(
            () ->
                RpcClient.parse(ResponseWriter.fault(new RpcFault(10, "BAD_NAME: <x>")).toBytes()))
        .hasMessage("10 BAD_NAME: <x>");
  }
}
