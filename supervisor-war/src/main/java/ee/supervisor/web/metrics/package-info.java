/** Metrics at {@code /metrics}, for Prometheus and whatever else reads OpenMetrics. */
package ee.supervisor.web.metrics;
