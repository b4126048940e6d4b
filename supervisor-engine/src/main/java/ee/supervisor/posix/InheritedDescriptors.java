package ee.supervisor.posix;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Knows the descriptors that this process was started with by the numbers that whoever started it
 * gave them. All others are the JVM's own: jars, sockets, our logs, which nobody can mean.
 *
 * <p>The start script names them, and that it had to move one ({@code 0,1,2,7,3=9}).
 */
public final class InheritedDescriptors {
  private static final String PROPERTY = "supervisord.descriptors";

  /** The JVM's option for a process that is started with stdin, stdout and stderr alone. */
  public static final String STANDARD_ALONE = "-D" + PROPERTY + "=0,1,2";

  private static final InheritedDescriptors OF_THIS_PROCESS =
      new InheritedDescriptors(System.getProperty(PROPERTY, ""));

  private final Map<Integer, Integer> numbers = new HashMap<>();

  InheritedDescriptors(String told) {
    for (String one : told.isEmpty() ? new String[0] : told.split(",")) {
      String[] meantAndReal = one.split("=", 2);
      int meant = Integer.parseInt(meantAndReal[0]);
      numbers.put(meant, meantAndReal.length == 1 ? meant : Integer.parseInt(meantAndReal[1]));
    }
  }

  /** Those of this process; every number is itself when none were named. */
  public static InheritedDescriptors ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** Whether a descriptor of ours is one of them. */
  boolean isAt(int real) {
    return numbers.containsValue(real);
  }

  /** Where the descriptor of that number is now; empty when there was none. */
  public OptionalInt at(int number) {
    if (numbers.isEmpty()) {
      return OptionalInt.of(number);
    }
    Integer real = numbers.get(number);
    return real == null ? OptionalInt.empty() : OptionalInt.of(real);
  }
}
