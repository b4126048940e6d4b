package ee.supervisor.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the body of an XML-RPC response.
 *
 * <p>Values come as {@code Integer} ({@code Long} if it needs one), {@code Boolean}, {@code
 * Double}, {@code String} (dates too), {@code byte[]}, {@code List} and {@code Map}; nil as an
 * empty string.
 */
final class XmlRpcResponse {
  private static final int MAX_DEPTH = 64;

  private final XmlText xml;
  private int depth;

  private XmlRpcResponse(String xml) {
    this.xml = new XmlText(xml);
  }

  /**
   * Reads a response.
   *
   * @param body what the server sent, in UTF-8
   * @return the value
   * @throws RpcFault if the response is a fault
   * @throws XmlRpcFormatException if it is none, or nested deeper than any real one
   */
  static Object parse(byte[] body) throws RpcFault, XmlRpcFormatException {
    return new XmlRpcResponse(new String(body, StandardCharsets.UTF_8)).response();
  }

  private Object response() throws RpcFault, XmlRpcFormatException {
    xml.enter("methodResponse");
    if (xml.tryEnter("fault")) {
      Object fault = value();
      xml.leave("fault");
      throw fault(fault);
    }
    xml.enter("params");
    xml.enter("param");
    Object value = value();
    xml.leave("param");
    xml.leave("params");
    xml.leave("methodResponse");
    return value;
  }

  private RpcFault fault(Object fault) throws XmlRpcFormatException {
    if (fault instanceof Map<?, ?> struct
        && struct.get("faultCode") instanceof Integer code
        && struct.get("faultString") instanceof String text) {
      return new RpcFault(code, text);
    }
    throw xml.unexpected("faultCode and faultString");
  }

  private Object value() throws XmlRpcFormatException {
    if (++depth > MAX_DEPTH) {
      throw new XmlRpcFormatException("an XML-RPC response of more than " + MAX_DEPTH + " levels");
    }
    xml.enter("value");
    String text = xml.text();
    String type = xml.nextName();
    Object value = type.isEmpty() ? text : typed(type);
    xml.leave("value");
    depth--;
    return value;
  }

  private Object typed(String type) throws XmlRpcFormatException {
    xml.enter(type);
    Object value =
        switch (type) {
          case "struct" -> struct();
          case "array" -> array();
          default -> scalar(type, xml.text());
        };
    xml.leave(type);
    return value;
  }

  private Object scalar(String type, String text) throws XmlRpcFormatException {
    try {
      return switch (type) {
        case "string", "dateTime.iso8601", "nil" -> text;
        case "int", "i1", "i2", "i4", "i8" -> integer(Long.parseLong(text.trim()));
        case "boolean" -> "1".equals(text.trim());
        case "double" -> Double.valueOf(text.trim());
        case "base64" -> Base64.getMimeDecoder().decode(text);
        default -> throw xml.unexpected("a type of XML-RPC instead of <" + type + ">");
      };
    } catch (IllegalArgumentException e) {
      throw new XmlRpcFormatException("not a value of type " + type + ": \"" + text + "\"");
    }
  }

  private static Object integer(long number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }

  private Map<String, Object> struct() throws XmlRpcFormatException {
    Map<String, Object> struct = new LinkedHashMap<>();
    while (!xml.atEnd()) {
      xml.enter("member");
      xml.enter("name");
      String name = xml.text();
      xml.leave("name");
      struct.put(name, value());
      xml.leave("member");
    }
    return struct;
  }

  private List<Object> array() throws XmlRpcFormatException {
    List<Object> array = new ArrayList<>();
    xml.enter("data");
    while (!xml.atEnd()) {
      array.add(value());
    }
    xml.leave("data");
    return array;
  }
}
