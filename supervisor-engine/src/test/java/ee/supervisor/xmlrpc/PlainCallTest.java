package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCallTest {
  private static final String PYTHON =
      "<?xml version='1.0'?>\n<methodCall>\n<methodName>supervisor.tailProcessStdoutLog</methodName>"
          + "\n<params>\n<param>\n<value><string>web:web_00</string></value>\n</param>\n"
          + "<param>\n<value><int>-5</int></value>\n</param>\n</params>\n</methodCall>\n";

  private static final String MULTICALL =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><methodCall><methodName>system.multicall"
          + "</methodName><params><param><value><array><data>"
          + "<value><struct><member><name>methodName</name><value>supervisor.startProcess</value>"
          + "</member><member><name>params</name><value><array><data> <value> a b </value>"
          + "<value><boolean>1</boolean></value><value><i4>7</i4></value> </data></array></value>"
          + "</member></struct></value></data></array></value></param></params></methodCall>";

  private static RpcRequest plain(String xml) {
    return PlainCall.read(xml.getBytes(UTF_8));
  }

  @Test
  void whatPythonSendsIsPlain() {
    assertThat(plain(PYTHON))
        .isEqualTo(new RpcRequest("supervisor.tailProcessStdoutLog", List.of("web:web_00", -5L)));
    assertThat(plain(MULTICALL))
        .isEqualTo(
            new RpcRequest(
                "system.multicall",
                List.of(
                    List.of(
                        Map.of(
                            "methodName",
                            "supervisor.startProcess",
                            "params",
                            List.of(" a b ", true, 7L))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<methodCall><methodName>a.b</methodName></methodCall>",
        "<?xml version=\"1.0\" ?><methodCall><methodName>a.b</methodName><params/></methodCall>\n",
        "<?xml version=\"1.0\" encoding=\"us-ascii\"?><methodCall><methodName>a.b</methodName>"
            + "<params></params></methodCall>",
        "<?xml version='1.0' encoding='iso-8859-1'?>\r\n<methodCall>\r\n"
            + "<methodName>a.b</methodName>\r\n</methodCall>"
      })
  void whatOtherClientsSendIsPlainToo(String xml) {
    assertThat(plain(xml)).isEqualTo(new RpcRequest("a.b", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a &amp; b",
        "gr\u00fc\u00dfe",
        "<!-- c -->x",
        "<![CDATA[x]]>",
        "<?p?>x",
        "]]>",
        "a\rb",
        "\u0001",
        "<double>1.5</double>",
        "<base64>AA==</base64>",
        "<nil/>",
        "<int> 1 </int>",
        "<int>+1</int>",
        "<int></int>",
        "<int>1234567890123456789</int>",
        "<boolean>true</boolean>",
        "<string a='b'>x</string>",
        "<string >x</string>",
        "<i8>1</i8>",
        "x<int>1</int>",
        "<struct><member><name>k</name><value/></member></struct>",
        "<struct><member><name>k</name><value>1</value></member>"
            + "<member><name>k</name><value>2</value></member></struct>"
      })
  void whatIsUnusualIsLeftToTheOther(String value) {
    assertThat(
            plain(
                "<methodCall><methodName>a.b</methodName><params><param><value>"
                    + value
                    + "</value></param></params></methodCall>"))
        .isNull();
  }

  /** Mutations of calls, most of them of a few bytes: whatever is read is what the other reads. */
  @Test
  void whatIsReadMeansTheSameToAParserOfAllOfXml() throws Exception {
    Random random = new Random(5);
    RequestReader reader = new RequestReader();
    String[] pieces = {
      " ",
      "\n",
      "<",
      ">",
      "/",
      "&",
      "<value>",
      "</value>",
      "<params>",
      "<param>",
      "</param>",
      "<string>",
      "</string>",
      "<int>1</int>",
      "<array><data>",
      "</data></array>",
      "\r",
      "\t",
      "-",
      "<?xml version='1.0'?>",
      "<params/>",
      "<methodName>x</methodName>",
      "<value>7</value>",
      "0"
    };
    int read = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder xml = new StringBuilder(i % 2 == 0 ? PYTHON : MULTICALL);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(xml.length());
        switch (random.nextInt(3)) {
          case 0 -> xml.insert(at, pieces[random.nextInt(pieces.length)]);
          case 1 -> xml.delete(at, Math.min(xml.length(), at + 1 + random.nextInt(30)));
          default -> xml.setCharAt(at, (char) (' ' + random.nextInt(95)));
        }
      }
      RpcRequest plain = plain(xml.toString());
      if (plain != null) {
        read++;
        byte[] body = xml.toString().getBytes(UTF_8);
        assertThatCode(() -> assertThat(reader.parse(body)).isEqualTo(plain))
            .as("%s", xml)
            .doesNotThrowAnyException();
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }
}
