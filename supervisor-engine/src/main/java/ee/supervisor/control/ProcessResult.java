package ee.supervisor.control;

import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;

/**
 * How a group operation went for one process.
 *
 * @param fault {@link Fault#SUCCESS}, or why not
 * @param description {@code OK}, or the fault's text
 */
public record ProcessResult(String group, String name, Fault fault, String description) {

  /** The process as clients name it. */
  String namespec() {
    return Namespec.of(group, name);
  }

  /** Whether, as the result of a stop, it means that the process may still run. */
  boolean stopFailed() {
    // one that was not running any more has ended by itself meanwhile
    return fault != Fault.SUCCESS && fault != Fault.NOT_RUNNING;
  }
}
