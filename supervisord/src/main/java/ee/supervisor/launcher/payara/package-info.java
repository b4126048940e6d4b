/** Payara Micro around the engine: where it lives, what it listens on, how its doors open. */
package ee.supervisor.launcher.payara;
