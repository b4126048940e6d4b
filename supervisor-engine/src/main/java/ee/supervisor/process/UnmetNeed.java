package ee.supervisor.process;

import ee.supervisor.config.Dependency;

/**
 * Something that a process still waits for.
 *
 * @param process the other, as operators write its name
 * @param condition what has to become true of it
 * @param trouble why that will not happen by itself, such as {@code FATAL}; empty if it may
 * @param stuck whether it will not happen unless an operator does something
 */
public record UnmetNeed(
    String process, Dependency.Condition condition, String trouble, boolean stuck) {

  /** As in "waiting for {@code db to be ready}". */
  @Override
  public String toString() {
    return process
        + " "
        + condition.words()
        + (trouble.isEmpty() ? "" : " (it is " + trouble + ")");
  }
}
