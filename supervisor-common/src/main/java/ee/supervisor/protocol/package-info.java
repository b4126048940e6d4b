/** What clients, files and supervisord call things: processes, signals, faults. */
package ee.supervisor.protocol;
