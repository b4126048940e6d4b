/** Logs that are followed over HTTP: {@code /logtail} and {@code /mainlogtail}. */
package ee.supervisor.logtail;
