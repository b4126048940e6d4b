/** Reads files of other process managers and writes them as a configuration of ours. */
package ee.supervisor.launcher.foreign;
