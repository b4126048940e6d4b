package ee.supervisor.control;

import ee.supervisor.protocol.Fault;

/**
 * How a group operation went for one process.
 *
 * @param fault {@link Fault#SUCCESS}, or why not
 * @param description {@code OK}, or the fault's text
 */
public record ProcessResult(String group, String name, Fault fault, String description) {}
