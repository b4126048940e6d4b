package ee.supervisor.superlance;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets several watchers live in one listener process: each hears every event, one after the other.
 *
 * <p>What one of them cannot do is logged and does not keep the event from the others; it is not
 * sent again, since those that have heard it would act twice.
 */
final class SharedProcess implements Watcher {
  private final List<NamedWatcher> watchers;
  private final Consumer<String> log;

  SharedProcess(List<NamedWatcher> watchers, Consumer<String> log) {
    this.watchers = List.copyOf(watchers);
    this.log = log;
  }

  @Override
  public void hear(Notice notice) {
    for (NamedWatcher each : watchers) {
      try {
        each.watcher().hear(notice);
      } catch (IOException e) {
        log.accept("%s failed on %s: %s".formatted(each.name(), notice.name(), e.getMessage()));
      }
    }
  }
}
