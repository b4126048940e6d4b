package ee.supervisor.launcher;

import ee.supervisor.config.Configuration;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;

/**
 * How large the heap may become, by what is configured. The start script cannot know: it gives the
 * JVM what Payara and some hundred processes need.
 */
final class HeapSize {
  /** Set where the heap has been sized: there the configuration has been read once before. */
  private static final String PROPERTY = "supervisord.heap";

  private static final int MEGABYTE = 1 << 20;

  /** As in the start script. */
  private static final int LEAST_MEGABYTES = 96;

  /** Processes for which that is enough, and how many a further megabyte is for. */
  private static final int INCLUDED = 300;

  private static final int PER_MEGABYTE = 10;

  /** What share of the heap is young, as in the start script. */
  private static final int YOUNG = 12;

  private final int megabytes;

  private HeapSize(int megabytes) {
    this.megabytes = megabytes;
  }

  /** Enough for all processes of the configuration. */
  static HeapSize enoughFor(Configuration configuration) {
    int processes =
        configuration.groups().stream().mapToInt(group -> group.processes().size()).sum();
    return new HeapSize(LEAST_MEGABYTES + Math.max(0, processes - INCLUDED) / PER_MEGABYTE);
  }

  /** Whether this JVM's heap was sized by a JVM before it. */
  static boolean isSized() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** Whether the heap of this JVM may become that large. */
  boolean isGiven() {
    // what the JVM calls its largest heap lacks one of its survivor spaces
    return megabytes == LEAST_MEGABYTES
        || Runtime.getRuntime().maxMemory() / MEGABYTE >= (long) megabytes * 9 / 10;
  }

  /** Gives it to the JVM of a command. */
  JvmCommand addTo(JvmCommand command) {
    return isGiven()
        ? command
        : command
            .with("-Xmx" + megabytes + "m")
            .with("-Xmn" + megabytes / YOUNG + "m")
            .with("-D" + PROPERTY + "=true");
  }

  /**
   * Starts this process anew with a heap of this size, unless it has one.
   *
   * @throws UsageException when it cannot
   */
  void take() throws UsageException {
    if (isGiven() || isSized()) {
      return;
    }
    try {
      addTo(JvmCommand.ofThisJvm()).exec();
    } catch (IOException e) {
      throw new UsageException("cannot have a heap of " + megabytes + " MB: " + e.getMessage(), e);
    }
  }
}
