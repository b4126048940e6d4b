package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Accounts of the system as the audit shows them: by name where {@code /etc/passwd} had it when
 * this was made, by number otherwise. A directory service is not asked: it may take its time, and
 * who asks here is an event loop.
 */
final class AccountNames {
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final int UID_FIELD = 2;

  private final Map<Integer, String> names;

  private AccountNames(Map<Integer, String> names) {
    this.names = Map.copyOf(names);
  }

  /** Knows nobody. */
  static AccountNames none() {
    return new AccountNames(Map.of());
  }

  /** Knows this machine's own accounts. */
  static AccountNames ofSystem() {
    try {
      return of(Files.readString(PASSWD, UTF_8));
    } catch (IOException e) {
      // an image without accounts: numbers do
      return none();
    }
  }

  /** Knows the accounts of a passwd(5) file; of several with one number, the first. */
  static AccountNames of(String passwd) {
    Map<Integer, String> names = new HashMap<>();
    passwd.lines().map(line -> line.split(":", -1)).forEach(fields -> add(names, fields));
    return new AccountNames(names);
  }

  private static void add(Map<Integer, String> names, String[] fields) {
    if (fields.length > UID_FIELD && !fields[0].isEmpty()) {
      try {
        names.putIfAbsent(Integer.parseUnsignedInt(fields[UID_FIELD]), fields[0]);
      } catch (NumberFormatException e) {
        // a line of NIS, or a comment: not an account of this file
        return;
      }
    }
  }

  /** One word: the account's name, or {@code uid=1000}. */
  String of(int uid) {
    String name = names.get(uid);
    return name == null ? "uid=" + Integer.toUnsignedString(uid) : Token.of(name);
  }
}
