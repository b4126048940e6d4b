/** Talks to supervisord by JMX; knows neither Swing nor supervisord's own classes. */
package ee.supervisor.jmx.client;
