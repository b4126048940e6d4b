package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.text.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader();

  private RpcRequest read(String xml) throws MalformedRequestException {
    return reader.read(xml.getBytes(UTF_8), new MemoryBudget(1 << 30).open());
  }

  private Object argument(String value) throws MalformedRequestException {
    return read(call("<param>" + value + "</param>")).arguments().get(0);
  }

  private static String call(String params) {
    return "<?xml version='1.0'?>\n<methodCall>\n<methodName>a.b</methodName>\n<params>\n"
        + params
        + "\n</params>\n</methodCall>\n";
  }

  @Test
  void aValueWithoutATypeIsAString() throws Exception {
    assertThat(argument("<value>a &lt; b</value>")).isEqualTo("a < b");
    assertThat(argument("<value></value>")).isEqualTo("");
  }

  @Test
  void wholeNumbersOfAnyWidthAreRead() throws Exception {
    assertThat(argument("<value><int> -7 </int></value>")).isEqualTo(-7L);
    assertThat(argument("<value><i4>7</i4></value>")).isEqualTo(7L);
    assertThat(argument("<value><i8>3000000000</i8></value>")).isEqualTo(3_000_000_000L);
    assertThat(argument("<value><int>99999999999999999999</int></value>"))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void structsArraysBase64BooleansAndDoublesAreRead() throws Exception {
    String member = "<member><name>k</name><value><boolean>1</boolean></value></member>";
    assertThat(argument("<value><struct>" + member + "</struct></value>"))
        .isEqualTo(Map.of("k", true));
    assertThat(
            argument(
                "<value><array><data><value>x</value><value><double>1.5</double></value>"
                    + "</data></array></value>"))
        .isEqualTo(List.of("x", 1.5));
    assertThat(argument("<value><base64>/wA=</base64></value>"))
        .isEqualTo(Bytes.copyOf(new byte[] {(byte) 0xff, 0}));
  }

  @Test
  void nilIsNoValue() throws Exception {
    assertThat(argument("<value><nil/></value>")).isEqualTo(RpcArguments.Nil.NIL);
    assertThat(argument("<value><array><data><value><nil/></value></data></array></value>"))
        .isEqualTo(List.of(RpcArguments.Nil.NIL));
  }

  @Test
  void aTypeThatNobodyKnowsIsItsText() throws Exception {
    assertThat(argument("<value><biginteger>12</biginteger></value>")).isEqualTo("12");
  }

  @Test
  void onlyOneIsTrue() throws Exception {
    assertThat(argument("<value><boolean>1</boolean></value>")).isEqualTo(true);
    assertThat(argument("<value><boolean>0</boolean></value>")).isEqualTo(false);
    assertThat(argument("<value><boolean>true</boolean></value>")).isEqualTo(false);
  }

  @Test
  void paramsMayBeLeftOut() throws Exception {
    assertThat(read("<methodCall><methodName>a.b</methodName></methodCall>"))
        .isEqualTo(new RpcRequest("a.b", List.of()));
  }

  @Test
  void aDocumentTypeIsRefusedBeforeItsEntitiesCostAnything() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    }
    laughs.append("]><methodCall><methodName>&a29;</methodName></methodCall>");
    assertThatThrownBy(() -> read(laughs.toString())).isInstanceOf(MalformedRequestException.class);
  }

  @Test
  void anExternalEntityIsNotFetched() {
    assertThatThrownBy(
            () ->
                read(
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<methodCall><methodName>&e;</methodName></methodCall>"))
        .isInstanceOf(MalformedRequestException.class);
  }

  @Test
  void tooManyElementsInsideOneAnotherAreRefused() {
    String open = "<value><array><data>".repeat(10_000);
    assertThatThrownBy(() -> read(call("<param>" + open)))
        .isInstanceOf(MalformedRequestException.class)
        .hasMessageContaining("inside one another");
  }

  @Test
  void tooManyElementsAreRefused() {
    String values = "<value/>".repeat(RequestReader.MAX_ELEMENTS + 1);
    assertThatThrownBy(
            () ->
                read(
                    call(
                        "<param><value><array><data>"
                            + values
                            + "</data></array></value></param>")))
        .isInstanceOf(MalformedRequestException.class)
        .hasMessageContaining("elements");
  }

  @Test
  void typeExtensionsAreRefused() {
    assertThatThrownBy(
            () ->
                argument(
                    "<value><ex:serializable"
                        + " xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\">rO0A"
                        + "</ex:serializable></value>"))
        .isInstanceOf(MalformedRequestException.class);
  }

  @Test
  void aCallWithoutANameIsRefused() {
    assertThatThrownBy(() -> read("<methodCall><methodName></methodName></methodCall>"))
        .isInstanceOf(MalformedRequestException.class);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> argument("<value><int>seven</int></value>"))
        .isInstanceOf(MalformedRequestException.class);
  }
}
