package ee.supervisor.event;

import java.util.Locale;

/** Which of a child's output streams. */
public enum Channel {
  STDOUT,
  STDERR;

  /** {@code stdout} or {@code stderr}, as log lines, file names and events have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
