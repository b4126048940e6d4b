/**
 * Has supervisorctl talk by JMX: {@code supervisorctl -s service:jmx:...} or {@code -s jmx:PID}.
 */
package ee.supervisor.jmx.ctl;
