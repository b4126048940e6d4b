package ee.supervisor.superlance;

import java.util.function.Consumer;

/**
 * What a watcher needs beside its options.
 *
 * @param processes supervisord's processes
 * @param timestamps the time
 * @param log takes lines about what it does: stderr of a listener process
 */
record WatcherContext(Processes processes, Timestamps timestamps, Consumer<String> log) {}
