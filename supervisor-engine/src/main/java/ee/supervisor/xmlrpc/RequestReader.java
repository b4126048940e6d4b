package ee.supervisor.xmlrpc;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.xmlrpc.parser.XmlRpcRequestParser;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Reads method calls out of XML that anybody may have written: no DTD, no entities beyond XML's own
 * five, no type extensions, not deeper nor with more elements than any honest call. Thread-safe.
 *
 * <p>Nearly all calls are read by {@link PlainCall}: the parser of the JDK takes ten times as long,
 * and most of that to be made.
 */
final class RequestReader {
  /** Of a call that is not accounted for, as that of the state. */
  private static final int FREE_BYTES = 4096;

  /** Elements inside one another; an array in an array takes three. */
  static final int MAX_DEPTH = 100;

  /** Elements in all; a multicall of a thousand calls has about ten thousand. */
  static final int MAX_ELEMENTS = 200_000;

  /** What half an element comes to at most: a value, with its place in a list, or a struct. */
  private static final int BYTES_PER_TAG = 32;

  private final SAXParserFactory parsers;

  RequestReader() {
    // the JDK's own parser, whatever else lies on the class path (CVE-2016-5002)
    parsers = SAXParserFactory.newDefaultNSInstance();
    try {
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be made safe", e);
    }
  }

  /**
   * Reads a call.
   *
   * @param account holds what that takes at most, in the end what has been read
   * @throws MalformedRequestException when it is none, or breaks a limit
   * @throws OversizeException when the account's budget has no room for it
   */
  RpcRequest read(byte[] body, MemoryBudget.Account account) throws MalformedRequestException {
    long needed = body.length + BYTES_PER_TAG * tags(body);
    if (needed > FREE_BYTES) {
      take(account, needed);
    }
    RpcRequest plain = PlainCall.read(body);
    if (plain != null) {
      return plain;
    }
    // the other's texts are of two bytes a character, and copied
    take(account, 3L * body.length);
    return parse(body);
  }

  private static void take(MemoryBudget.Account account, long bytes) {
    if (!account.take(bytes)) {
      throw new OversizeException("the call has no room in memory");
    }
  }

  private static long tags(byte[] body) {
    long count = 0;
    for (byte b : body) {
      count += b == '<' ? 1 : 0;
    }
    return Math.min(count, 2L * MAX_ELEMENTS);
  }

  /** Reads a call by all rules of XML. */
  RpcRequest parse(byte[] body) throws MalformedRequestException {
    LimitedParser parser = new LimitedParser();
    try {
      XMLReader reader = parsers.newSAXParser().getXMLReader();
      reader.setContentHandler(parser);
      reader.setErrorHandler(null);
      reader.parse(new InputSource(new ByteArrayInputStream(body)));
    } catch (SAXException | ParserConfigurationException | IOException e) {
      throw new MalformedRequestException("unmarshallable: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // the library's type parsers are not careful with what they cast
      throw new MalformedRequestException("unmarshallable: " + e, e);
    }
    String method = parser.getMethodName();
    if (method == null || method.isEmpty()) {
      throw new MalformedRequestException("no method name");
    }
    List<Object> arguments = new ArrayList<>();
    for (Object parameter : parser.arguments()) {
      arguments.add(plain(parameter));
    }
    return new RpcRequest(method, arguments);
  }

  /** The library's types made into those of {@link ee.supervisor.rpc.RpcArguments}. */
  private static Object plain(Object value) throws MalformedRequestException {
    if (value instanceof Object[] array) {
      List<Object> list = new ArrayList<>(array.length);
      for (Object element : array) {
        list.add(plain(element));
      }
      return list;
    }
    if (value instanceof Map<?, ?> struct) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : struct.entrySet()) {
        map.put(String.valueOf(member.getKey()), plain(member.getValue()));
      }
      return map;
    }
    if (value instanceof byte[] bytes) {
      return Bytes.copyOf(bytes);
    }
    if (value == null) {
      return RpcArguments.Nil.NIL;
    }
    if (value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof Date) {
      return value;
    }
    throw new MalformedRequestException("unmarshallable: " + value);
  }

  /** The library's parser, stopped before a hostile document costs anything. */
  private static final class LimitedParser extends XmlRpcRequestParser {
    private int depth;
    private int elements;

    LimitedParser() {
      super(WireTypes.CONFIG, new WireTypes());
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes)
        throws SAXException {
      if (++depth > MAX_DEPTH) {
        throw new SAXException("more than " + MAX_DEPTH + " elements inside one another");
      }
      if (++elements > MAX_ELEMENTS) {
        throw new SAXException("more than " + MAX_ELEMENTS + " elements");
      }
      super.startElement(uri, localName, name, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
      depth--;
      super.endElement(uri, localName, name);
    }

    List<?> arguments() {
      List<?> parameters = getParams();
      return parameters == null ? List.of() : parameters;
    }
  }
}
