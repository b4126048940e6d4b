/** The "Supervisor" tab for JConsole and VisualVM. */
package ee.supervisor.jmx.console;
