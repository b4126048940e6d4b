package ee.supervisor.xmlrpc;

/**
 * Turns results and faults into XML before a byte of it is sent, so that a result that cannot be
 * written still ends as a fault and never as half a response.
 */
final class ResponseWriter {
  private static final byte[] RESULT =
      ValueWriter.ascii("<?xml version='1.0'?>\n<methodResponse><params><param>");
  private static final byte[] RESULT_END =
      ValueWriter.ascii("</param></params></methodResponse>\n");
  private static final byte[] FAULT =
      ValueWriter.ascii("<?xml version='1.0'?>\n<methodResponse><fault>");
  private static final byte[] FAULT_END = ValueWriter.ascii("</fault></methodResponse>\n");

  private ResponseWriter() {}

  /**
   * Writes the response that carries {@code result}.
   *
   * @throws UnwritableResultException when XML-RPC has no type for something in it
   */
  static void result(XmlOutput out, Object result) throws UnwritableResultException {
    out.markup(RESULT);
    value(new ValueWriter(out), result);
    out.markup(RESULT_END);
  }

  /** Writes a result, or lets go of what it holds. */
  static void value(ValueWriter out, Object result) throws UnwritableResultException {
    try {
      out.value(result);
    } catch (UnwritableResultException | RuntimeException e) {
      RpcResponse.discard(result);
      throw e;
    }
  }

  /** Writes the response that carries a fault. */
  static void fault(XmlOutput out, XmlRpcFault fault) {
    out.markup(FAULT);
    fault.write(new ValueWriter(out));
    out.markup(FAULT_END);
  }
}
