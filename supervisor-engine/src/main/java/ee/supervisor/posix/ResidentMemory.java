package ee.supervisor.posix;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives back memory that a start needed and a supervisor at rest does not: free blocks of the C
 * library's heap, and pages of files that were read once (classes in the archive). Nothing is lost:
 * such a page is the file's, and comes back from the page cache when it is touched. The JVM's own
 * code stays: the next restart would be the one to fetch it, and take 10 ms longer.
 */
public final class ResidentMemory {
  private static final int MADV_DONTNEED = 4;

  /** First line of a mapping in /proc/PID/smaps (proc(5)): only what is neither written nor run. */
  private static final Pattern READ_ONLY_FILE =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--[ps] [0-9a-f]+ \\S+ [1-9][0-9]* +/.*");

  private static final Pattern FIRST_LINE = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");
  private static final Pattern ANONYMOUS = Pattern.compile("Anonymous: +([0-9]+) kB");

  private ResidentMemory() {}

  /** Gives back free blocks of the C library's heap. */
  public static void trimHeap() {
    if (LibC.hasMallocTrim()) {
      LibC.mallocTrim(0);
    }
  }

  /** Gives back all; without /proc, and where the kernel refuses, that part stays as it is. */
  public static void trim() {
    trimHeap();
    try (BufferedReader maps =
        Files.newBufferedReader(Path.of("/proc/self/smaps"), StandardCharsets.ISO_8859_1)) {
      Matcher mapping = null;
      for (String line = maps.readLine(); line != null; line = maps.readLine()) {
        if (FIRST_LINE.matcher(line).matches()) {
          Matcher candidate = READ_ONLY_FILE.matcher(line);
          mapping = candidate.matches() ? candidate : null;
        } else if (mapping != null && isUnchanged(line)) {
          long start = Long.parseUnsignedLong(mapping.group(1), 16);
          long end = Long.parseUnsignedLong(mapping.group(2), 16);
          LibC.madvise(start, end - start, MADV_DONTNEED);
          mapping = null;
        }
      }
    } catch (IOException e) {
      // without /proc
    }
  }

  /**
   * Whether the line says that no page differs from the file. One that does (the JVM writes to an
   * archive that it had to move before it protects it) would be lost.
   */
  private static boolean isUnchanged(String line) {
    Matcher anonymous = ANONYMOUS.matcher(line);
    return anonymous.matches() && anonymous.group(1).equals("0");
  }
}
