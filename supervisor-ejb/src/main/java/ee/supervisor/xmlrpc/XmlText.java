package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.output.LogReader;
import java.util.ArrayList;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Writes an answer as XML that every parser accepts, whatever a log holds. Stands in for the
 * library's own writer, which sends emoji as two halves and control characters as they are.
 *
 * <p>A character that XML 1.0 cannot carry, not even as a reference, becomes U+FFFD. A carriage
 * return goes as a reference, since a parser would make a line feed of it.
 */
final class XmlText extends DefaultHandler {
  private static final char REPLACEMENT = '\uFFFD';

  private final List<RpcAnswer.Part> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(512);

  /** What was written; nothing can be written after it. */
  RpcAnswer answer() {
    endPart();
    return new RpcAnswer(parts);
  }

  /** A piece of a log as the content of the current element. */
  void log(LogReader.Piece piece) {
    endPart();
    parts.add(new RpcAnswer.Part.Log(piece));
  }

  static byte[] utf8(String xml) {
    return xml.getBytes(UTF_8);
  }

  private void endPart() {
    parts.add(new RpcAnswer.Part.Xml(text.toString()));
    text.setLength(0);
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
