package ee.supervisor.client;

import ee.supervisor.text.PythonText;

/** Thrown when supervisord understood a call and refused it: an XML-RPC fault. */
public final class RpcFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * Makes the exception.
   *
   * @param code the fault's number, see {@link ee.supervisor.protocol.FaultCode}
   * @param text the fault's text, such as {@code BAD_NAME: web}
   */
  public RpcFault(int code, String text) {
    super(text);
    this.code = code;
  }

  /**
   * The fault's number.
   *
   * @return one of {@link ee.supervisor.protocol.FaultCode}, or whatever a foreign server sent
   */
  public int code() {
    return code;
  }

  /**
   * The fault as Python shows it.
   *
   * @return such as {@code <Fault 10: 'BAD_NAME: web'>}
   */
  public String repr() {
    return "<Fault " + code + ": " + PythonText.repr(getMessage()) + ">";
  }

  /**
   * The fault's text.
   *
   * @return such as {@code BAD_NAME: web}
   */
  public String text() {
    return getMessage();
  }
}
