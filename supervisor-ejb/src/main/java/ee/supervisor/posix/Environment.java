package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment this process was started with, byte for byte. {@link System#getenv} will not do:
 * it decodes by the locale, and in a container without one every letter beyond ASCII is lost.
 */
public final class Environment {
  private static final Map<String, String> OWN = read();

  private Environment() {}

  /** All variables, in the order in which they were handed over. */
  public static Map<String, String> ofThisProcess() {
    return OWN;
  }

  private static Map<String, String> read() {
    byte[] block;
    try {
      block = Files.readAllBytes(Path.of("/proc/self/environ"));
    } catch (IOException e) {
      return System.getenv(); // no /proc
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int start = 0; start < block.length; ) {
      int end = start;
      while (end < block.length && block[end] != 0) {
        end++;
      }
      String variable = NativeText.decode(Arrays.copyOfRange(block, start, end));
      int equals = variable.indexOf('=', 1);
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
      start = end + 1;
    }
    return Collections.unmodifiableMap(variables);
  }
}
