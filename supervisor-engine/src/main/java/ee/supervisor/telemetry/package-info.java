/** Metrics and lifecycle events, sent to a collector if the configuration asks for it. */
package ee.supervisor.telemetry;
