package ee.supervisor.posix;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a child: those that supervisord was started with, and what its configuration
 * changes of them. What is inherited is brought into the kernel's form once, not for every child
 * anew: that was a quarter of the time between an exit and the next child.
 */
public final class ChildEnvironment extends AbstractMap<String, String> {
  private final Map<String, String> changes;

  /** These are between supervisord and what started it (sd_notify(3)): no child inherits them. */
  private static final Set<String> OWN_VARIABLES =
      Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

  /** What is inherited. */
  private static final class Inherited {
    private static final Map<String, String> VARIABLES = variables();

    /** The same as the kernel takes it. */
    private static final Map<String, byte[]> PAIRS = encode(VARIABLES);

    private static Map<String, String> variables() {
      Map<String, String> variables = new LinkedHashMap<>(Environment.ofThisProcess());
      variables.keySet().removeAll(OWN_VARIABLES);
      return Collections.unmodifiableMap(variables);
    }

    private Inherited() {}
  }

  /**
   * An environment.
   *
   * @param changes variables that are new or have another value than supervisord's own
   */
  public ChildEnvironment(Map<String, String> changes) {
    this.changes = Map.copyOf(changes);
  }

  private static Map<String, byte[]> encode(Map<String, String> variables) {
    Map<String, byte[]> pairs = new LinkedHashMap<>();
    variables.forEach((name, value) -> pairs.put(name, encode(name, value)));
    return pairs;
  }

  private static byte[] encode(String name, String value) {
    return NativeText.encode(name + "=" + value);
  }

  /** All variables as execve(2) takes them, but for the NUL at the end. */
  byte[][] encoded() {
    List<byte[]> all = new ArrayList<>(Inherited.PAIRS.size() + changes.size());
    for (Map.Entry<String, byte[]> inherited : Inherited.PAIRS.entrySet()) {
      if (!changes.containsKey(inherited.getKey())) {
        all.add(inherited.getValue());
      }
    }
    for (Map.Entry<String, String> change : changes.entrySet()) {
      all.add(encode(change.getKey(), change.getValue()));
    }
    return all.toArray(byte[][]::new);
  }

  @Override
  public boolean containsKey(Object name) {
    return changes.containsKey(name) || Inherited.VARIABLES.containsKey(name);
  }

  @Override
  public String get(Object name) {
    String changed = changes.get(name);
    return changed != null ? changed : Inherited.VARIABLES.get(name);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> all = new HashMap<>(Inherited.VARIABLES);
    all.putAll(changes);
    return Map.copyOf(all).entrySet();
  }
}
