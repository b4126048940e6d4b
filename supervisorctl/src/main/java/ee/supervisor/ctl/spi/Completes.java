package ee.supervisor.ctl.spi;

/** Says what kind of word the arguments of an action are, for the shell's Tab key. */
public enum Completes {
  /** Nothing that could be completed. */
  NOTHING,
  /** Names of actions. */
  ACTIONS,
  /** Names of groups. */
  GROUPS,
  /** Names of processes, and of groups with a wildcard. */
  PROCESSES
}
