package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads calls of the form that clients send, in one pass over the bytes. Whatever is unusual, be it
 * right or wrong (an entity, an attribute, a comment, a character beyond ASCII, a rare type), it
 * leaves to a parser that knows all of XML; what it does read means the same to that one, which a
 * test holds.
 */
final class PlainCall {
  private static final byte[] DECLARATION = ascii("<?xml version=");
  private static final byte[] VERSION = ascii("1.0");
  private static final byte[] ENCODING = ascii(" encoding=");

  /** The text is ASCII, or it is unusual. */
  private static final List<byte[]> ENCODINGS =
      List.of(ascii("UTF-8"), ascii("utf-8"), ascii("us-ascii"), ascii("iso-8859-1"));

  private static final byte[] CALL = ascii("<methodCall>");
  private static final byte[] CALL_END = ascii("</methodCall>");
  private static final byte[] METHOD = ascii("<methodName>");
  private static final byte[] METHOD_END = ascii("</methodName>");
  private static final byte[] PARAMS = ascii("<params>");
  private static final byte[] PARAMS_END = ascii("</params>");
  private static final byte[] NO_PARAMS = ascii("<params/>");
  private static final byte[] PARAM = ascii("<param>");
  private static final byte[] PARAM_END = ascii("</param>");
  private static final byte[] VALUE = ascii("<value>");
  private static final byte[] VALUE_END = ascii("</value>");
  private static final byte[] STRING = ascii("<string>");
  private static final byte[] STRING_END = ascii("</string>");
  private static final byte[] INT = ascii("<int>");
  private static final byte[] INT_END = ascii("</int>");
  private static final byte[] I4 = ascii("<i4>");
  private static final byte[] I4_END = ascii("</i4>");
  private static final byte[] TRUE = ascii("<boolean>1</boolean>");
  private static final byte[] FALSE = ascii("<boolean>0</boolean>");
  private static final byte[] ARRAY = ascii("<array>");
  private static final byte[] ARRAY_END = ascii("</array>");
  private static final byte[] DATA = ascii("<data>");
  private static final byte[] DATA_END = ascii("</data>");
  private static final byte[] STRUCT = ascii("<struct>");
  private static final byte[] STRUCT_END = ascii("</struct>");
  private static final byte[] MEMBER = ascii("<member>");
  private static final byte[] MEMBER_END = ascii("</member>");
  private static final byte[] NAME = ascii("<name>");
  private static final byte[] NAME_END = ascii("</name>");

  /** As many values inside one another as no client sends; well below the other's limit. */
  private static final int MAX_DEPTH = 20;

  /** Values and members; with what is in them, below the other's limit of elements. */
  private static final int MAX_VALUES = RequestReader.MAX_ELEMENTS / 4;

  /** More digits might not fit. */
  private static final int MAX_DIGITS = 18;

  private final byte[] xml;
  private int at;
  private int values;

  /** Something that another parser has to look at; no failure yet. */
  private static final class UnusualException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusualException() {
      super(null, null, false, false);
    }
  }

  private PlainCall(byte[] xml) {
    this.xml = xml;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** The call, or null when something about it is unusual. */
  static RpcRequest read(byte[] xml) {
    try {
      return new PlainCall(xml).call();
    } catch (UnusualException e) {
      return null;
    }
  }

  private RpcRequest call() throws UnusualException {
    declaration();
    space();
    expect(CALL);
    space();
    expect(METHOD);
    String method = name();
    expect(METHOD_END);
    space();
    List<Object> arguments = new ArrayList<>();
    if (skip(PARAMS)) {
      params(arguments);
    } else {
      skip(NO_PARAMS);
    }
    space();
    expect(CALL_END);
    space();
    if (at < xml.length) {
      throw new UnusualException();
    }
    return new RpcRequest(method, arguments);
  }

  private void declaration() throws UnusualException {
    if (skip(DECLARATION)) {
      quoted(List.of(VERSION));
      if (skip(ENCODING)) {
        quoted(ENCODINGS);
      }
      space();
      if (!(next() == '?' && next() == '>')) {
        throw new UnusualException();
      }
    }
  }

  private void quoted(List<byte[]> allowed) throws UnusualException {
    int quote = next();
    boolean known = (quote == '\'' || quote == '"') && allowed.stream().anyMatch(this::skip);
    if (!known || next() != quote) {
      throw new UnusualException();
    }
  }

  private void params(List<Object> arguments) throws UnusualException {
    space();
    while (skip(PARAM)) {
      space();
      expect(VALUE);
      arguments.add(value(0));
      space();
      expect(PARAM_END);
      space();
    }
    expect(PARAMS_END);
  }

  /** What follows {@code <value>}, with the end of that. */
  private Object value(int depth) throws UnusualException {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new UnusualException();
    }
    int start = at;
    int end = text();
    if (skip(VALUE_END)) {
      return string(start, end);
    }
    at = start;
    space();
    if (at != end) {
      throw new UnusualException();
    }
    Object value = typed(depth);
    space();
    expect(VALUE_END);
    return value;
  }

  private Object typed(int depth) throws UnusualException {
    if (skip(STRING)) {
      int start = at;
      int end = text();
      expect(STRING_END);
      return string(start, end);
    }
    if (skip(INT)) {
      return whole(INT_END);
    }
    if (skip(I4)) {
      return whole(I4_END);
    }
    if (skip(STRUCT)) {
      return struct(depth);
    }
    if (skip(ARRAY)) {
      return array(depth);
    }
    if (skip(TRUE)) {
      return true;
    }
    expect(FALSE);
    return false;
  }

  private Long whole(byte[] end) throws UnusualException {
    int sign = xml.length > at && xml[at] == '-' ? -1 : 1;
    at += sign < 0 ? 1 : 0;
    int first = at;
    long number = 0;
    for (int c = next(); c != '<'; c = next()) {
      if (c < '0' || c > '9') {
        throw new UnusualException();
      }
      number = 10 * number + (c - '0');
    }
    at--;
    if (at == first || at - first > MAX_DIGITS) {
      throw new UnusualException();
    }
    expect(end);
    return sign * number;
  }

  private List<Object> array(int depth) throws UnusualException {
    List<Object> elements = new ArrayList<>(0);
    space();
    expect(DATA);
    space();
    while (skip(VALUE)) {
      elements.add(value(depth + 1));
      space();
    }
    expect(DATA_END);
    space();
    expect(ARRAY_END);
    return elements;
  }

  private Map<String, Object> struct(int depth) throws UnusualException {
    Map<String, Object> members = new LinkedHashMap<>();
    space();
    while (skip(MEMBER)) {
      space();
      expect(NAME);
      String name = name();
      expect(NAME_END);
      space();
      expect(VALUE);
      if (members.put(name, value(depth + 1)) != null) {
        throw new UnusualException();
      }
      space();
      expect(MEMBER_END);
      space();
    }
    expect(STRUCT_END);
    return members;
  }

  /** A name of a method or a member: letters, digits, dots and underscores. */
  private String name() throws UnusualException {
    int start = at;
    int end = text();
    for (int i = start; i < end; i++) {
      byte c = xml[i];
      if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
          && !(c >= '0' && c <= '9')
          && c != '.'
          && c != '_') {
        throw new UnusualException();
      }
    }
    if (start == end) {
      throw new UnusualException();
    }
    return string(start, end);
  }

  private String string(int start, int end) {
    return new String(xml, start, end - start, ISO_8859_1);
  }

  /** Goes on to the next tag, and returns where it begins. */
  private int text() throws UnusualException {
    int i = at;
    while (i < xml.length && xml[i] != '<') {
      byte c = xml[i++];
      // a > may end what must not stand in a text, and line ends are read as one character
      boolean plain = (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t';
      if (!plain || c == '&' || c == '>') {
        throw new UnusualException();
      }
    }
    at = i;
    return i;
  }

  private void space() {
    while (at < xml.length
        && (xml[at] == ' ' || xml[at] == '\n' || xml[at] == '\r' || xml[at] == '\t')) {
      at++;
    }
  }

  private int next() throws UnusualException {
    if (at == xml.length) {
      throw new UnusualException();
    }
    return xml[at++];
  }

  private boolean skip(byte[] tag) {
    if (xml.length - at < tag.length) {
      return false;
    }
    for (int i = 0; i < tag.length; i++) {
      if (xml[at + i] != tag[i]) {
        return false;
      }
    }
    at += tag.length;
    return true;
  }

  private void expect(byte[] tag) throws UnusualException {
    if (!skip(tag)) {
      throw new UnusualException();
    }
  }
}
