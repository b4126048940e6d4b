package ee.supervisor.xmlrpc;

import org.apache.xmlrpc.serializer.XmlRpcWriter;
import org.xml.sax.SAXException;

/**
 * Turns results and faults into XML before a byte of it is sent, so that a result that cannot be
 * written still ends as a fault and never as half an answer.
 */
final class ResponseWriter {

  private ResponseWriter() {}

  /**
   * The answer that carries {@code result}.
   *
   * @throws UnwritableResultException when XML-RPC has no type for something in it
   */
  static RpcAnswer result(Object result) throws UnwritableResultException {
    XmlText text = new XmlText();
    try {
      writer(text).write(WireTypes.CONFIG, result);
    } catch (SAXException e) {
      throw new UnwritableResultException(e);
    }
    return text.answer();
  }

  /** The answer that carries a fault. */
  static RpcAnswer fault(RpcFault fault) {
    XmlText text = new XmlText();
    try {
      writer(text).write(WireTypes.CONFIG, fault.code(), fault.text());
    } catch (SAXException e) {
      throw new IllegalStateException("a number and a text can always be written", e);
    }
    return text.answer();
  }

  private static XmlRpcWriter writer(XmlText text) {
    return new XmlRpcWriter(WireTypes.CONFIG, text, new WireTypes());
  }

  /** A method returned what XML-RPC cannot carry. */
  static final class UnwritableResultException extends Exception {
    private static final long serialVersionUID = 1L;

    UnwritableResultException(SAXException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
