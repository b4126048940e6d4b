package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment supervisord was started with, byte for byte, and the one of this JVM.
 *
 * <p>{@link System#getenv} will do for neither: it decodes by the locale, and in a container
 * without one every letter beyond ASCII is lost. And the two differ. {@code bin/supervisord} is a
 * shell script; a shell drops variables whose names are none to it ({@code cluster.name}), and the
 * script changes some that would change this JVM ({@code JAVA_TOOL_OPTIONS}, {@code LC_ALL}). So it
 * hands over what it was given in variables of its own.
 */
public final class Environment {
  /** How many parts there are, each in a variable of this name, an underscore and its number. */
  private static final String KEPT = "SUPERVISORD_ENVIRONMENT";

  /** How supervisord.jar says to the start script which java to use; nobody else is to see it. */
  private static final String JAVA = "SUPERVISORD_JAVA";

  /** What the start script adds even where it cannot hand over what there was. */
  private static final Map.Entry<String, String> ADDED = Map.entry("_JAVA_SR_SIGNUM", "55");

  /** The kernel takes 128 KiB of one variable. */
  private static final int LONGEST_PART = 100_000;

  private static final Map<String, String> JVM = read();
  private static final Map<String, String> OWN = given();

  private Environment() {}

  /** All variables, in the order in which supervisord was given them. */
  public static Map<String, String> ofThisProcess() {
    return OWN;
  }

  /** All variables of this JVM, for another one like it. */
  public static Map<String, String> ofThisJvm() {
    return JVM;
  }

  private static Map<String, String> read() {
    try {
      return Collections.unmodifiableMap(parse(Files.readAllBytes(Path.of("/proc/self/environ"))));
    } catch (IOException e) {
      return System.getenv(); // no /proc
    }
  }

  private static Map<String, String> given() {
    Map<String, String> given =
        handedOver(KEPT).map(Environment::parse).orElseGet(Environment::withoutAdded);
    given.remove(JAVA);
    return Collections.unmodifiableMap(given);
  }

  private static Map<String, String> withoutAdded() {
    Map<String, String> given = new LinkedHashMap<>(JVM);
    given.remove(ADDED.getKey(), ADDED.getValue());
    return given;
  }

  /** What was put into variables of that name as {@link #handOver} does; empty when nothing was. */
  public static Optional<byte[]> handedOver(String name) {
    if (!JVM.containsKey(name)) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    int parts = Integer.parseInt(JVM.get(name));
    for (int part = 0; part < parts; part++) {
      text.append(JVM.get(name + "_" + part));
    }
    // MIME: base64(1) breaks lines
    return Optional.of(Base64.getMimeDecoder().decode(text.toString()));
  }

  /** The variables by which another JVM of ours gets any bytes. */
  public static Map<String, String> handOver(String name, byte[] bytes) {
    String text = Base64.getEncoder().encodeToString(bytes);
    Map<String, String> variables = new LinkedHashMap<>();
    for (int start = 0; start < text.length(); start += LONGEST_PART) {
      variables.put(
          name + "_" + variables.size(),
          text.substring(start, Math.min(text.length(), start + LONGEST_PART)));
    }
    variables.put(name, Integer.toString(variables.size()));
    return variables;
  }

  /** Of two variables with one name the first counts, as for getenv(3) and for Python. */
  private static Map<String, String> parse(byte[] block) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int start = 0; start < block.length; ) {
      int end = start;
      while (end < block.length && block[end] != 0) {
        end++;
      }
      String variable = NativeText.decode(Arrays.copyOfRange(block, start, end));
      int equals = variable.indexOf('=', 1);
      if (equals > 0) {
        variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
      start = end + 1;
    }
    return variables;
  }
}
