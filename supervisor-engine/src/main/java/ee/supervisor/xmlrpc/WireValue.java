package ee.supervisor.xmlrpc;

/** A result that is written as it is asked for, instead of being made into objects first. */
@FunctionalInterface
interface WireValue {
  /** Writes it. */
  void write(ValueWriter out) throws UnwritableResultException;
}
