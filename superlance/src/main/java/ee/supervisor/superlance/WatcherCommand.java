package ee.supervisor.superlance;

import picocli.CommandLine.Option;

/** The command line of one watcher; picocli fills it in. */
abstract class WatcherCommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /**
   * The watcher its options describe.
   *
   * @throws IllegalArgumentException if they contradict each other or lack something; the text is
   *     for the operator
   */
  abstract Watcher watcher(WatcherContext context);
}
