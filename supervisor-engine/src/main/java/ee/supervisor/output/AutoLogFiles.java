package ee.supervisor.output;

import ee.supervisor.posix.PromptThread;
import ee.supervisor.text.PythonText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Names, makes and removes the log files that {@code AUTO} stands for. */
public final class AutoLogFiles {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789_";
  private static final int RANDOM_CHARACTERS = 8;
  private static final int ATTEMPTS = 100;

  private AutoLogFiles() {}

  /**
   * Removes the AUTO log files that earlier runs left in {@code childlogdir}, rotated ones too.
   * What cannot be removed is named in {@code log}.
   *
   * @param identifier the supervisord whose files go, as configured
   */
  public static void cleanUp(Path childlogdir, String identifier, ActivityLog log) {
    Pattern ours =
        Pattern.compile(".+?---" + Pattern.quote(identifier) + "-\\S+\\.log\\.?\\d{0,4}");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            childlogdir, file -> ours.matcher(file.getFileName().toString()).lookingAt())) {
      for (Path file : files) {
        remove(file, log);
      }
    } catch (IOException e) {
      log.warn("Could not clear childlog dir");
    }
  }

  private static void remove(Path file, ActivityLog log) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("not a file that supervisord made");
      }
      Files.delete(file);
    } catch (IOException e) {
      log.warn("Failed to clean up " + PythonText.repr(file.toString()));
    }
  }

  /**
   * Makes a fresh log file, readable for its owner alone.
   *
   * @param channel {@code stdout} or {@code stderr}
   * @return its path; when the file cannot be made now (it is reported when output arrives), a name
   *     that is free
   */
  static Path create(Path childlogdir, String process, String channel, String identifier) {
    PromptThread.assertNotOn("create", childlogdir);
    SecureRandom random = new SecureRandom();
    Path path = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      StringBuilder name = new StringBuilder(process + "-" + channel + "---" + identifier + "-");
      for (int i = 0; i < RANDOM_CHARACTERS; i++) {
        name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      path = childlogdir.resolve(name.append(".log").toString());
      try {
        return Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (IOException e) {
        if (!(e instanceof FileAlreadyExistsException)) {
          return path;
        }
      }
    }
    return path;
  }
}
