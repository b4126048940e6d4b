package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.text.Bytes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.xmlrpc.serializer.XmlRpcWriter;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class ResponseWriterTest {

  private static byte[] written(Object value) throws UnwritableResultException {
    MemoryBudget budget = new MemoryBudget(16 << 20);
    XmlOutput out = new XmlOutput(budget, budget.open());
    ResponseWriter.result(out, value);
    return out.response().toBytes();
  }

  /** As the library writes it, with texts as XML can carry them. */
  private static byte[] expected(Object value) throws SAXException {
    XmlText text = new XmlText();
    new XmlRpcWriter(WireTypes.CONFIG, text, new WireTypes()).write(WireTypes.CONFIG, value);
    return text.toBytes();
  }

  private static Object roundTrip(Object value) throws Exception {
    return RpcClient.parse(written(value));
  }

  @Test
  void everyByteIsAsTheLibraryWritesIt() throws Exception {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("a name & more", List.of(1, -2L, 1L << 40, true, false, 0.5, ""));
    struct.put("nested", Map.of("k", List.of(Map.of(), List.of())));
    struct.put("base64", new byte[] {1, 2, 3});
    struct.put("array", new Object[] {"x", 1, Map.of("y", true)});
    struct.put("bytes", Bytes.copyOf(new byte[] {'a', (byte) 0xff, 0, '\r', '<'}));
    struct.put("long", "grüße \uD83D\uDE00 \uD800 \uFFFF <&> \r\n\t\u0001 ]]>".repeat(10_000));
    for (Object value : List.of(struct, List.of(struct, struct), "text", 7, true)) {
      assertThat(written(value)).isEqualTo(expected(value));
    }
  }

  @Test
  void aTextMayBeAnyCharactersAnywhere() throws Exception {
    Random random = new Random(11);
    int[] alphabet = {'a', '&', '<', 0, '\r', 0xe9, 0x20ac, 0xd800, 0xdfff, 0x1f600, 0xfffe};
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(600); length > 0; length--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      assertThat(written(text.toString())).isEqualTo(expected(text.toString()));
    }
  }

  @Test
  void wholeNumbersAreIntsAndCappedTo32Bits() throws Exception {
    assertThat(new String(written(List.of(1, 1L << 40)), UTF_8))
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
    assertThatThrownBy(() -> written(Arrays.asList("a", null)))
        .isInstanceOf(UnwritableResultException.class);
  }

  @Test
  void aFaultTellsCodeAndText() throws Exception {
    MemoryBudget budget = new MemoryBudget(16 << 20);
    XmlOutput out = new XmlOutput(budget, budget.open());
    ResponseWriter.fault(out, new XmlRpcFault(10, "BAD_NAME: <x>"));
    byte[] fault = out.response().toBytes();
    XmlText text = new XmlText();
    new XmlRpcWriter(WireTypes.CONFIG, text, new WireTypes())
        .write(WireTypes.CONFIG, 10, "BAD_NAME: <x>");
    assertThat(fault).isEqualTo(text.toBytes());
    assertThatThrownBy(() -> RpcClient.parse(fault)).hasMessage("10 BAD_NAME: <x>");
  }
}
