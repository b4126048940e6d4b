package ee.supervisor.xmlrpc;

import org.xml.sax.SAXException;

/** A method returned what XML-RPC cannot carry. */
final class UnwritableResultException extends Exception {
  private static final long serialVersionUID = 1L;

  UnwritableResultException(SAXException cause) {
    super(cause.getMessage(), cause);
  }
}
