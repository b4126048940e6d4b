package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.output.HeldLog;
import ee.supervisor.posix.Bytes;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Writes values as XML-RPC has them: those that Supervisor's methods return straight into the bytes
 * of the response, rarer ones by the library's serializers.
 */
final class ValueWriter {
  private static final byte[] STRING = ascii("<value><string>");
  private static final byte[] STRING_END = ascii("</string></value>");
  private static final byte[] INT = ascii("<value><int>");
  private static final byte[] INT_END = ascii("</int></value>");
  private static final byte[] TRUE = ascii("<value><boolean>1</boolean></value>");
  private static final byte[] FALSE = ascii("<value><boolean>0</boolean></value>");
  private static final byte[] ARRAY = ascii("<value><array><data>");
  private static final byte[] ARRAY_END = ascii("</data></array></value>");
  private static final byte[] STRUCT = ascii("<value><struct>");
  private static final byte[] STRUCT_END = ascii("</struct></value>");
  private static final byte[] NAME = ascii("<member><name>");
  private static final byte[] NAME_END = ascii("</name>");
  private static final byte[] MEMBER_END = ascii("</member>\n");

  private final XmlOutput out;

  ValueWriter(XmlOutput out) {
    this.out = out;
  }

  static byte[] ascii(String xml) {
    return xml.getBytes(US_ASCII);
  }

  /** The name of a struct's member, ready to be written. */
  static byte[] name(String name) {
    return ascii("<member><name>" + name + "</name>");
  }

  /**
   * Writes any value.
   *
   * @throws UnwritableResultException when XML-RPC has no type for something in it
   */
  void value(Object value) throws UnwritableResultException {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Integer || value instanceof Long) {
      whole(((Number) value).longValue());
    } else if (value instanceof Boolean truth) {
      truth(truth);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof Map<?, ?> map) {
      struct(map);
    } else if (value instanceof WireValue wire) {
      wire.write(this);
    } else if (value instanceof Bytes bytes) {
      text(bytes.toString());
    } else if (value instanceof RpcResponse written) {
      out.append(written);
    } else if (value instanceof HeldLog log) {
      out.markup(STRING);
      out.log(log);
      out.markup(STRING_END);
    } else {
      rare(value);
    }
  }

  void text(String text) {
    out.markup(STRING);
    out.text(text);
    out.markup(STRING_END);
  }

  /** XML-RPC has 32 bits for a number. */
  void whole(long number) {
    out.markup(INT);
    out.text(Integer.toString(WireTypes.capped(number)));
    out.markup(INT_END);
  }

  void truth(boolean truth) {
    out.markup(truth ? TRUE : FALSE);
  }

  void beginArray() {
    out.markup(ARRAY);
  }

  void endArray() {
    out.markup(ARRAY_END);
  }

  void beginStruct() {
    out.markup(STRUCT);
  }

  void endStruct() {
    out.markup(STRUCT_END);
  }

  /** Writes a member of the current struct, by a {@link #name}. */
  void member(byte[] name, String text) {
    out.markup(name);
    text(text);
    out.markup(MEMBER_END);
  }

  void member(byte[] name, long number) {
    out.markup(name);
    whole(number);
    out.markup(MEMBER_END);
  }

  void member(byte[] name, boolean truth) {
    out.markup(name);
    truth(truth);
    out.markup(MEMBER_END);
  }

  void member(byte[] name, List<?> values) throws UnwritableResultException {
    out.markup(name);
    array(values);
    out.markup(MEMBER_END);
  }

  private void array(List<?> list) throws UnwritableResultException {
    beginArray();
    for (Object element : list) {
      value(element);
    }
    endArray();
  }

  private void struct(Map<?, ?> map) throws UnwritableResultException {
    beginStruct();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new UnwritableResultException(
            new SAXException("XML-RPC has no type for a name like " + member.getKey()));
      }
      out.markup(NAME);
      out.text(name);
      out.markup(NAME_END);
      value(member.getValue());
      out.markup(MEMBER_END);
    }
    endStruct();
  }

  private void rare(Object value) throws UnwritableResultException {
    try {
      ContentHandler elements = new Elements();
      new WireTypes().getSerializer(WireTypes.CONFIG, value).write(elements, value);
    } catch (SAXException e) {
      throw new UnwritableResultException(e);
    }
  }

  /** What the library writes. */
  private final class Elements extends DefaultHandler {
    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
      out.markup(ascii("<" + localName + ">"));
    }

    @Override
    public void endElement(String uri, String localName, String name) {
      out.markup(localName.equals("member") ? MEMBER_END : ascii("</" + localName + ">"));
    }

    @Override
    public void characters(char[] chars, int start, int length) {
      out.text(chars, start, start + length);
    }
  }
}
