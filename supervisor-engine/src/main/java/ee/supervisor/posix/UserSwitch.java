package ee.supervisor.posix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The way into {@code user=}: through setpriv(1), since a thread of the JVM that took on another
 * uid could be killed by every process of that user. What setpriv would be too late to report in
 * Supervisor's words is checked before, with that user's rights.
 */
final class UserSwitch {
  private static final String SETPRIV = "/usr/bin/setpriv";
  private static final String ENV = "/usr/bin/env";

  /**
   * What steers the dynamic loader or the C library (glibc ignores it in setuid programs): it must
   * not reach setpriv while that is still root, or who owns a library path owns the machine.
   */
  private static final Pattern UNSAFE =
      Pattern.compile(
          "LD_.*|GLIBC_TUNABLES|GCONV_PATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|LOCPATH|MALLOC_.*"
              + "|NIS_PATH|NLSPATH|RESOLV_HOST_CONF|RES_OPTIONS|TMPDIR|TZDIR|LIBCAP_NG.*");

  private final Account user;
  private final List<Integer> groups;

  private UserSwitch(Account user, List<Integer> groups) {
    this.user = user;
    this.groups = groups;
  }

  /** The way from this process's user to {@code uid}. */
  static UserSwitch to(int uid) throws UnspawnableException {
    String complaint = "couldn't setuid to " + uid + ": ";
    try {
      Account user =
          Accounts.byUid(uid)
              .orElseThrow(() -> new UnspawnableException(complaint + "Can't find uid " + uid));
      if (CurrentProcess.uid() != 0) {
        throw new UnspawnableException(complaint + "Can't drop privilege as nonroot user");
      }
      if (Kernel.status(SETPRIV).isEmpty()) {
        throw new UnspawnableException(complaint + "there is no " + SETPRIV);
      }
      return new UserSwitch(user, Accounts.groups(user));
    } catch (PosixException e) {
      throw new UnspawnableException(complaint + e.getMessage());
    }
  }

  /** What to execute so that the program runs as that user. */
  Program program(Program wanted) throws UnspawnableException {
    Map<String, String> safe = new LinkedHashMap<>();
    List<String> unsafe = new ArrayList<>();
    wanted
        .environment()
        .forEach(
            (name, value) -> {
              if (UNSAFE.matcher(name).matches()) {
                unsafe.add(name + "=" + value);
              } else {
                safe.put(name, value);
              }
            });
    List<String> argv = new ArrayList<>(setpriv());
    String program = wanted.searchName();
    if (!unsafe.isEmpty()) {
      if (program.contains("=")) {
        throw UnspawnableException.exec(program, Errno.EINVAL);
      }
      argv.add(ENV);
      argv.addAll(unsafe);
    }
    argv.add(program);
    argv.addAll(wanted.arguments());
    return new Program(SETPRIV, argv, safe);
  }

  private List<String> setpriv() {
    String list = groups.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
    return List.of(
        "setpriv",
        "--reuid",
        Integer.toUnsignedString(user.uid()),
        "--regid",
        Integer.toUnsignedString(user.gid()),
        "--groups",
        list,
        "--");
  }

  /** Goes to the child's directory and looks at its program, both as that user. */
  void enter(SpawnRequest request, ChildPlace place) throws UnspawnableException {
    Optional<Errno> refusal;
    try (ThreadCredentials credentials = ThreadCredentials.assume(user, groups)) {
      place.enter(request.directory());
      refusal = credentials.refusalToExecute(place.pathOf(request.file()));
    } catch (PosixException e) {
      throw new UnspawnableException(
          "couldn't setuid to " + user.uid() + ": Could not set groups of effective user");
    }
    refusal = refusal.or(() -> ProgramFormat.refusal(place.pathOf(request.file())));
    if (refusal.isPresent()) {
      throw UnspawnableException.exec(request.argv().get(0), refusal.get());
    }
  }
}
