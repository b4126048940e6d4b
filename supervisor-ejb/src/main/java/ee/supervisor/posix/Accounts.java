package ee.supervisor.posix;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Looks up accounts and groups wherever the machine keeps them: /etc/passwd, LDAP or what else
 * nsswitch.conf(5) names.
 *
 * <p>By the C library itself rather than by jnr-posix, whose loading takes longer than the rest of
 * this package together; struct passwd and struct group are the same on x86_64 and aarch64.
 */
public final class Accounts {
  private static final int PASSWD_BYTES = 48;
  private static final int PW_NAME_OFFSET = 0;
  private static final int PW_UID_OFFSET = 16;
  private static final int PW_GID_OFFSET = 20;
  private static final int PW_DIR_OFFSET = 32;
  private static final int GR_GID_OFFSET = 16;
  private static final int FIRST_BUFFER_BYTES = 4096;
  private static final int LARGEST_BUFFER_BYTES = 1 << 24;
  private static final int ERANGE = 34;
  private static final int FIRST_GROUPS = 64;

  private Accounts() {}

  /** The account that {@code nameOrNumber} means: a login name, or a user id in digits. */
  public static Optional<Account> lookup(String nameOrNumber) throws PosixException {
    OptionalInt uid = number(nameOrNumber);
    return uid.isPresent() ? byUid(uid.getAsInt()) : byName(nameOrNumber);
  }

  /** The account of that number. */
  public static Optional<Account> byUid(int uid) throws PosixException {
    return find(
        "getpwuid(" + uid + ")",
        (entry, buffer, length, result) -> LibC.getpwuid_r(uid, entry, buffer, length, result),
        Accounts::user);
  }

  private static Optional<Account> byName(String name) throws PosixException {
    try (NativeMemory text = NativeMemory.ofString(name)) {
      return find(
          "getpwnam(" + name + ")",
          (entry, buffer, length, result) ->
              LibC.getpwnam_r(text.address(), entry, buffer, length, result),
          Accounts::user);
    }
  }

  /** The id of the group that {@code nameOrNumber} means; empty when there is no such group. */
  public static Optional<Integer> lookupGroup(String nameOrNumber) throws PosixException {
    OptionalInt gid = number(nameOrNumber);
    try (NativeMemory text = NativeMemory.ofString(nameOrNumber)) {
      return find(
          "getgrnam(" + nameOrNumber + ")",
          (entry, buffer, length, result) ->
              gid.isPresent()
                  ? LibC.getgrgid_r(gid.getAsInt(), entry, buffer, length, result)
                  : LibC.getgrnam_r(text.address(), entry, buffer, length, result),
          entry -> entry.getInt(GR_GID_OFFSET));
    }
  }

  private static OptionalInt number(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException notANumber) {
      return OptionalInt.empty();
    }
  }

  /** The groups a user is in, the primary one first. */
  static List<Integer> groups(Account user) {
    return groups(user, FIRST_GROUPS);
  }

  private static List<Integer> groups(Account user, int capacity) {
    try (NativeMemory name = NativeMemory.ofString(user.name());
        NativeMemory ids = new NativeMemory(capacity * Integer.BYTES);
        NativeMemory count = new NativeMemory(Integer.BYTES)) {
      count.putInt(0, capacity);
      int fits = LibC.getgrouplist(name.address(), user.gid(), ids.address(), count.address());
      return fits < 0 ? groups(user, count.getInt(0)) : ids.getInts(count.getInt(0));
    }
  }

  private static Account user(NativeMemory entry) {
    return new Account(
        Native.stringAt(entry.getLong(PW_NAME_OFFSET)),
        entry.getInt(PW_UID_OFFSET),
        entry.getInt(PW_GID_OFFSET),
        Native.stringAt(entry.getLong(PW_DIR_OFFSET)));
  }

  /** One of the C library's four look-ups, which all end in the same arguments. */
  @FunctionalInterface
  private interface Query {
    int run(long entry, long buffer, long length, long result);
  }

  private static <T> Optional<T> find(String call, Query query, Function<NativeMemory, T> read)
      throws PosixException {
    int length = FIRST_BUFFER_BYTES;
    while (true) {
      try (NativeMemory entry = new NativeMemory(PASSWD_BYTES);
          NativeMemory result = new NativeMemory(Long.BYTES);
          NativeMemory buffer = new NativeMemory(length)) {
        int error = query.run(entry.address(), buffer.address(), length, result.address());
        if (error == 0 && result.getLong(0) != 0) {
          return Optional.of(read.apply(entry));
        }
        if (error == 0 || meansNotThere(error)) {
          return Optional.empty();
        }
        if (error != ERANGE || length >= LARGEST_BUFFER_BYTES) {
          throw new PosixException(call, new Errno(error));
        }
        length *= 2;
      }
    }
  }

  /** getpwnam(3) lists what name services return for "no such user" in place of 0. */
  private static boolean meansNotThere(int error) {
    Errno errno = new Errno(error);
    return List.of(Errno.ENOENT, Errno.ESRCH, Errno.EBADF, Errno.EPERM).contains(errno);
  }
}
