package ee.supervisor.superlance;

import java.io.PrintStream;

/**
 * What a watcher needs beside its options.
 *
 * @param processes supervisord's processes
 * @param timestamps the time
 * @param log where it tells what it does: stderr of a listener process
 */
record Surroundings(Processes processes, Timestamps timestamps, PrintStream log) {}
