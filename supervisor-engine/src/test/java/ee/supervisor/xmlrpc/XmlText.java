package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** What the library writes as XML: requests of tests, and what responses must be the same as. */
final class XmlText extends DefaultHandler {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder(512);

  byte[] toBytes() {
    return text.toString().getBytes(UTF_8);
  }

  @Override
  public void startDocument() {
    text.append("<?xml version='1.0'?>\n");
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes) {
    text.append('<').append(localName).append('>');
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    text.append("</").append(localName).append('>');
    if (localName.equals("member") || localName.equals("methodResponse")) {
      text.append('\n');
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    int end = start + length;
    for (int i = start; i < end; i++) {
      char c = chars[i];
      if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(chars[i + 1])) {
        text.append(c).append(chars[++i]);
      } else {
        character(c);
      }
    }
  }

  private void character(char c) {
    switch (c) {
      case '&' -> text.append("&amp;");
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '\r' -> text.append("&#13;");
      case '\t', '\n' -> text.append(c);
      case '\uFFFE', '\uFFFF' -> text.append(REPLACEMENT);
      default -> text.append(c < ' ' || Character.isSurrogate(c) ? REPLACEMENT : c);
    }
  }
}
