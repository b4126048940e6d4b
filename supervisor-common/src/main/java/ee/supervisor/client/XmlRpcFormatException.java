package ee.supervisor.client;

import java.io.IOException;

/** Thrown when what the server sent is not an XML-RPC response. */
public final class XmlRpcFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was met, and where
   */
  public XmlRpcFormatException(String message) {
    super(message);
  }
}
