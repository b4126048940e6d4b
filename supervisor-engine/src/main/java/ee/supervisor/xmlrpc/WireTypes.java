package ee.supervisor.xmlrpc;

import ee.supervisor.text.Bytes;
import java.util.TimeZone;
import org.apache.ws.commons.util.NamespaceContextImpl;
import org.apache.xmlrpc.common.TypeFactoryImpl;
import org.apache.xmlrpc.common.XmlRpcHttpRequestConfigImpl;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.parser.AtomicParser;
import org.apache.xmlrpc.parser.DateParser;
import org.apache.xmlrpc.parser.TypeParser;
import org.apache.xmlrpc.serializer.TypeSerializer;
import org.apache.xmlrpc.serializer.TypeSerializerImpl;
import org.apache.xmlrpc.util.XmlRpcDateTimeDateFormat;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * How values look on the wire: whole numbers as {@code <int>}, which is all that Supervisor's
 * clients know, and texts as {@code <string>}.
 */
final class WireTypes extends TypeFactoryImpl {
  /** UTF-8, and no type extensions (CVE-2016-5003). */
  static final XmlRpcHttpRequestConfigImpl CONFIG = new XmlRpcHttpRequestConfigImpl();

  private static final TypeSerializer WHOLE_NUMBER =
      new TypeSerializerImpl() {
        @Override
        public void write(ContentHandler handler, Object value) throws SAXException {
          write(handler, "int", Long.toString(capped(((Number) value).longValue())));
        }
      };

  private static final TypeSerializer TEXT =
      new TypeSerializerImpl() {
        @Override
        public void write(ContentHandler handler, Object value) throws SAXException {
          write(handler, "string", value.toString());
        }
      };

  WireTypes() {
    super(null);
  }

  /** XML-RPC has 32 bits for a number; a time after January 2038 stays at the last that fits. */
  static int capped(long value) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  @Override
  public TypeSerializer getSerializer(XmlRpcStreamConfig config, Object value) throws SAXException {
    if (value instanceof Integer || value instanceof Long) {
      return WHOLE_NUMBER;
    }
    if (value instanceof String || value instanceof Bytes) {
      return TEXT;
    }
    TypeSerializer serializer = super.getSerializer(config, value);
    if (serializer == null) {
      throw new SAXException(
          "XML-RPC has no type for " + (value == null ? "null" : value.getClass().getName()));
    }
    return serializer;
  }

  @Override
  public TypeParser getParser(
      XmlRpcStreamConfig config, NamespaceContextImpl context, String uri, String localName) {
    if (!uri.isEmpty()) {
      return super.getParser(config, context, uri, localName);
    }
    return switch (localName) {
      case "int", "i4", "i8" -> new WholeNumberParser();
      case "boolean" -> new TruthParser();
      case "dateTime.iso8601" -> new DateParser(new LocalDateTimeFormat());
      case "double", "string", "base64", "array", "struct" ->
          super.getParser(config, context, uri, localName);
      default -> new UntypedParser();
    };
  }

  /** Only {@code 1} is true; as with Supervisor, all else is false and no error. */
  private static final class TruthParser extends AtomicParser {
    @Override
    protected void setResult(String text) {
      super.setResult((Object) text.equals("1"));
    }
  }

  /** A type that nobody knows is taken for its text, and one without text, as nil, for no value. */
  private static final class UntypedParser extends AtomicParser {
    @Override
    protected void setResult(String text) {
      super.setResult((Object) (text.isEmpty() ? null : text));
    }
  }

  /** Reads a whole number of any length: what does not fit becomes the nearest {@code long}. */
  private static final class WholeNumberParser extends AtomicParser {
    @Override
    protected void setResult(String text) throws SAXException {
      String digits = text.strip();
      if (!digits.matches("[+-]?\\d{1,100}")) {
        throw new SAXException("not a whole number: " + digits);
      }
      try {
        super.setResult((Object) Long.valueOf(digits));
      } catch (NumberFormatException tooLong) {
        super.setResult((Object) (digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE));
      }
    }
  }

  /** XML-RPC's times carry no zone: they are the server's. */
  private static final class LocalDateTimeFormat extends XmlRpcDateTimeDateFormat {
    private static final long serialVersionUID = 1L;

    @Override
    protected TimeZone getTimeZone() {
      return TimeZone.getDefault();
    }
  }
}
