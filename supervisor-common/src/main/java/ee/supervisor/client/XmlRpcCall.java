package ee.supervisor.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the body of an XML-RPC request. */
final class XmlRpcCall {

  private XmlRpcCall() {}

  /**
   * Writes a call.
   *
   * @param method such as {@code supervisor.startProcess}
   * @param arguments strings, integers, booleans and lists of them
   * @return the body, in UTF-8
   * @throws IllegalArgumentException if an argument is of another type
   */
  static byte[] body(String method, List<?> arguments) {
    StringBuilder xml = new StringBuilder(256);
    xml.append("<?xml version='1.0'?>\n<methodCall>\n<methodName>");
    escape(xml, method);
    xml.append("</methodName>\n<params>\n");
    for (Object argument : arguments) {
      xml.append("<param>\n");
      value(xml, argument);
      xml.append("</param>\n");
    }
    return xml.append("</params>\n</methodCall>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void value(StringBuilder xml, Object argument) {
    xml.append("<value>");
    if (argument instanceof String text) {
      xml.append("<string>");
      escape(xml, text);
      xml.append("</string>");
    } else if (argument instanceof Integer) {
      xml.append("<int>").append(argument).append("</int>");
    } else if (argument instanceof Boolean flag) {
      xml.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
    } else if (argument instanceof List<?> list) {
      xml.append("<array><data>\n");
      for (Object element : list) {
        value(xml, element);
      }
      xml.append("</data></array>");
    } else {
      throw new IllegalArgumentException("cannot send a " + argument.getClass().getName());
    }
    xml.append("</value>\n");
  }

  private static void escape(StringBuilder xml, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        default -> xml.append(c);
      }
    }
  }
}
