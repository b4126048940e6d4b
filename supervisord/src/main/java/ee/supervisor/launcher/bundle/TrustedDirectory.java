package ee.supervisor.launcher.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory in which nobody but this user and root can have put anything: what lies there may be
 * executed. In /tmp anybody can make a directory, and with sudo HOME may be another user's.
 */
final class TrustedDirectory {
  static final int ROOT = 0;

  private static final int GROUP_WRITES = 020;
  private static final int OTHERS_WRITE = 02;
  private static final int STICKY = 01000;

  private TrustedDirectory() {}

  /**
   * Makes it, with the parents that are missing, for this user alone, or sees that it is such.
   *
   * @throws IOException when it is somebody else's, or others could replace it
   */
  static void claim(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      checkParents(existing(directory.toAbsolutePath().getParent()));
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    int mode = number(directory, "unix:mode");
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || number(directory, "unix:uid") != ownUid()) {
      throw new IOException("belongs to somebody else");
    }
    if ((mode & (GROUP_WRITES | OTHERS_WRITE)) != 0) {
      throw new IOException("others may write to it");
    }
    checkParents(directory.toAbsolutePath().getParent());
  }

  private static Path existing(Path directory) {
    Path found = directory;
    while (!Files.exists(found)) {
      found = found.getParent();
    }
    return found;
  }

  /** Who may rename a directory may put another in its place. */
  private static void checkParents(Path directory) throws IOException {
    for (Path parent = directory.toRealPath(); parent != null; parent = parent.getParent()) {
      int owner = number(parent, "unix:uid");
      int mode = number(parent, "unix:mode");
      // a user's own group is as a rule the user's alone; root's directories may be anybody's group
      boolean group =
          (mode & GROUP_WRITES) != 0 && ownUid() == ROOT && number(parent, "unix:gid") != ROOT;
      boolean replaceable = (mode & OTHERS_WRITE) != 0 || group;
      if (owner != ROOT && owner != ownUid()) {
        throw new IOException(parent + " belongs to somebody else");
      }
      if (replaceable && (mode & STICKY) == 0) {
        throw new IOException("others may write to " + parent);
      }
    }
  }

  /** The user of this process, by the owner of its entry in /proc. */
  static int ownUid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new IllegalStateException("/proc is not mounted", e);
    }
  }

  private static int number(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }
}
