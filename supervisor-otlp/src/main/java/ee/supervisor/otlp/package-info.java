/**
 * Metrics and events as OpenTelemetry's SDK sends them. Loaded apart from all else, when a
 * configuration names a collector.
 */
package ee.supervisor.otlp;
