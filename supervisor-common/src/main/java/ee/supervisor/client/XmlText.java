package ee.supervisor.client;

/**
 * Walks over the tags and the text of a small XML document.
 *
 * <p>Hand-made, because the JDK's parsers take longer to start than a whole {@code supervisorctl
 * status}. It knows elements, text, CDATA, comments and character references; a document type is
 * refused, so there are no entities to expand. Characters that XML 1.0 forbids are let through:
 * they are what a child wrote to its log.
 */
final class XmlText {
  private final String xml;
  private int at;

  XmlText(String xml) {
    this.xml = xml;
  }

  /**
   * Steps over the start tag of an element.
   *
   * @param name the element's name
   * @throws XmlRpcFormatException if something else comes next
   */
  void enter(String name) throws XmlRpcFormatException {
    if (!tryEnter(name)) {
      throw unexpected("<" + name + ">");
    }
  }

  /**
   * Steps over the start tag of an element if it comes next.
   *
   * @param name the element's name
   * @return whether it came
   */
  boolean tryEnter(String name) throws XmlRpcFormatException {
    skipMarkup();
    if (!name.equals(nextName())) {
      return false;
    }
    int end = xml.indexOf('>', at);
    if (xml.charAt(end - 1) == '/') {
      // <string/>: leave the end tag to be read
      at = end - 1;
    } else {
      at = end + 1;
    }
    return true;
  }

  /**
   * The name of the element whose start tag comes next.
   *
   * @return empty if text or an end tag comes next
   */
  String nextName() throws XmlRpcFormatException {
    if (at + 1 >= xml.length() || xml.charAt(at) != '<' || xml.charAt(at + 1) == '/') {
      return "";
    }
    int end = at + 1;
    while (end < xml.length() && "> /\t\n".indexOf(xml.charAt(end)) < 0) {
      end++;
    }
    if (xml.indexOf('>', end) < 0) {
      throw unexpected("the end of a tag");
    }
    return xml.substring(at + 1, end);
  }

  /**
   * Steps over the end tag of an element.
   *
   * @param name the element's name
   * @throws XmlRpcFormatException if something else comes next
   */
  void leave(String name) throws XmlRpcFormatException {
    if (xml.startsWith("/>", at)) {
      at += 2;
      return;
    }
    skipMarkup();
    if (!xml.startsWith("</" + name, at)) {
      throw unexpected("</" + name + ">");
    }
    int end = xml.indexOf('>', at);
    if (end < 0) {
      throw unexpected("the end of </" + name);
    }
    at = end + 1;
  }

  /** Whether an end tag comes next, after white space. */
  boolean atEnd() throws XmlRpcFormatException {
    if (xml.startsWith("/>", at)) {
      return true;
    }
    skipMarkup();
    return xml.startsWith("</", at);
  }

  /**
   * Reads the text up to the next tag.
   *
   * @return the text with its references resolved and its line ends as XML has them
   */
  String text() throws XmlRpcFormatException {
    StringBuilder text = new StringBuilder();
    while (at < xml.length() && !xml.startsWith("/>", at)) {
      char c = xml.charAt(at);
      if (c == '<') {
        if (!cdataOrComment(text)) {
          break;
        }
      } else if (c == '&') {
        reference(text);
      } else {
        at++;
        if (c == '\r') {
          text.append('\n');
          at += at < xml.length() && xml.charAt(at) == '\n' ? 1 : 0;
        } else {
          text.append(c);
        }
      }
    }
    return text.toString();
  }

  private boolean cdataOrComment(StringBuilder text) throws XmlRpcFormatException {
    if (xml.startsWith("<![CDATA[", at)) {
      int end = find("]]>");
      text.append(xml, at + "<![CDATA[".length(), end);
      at = end + 3;
      return true;
    }
    if (xml.startsWith("<!--", at)) {
      at = find("-->") + 3;
      return true;
    }
    return false;
  }

  private void reference(StringBuilder text) throws XmlRpcFormatException {
    int end = xml.indexOf(';', at);
    if (end < 0 || end - at > 10) {
      throw unexpected("a character reference");
    }
    String name = xml.substring(at + 1, end);
    switch (name) {
      case "lt" -> text.append('<');
      case "gt" -> text.append('>');
      case "amp" -> text.append('&');
      case "quot" -> text.append('"');
      case "apos" -> text.append('\'');
      default -> text.appendCodePoint(codePoint(name));
    }
    at = end + 1;
  }

  private int codePoint(String name) throws XmlRpcFormatException {
    try {
      int code =
          name.startsWith("#x")
              ? Integer.parseInt(name, 2, name.length(), 16)
              : Integer.parseInt(name, 1, name.length(), 10);
      if (name.startsWith("#") && Character.isValidCodePoint(code)) {
        return code;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // reported below, with its place
    }
    throw unexpected("a character reference");
  }

  /** Steps over white space, comments, and processing instructions such as the XML declaration. */
  private void skipMarkup() throws XmlRpcFormatException {
    while (at < xml.length()) {
      if (Character.isWhitespace(xml.charAt(at)) || xml.charAt(at) == '\uFEFF') {
        at++;
      } else if (xml.startsWith("<?", at)) {
        at = find("?>") + 2;
      } else if (xml.startsWith("<!--", at)) {
        at = find("-->") + 3;
      } else if (xml.startsWith("<!DOCTYPE", at)) {
        throw new XmlRpcFormatException("document types are not accepted in an XML-RPC response");
      } else {
        return;
      }
    }
  }

  private int find(String mark) throws XmlRpcFormatException {
    int found = xml.indexOf(mark, at);
    if (found < 0) {
      throw unexpected(mark);
    }
    return found;
  }

  XmlRpcFormatException unexpected(String wanted) {
    String met = xml.substring(Math.min(at, xml.length()), Math.min(at + 40, xml.length()));
    return new XmlRpcFormatException(
        "not an XML-RPC response: expected "
            + wanted
            + " at character "
            + at
            + ", met \""
            + met
            + "\"");
  }
}
