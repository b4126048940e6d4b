package ee.supervisor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcResponseTest {

  private static Object parse(String xml) throws Exception {
    return XmlRpcResponse.parse(xml.getBytes(StandardCharsets.UTF_8));
  }

  private static Object value(String value) throws Exception {
    return parse(
        "<?xml version='1.0'?>\n<methodResponse><params><param><value>"
            + value
            + "</value></param></params></methodResponse>");
  }

  @Test
  void everyTypeOfXmlRpcIsRead() throws Exception {
    assertThat(value("<int>-5</int>")).isEqualTo(-5);
    assertThat(value("<i8>5000000000</i8>")).isEqualTo(5000000000L);
    assertThat(value("<boolean>1</boolean>")).isEqualTo(true);
    assertThat(value("<double>1.5</double>")).isEqualTo(1.5);
    assertThat(value("<string>a</string>")).isEqualTo("a");
    assertThat(value("bare ")).isEqualTo("bare ");
    assertThat(value("")).isEqualTo("");
    assertThat(value("<string/>")).isEqualTo("");
    assertThat(value("<nil/>")).isEqualTo("");
    assertThat(value("<base64>aGk=</base64>")).isEqualTo(new byte[] {'h', 'i'});
    assertThat(value("<dateTime.iso8601>20260101T00:00:00</dateTime.iso8601>"))
        .isEqualTo("20260101T00:00:00");
  }

  @Test
  void arraysAndStructsNest() throws Exception {
    assertThat(
            value(
                """
                <array> <data>
                  <value><struct>
                    <member><name>n</name><value><int>1</int></value></member>
                  </struct></value>
                  <value>x</value>
                </data> </array>
                """))
        .isEqualTo(List.of(Map.of("n", 1), "x"));
    assertThat(value("<array><data/></array>")).isEqualTo(List.of());
    assertThat(value("<struct/>")).isEqualTo(Map.of());
  }

  @Test
  void referencesCdataAndLineEndsAreThoseOfXml() throws Exception {
    assertThat(value("<string>&lt;&amp;&gt;&#x1F600;&#65;<![CDATA[<&>]]>\r\na\rb&#13;</string>"))
        .isEqualTo("<&>\uD83D\uDE00A<&>\na\nb\r");
  }

  @Test
  void whatAChildWroteIsReadThoughXmlForbidsIt() throws Exception {
    assertThat(value("<string>\u0001\u001b[1m</string>")).isEqualTo("\u0001\u001b[1m");
  }

  @Test
  void aFaultIsThrown() {
    String fault =
        """
        <methodResponse><fault><value><struct>
        <member><name>faultCode</name><value><int>10</int></value></member>
        <member><name>faultString</name><value><string>BAD_NAME: x</string></value></member>
        </struct></value></fault></methodResponse>
        """;
    assertThatThrownBy(() -> parse(fault))
        .isInstanceOfSatisfying(
            RpcFault.class,
            e -> {
              assertThat(e.code()).isEqualTo(10);
              assertThat(e.text()).isEqualTo("BAD_NAME: x");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>no</body></html>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><methodResponse/>",
        "<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>",
        "<methodResponse><params><param><value>&a;</value></param></params></methodResponse>",
        "<methodResponse><params><param><value>&#xFFFFFFF;</value></param></params></methodResponse>",
        "<methodResponse><params><param><value><int>1</int>",
        "<methodResponse><params><param><value",
        "<methodResponse><params><param><value><struct><member><name>a</member>"
      })
  void whatIsNoResponseIsRefused(String xml) {
    assertThatThrownBy(() -> parse(xml)).isInstanceOf(XmlRpcFormatException.class);
  }

  @Test
  void depthHasALimit() {
    assertThatThrownBy(() -> value("<array><data><value>".repeat(10_000)))
        .isInstanceOf(XmlRpcFormatException.class)
        .hasMessageContaining("64 levels");
  }
}
