package ee.supervisor.posix;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file's permissions as {@code chmod} has them, for what Java does with files. */
public final class PermissionBits {
  private PermissionBits() {}

  /** The permissions of {@code mode}, 0 to 0777. */
  public static Set<PosixFilePermission> of(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    // declared from the owner's read (0400) down to the others' execute (0001)
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }
}
