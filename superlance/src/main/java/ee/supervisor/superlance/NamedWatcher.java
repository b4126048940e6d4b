package ee.supervisor.superlance;

/**
 * A watcher with the name it goes by in messages.
 *
 * @param name such as {@code httpok}
 * @param watcher what hears the events
 */
record NamedWatcher(String name, Watcher watcher) {}
