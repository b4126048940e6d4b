/** The program supervisord: options, daemon, the engine first, then Payara Micro around it. */
package ee.supervisor.launcher;
