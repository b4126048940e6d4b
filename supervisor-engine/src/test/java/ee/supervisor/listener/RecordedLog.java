package ee.supervisor.listener;

import ee.supervisor.config.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps log lines, each as {@code "WARN text"}. */
final class RecordedLog implements EventLog {
  final List<String> lines = new ArrayList<>();

  @Override
  public void log(LogLevel level, Supplier<String> message) {
    lines.add(level + " " + message.get());
  }

  List<String> atLeast(LogLevel level) {
    return lines.stream()
        .filter(line -> LogLevel.valueOf(line.substring(0, 4)).number() >= level.number())
        .toList();
  }
}
