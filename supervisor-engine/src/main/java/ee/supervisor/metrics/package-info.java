/** All that is measured, as families of figures: for {@code /metrics}, and for who sends them. */
package ee.supervisor.metrics;
