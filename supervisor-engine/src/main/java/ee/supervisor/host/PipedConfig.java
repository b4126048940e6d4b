package ee.supervisor.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.config.ConfigFiles;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.posix.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads files of which some can be read only once: a configuration may come by a pipe ({@code -c
 * /dev/stdin}, {@code -c <(template)}). What was in such a one is kept for restarts, and for the
 * JVM that goes on instead of this one.
 */
public final class PipedConfig implements ConfigFiles {
  static final PipedConfig INSTANCE = new PipedConfig();

  private static final String VARIABLE = "SUPERVISORD_CONFIGURATION";

  private static final Map<String, byte[]> KEPT = new ConcurrentHashMap<>();

  static {
    Environment.handedOver(VARIABLE).ifPresent(PipedConfig::takeOver);
  }

  private PipedConfig() {}

  @Override
  public boolean exists(Path file) {
    return KEPT.containsKey(file.toString()) || Files.exists(file);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    byte[] kept = KEPT.get(file.toString());
    if (kept != null) {
      return kept.clone();
    }
    byte[] bytes = Files.readAllBytes(DescriptorPath.toOpen(file));
    if (!Files.isRegularFile(file)) {
      KEPT.put(file.toString(), bytes.clone());
    }
    return bytes;
  }

  /** The variables by which the next JVM gets what this one has read. */
  public static Map<String, String> handOver() {
    if (KEPT.isEmpty()) {
      return Map.of();
    }
    // of the command line's file: what is included is found by its name
    Map.Entry<String, byte[]> kept = KEPT.entrySet().iterator().next();
    byte[] name = (kept.getKey() + "\0").getBytes(UTF_8);
    byte[] both = new byte[name.length + kept.getValue().length];
    System.arraycopy(name, 0, both, 0, name.length);
    System.arraycopy(kept.getValue(), 0, both, name.length, kept.getValue().length);
    return Environment.handOver(VARIABLE, both);
  }

  private static void takeOver(byte[] both) {
    int end = 0;
    while (both[end] != 0) {
      end++;
    }
    KEPT.put(new String(both, 0, end, UTF_8), Arrays.copyOfRange(both, end + 1, both.length));
  }
}
