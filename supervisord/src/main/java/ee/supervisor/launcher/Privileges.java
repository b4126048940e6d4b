package ee.supervisor.launcher;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.config.UserId;
import ee.supervisor.posix.Account;
import ee.supervisor.posix.Accounts;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.OpenFileLimit;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.ResourceLimit;
import ee.supervisor.posix.ResourceLimit.Resource;
import java.util.ArrayList;
import java.util.List;

/** What supervisord may do: becomes the configured user, and sees that its limits suffice. */
final class Privileges {
  /** What happened, for the activity log, which is opened later: it belongs to the new user. */
  private final List<String> criticals = new ArrayList<>();

  private final List<String> infos = new ArrayList<>();

  private Privileges() {}

  /**
   * Changes user and limits for good.
   *
   * @throws UsageException when one of them cannot be had
   */
  static Privileges take(SupervisordConfig config) throws UsageException {
    Privileges taken = takeAgain(config);
    taken.require(
        Resource.NOFILE, "RLIMIT_NOFILE", config.minfds(), "minfds", "file descriptors", "process");
    taken.require(
        Resource.NPROC, "RLIMIT_NPROC", config.minprocs(), "minprocs", "processes", "program");
    try {
      // What holds now is what the reference's children get.
      OpenFileLimit.raise();
    } catch (PosixException e) {
      taken.infos.add("The limit on open files stays as it is: " + e.getMessage());
    }
    return taken;
  }

  /**
   * Changes the user as a restart does, which leaves limits as they are.
   *
   * @throws UsageException when it cannot become that user, having become another already
   */
  static Privileges takeAgain(SupervisordConfig config) throws UsageException {
    Privileges taken = new Privileges();
    if (config.user().isPresent()) {
      taken.become(config.user().get());
    } else if (CurrentProcess.uid() == 0) {
      taken.criticals.add(
          "Supervisor is running as root.  Privileges were not dropped because no user is specified"
              + " in the config file.  If you intend to run as root, you can set user=root in the"
              + " config file to avoid this message.");
    }
    return taken;
  }

  List<String> criticals() {
    return List.copyOf(criticals);
  }

  List<String> infos() {
    return List.copyOf(infos);
  }

  private void become(UserId wanted) throws UsageException {
    try {
      Account user =
          Accounts.byUid(wanted.uid())
              .orElseThrow(() -> new UsageException("Can't find uid " + wanted.uid()));
      if (CurrentProcess.uid() != user.uid()) {
        if (CurrentProcess.uid() != 0) {
          throw new UsageException("Can't drop privilege as nonroot user");
        }
        CurrentProcess.become(user);
      }
      infos.add("Set uid to user %d succeeded".formatted(user.uid()));
    } catch (PosixException e) {
      throw new UsageException("Could not set group id of effective user: " + e.getMessage(), e);
    }
  }

  private void require(
      Resource resource, String name, long wanted, String option, String things, String program)
      throws UsageException {
    try {
      ResourceLimit limit = CurrentProcess.limit(resource);
      if (limit.soft() == ResourceLimit.UNLIMITED || limit.soft() >= wanted) {
        return;
      }
      boolean raiseHard = limit.hard() != ResourceLimit.UNLIMITED && limit.hard() < wanted;
      try {
        CurrentProcess.setLimit(
            resource, new ResourceLimit(wanted, raiseHard ? wanted : limit.hard()));
        infos.add("Increased %s limit to %d".formatted(name, wanted));
      } catch (PosixException e) {
        throw new UsageException(tooFew(wanted, limit.hard(), option, things, program), e);
      }
    } catch (PosixException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static String tooFew(
      long wanted, long hard, String option, String things, String program) {
    String number = things.equals("processes") ? "available processes" : things;
    return ("The minimum number of %s required to run this %s is %d as per the \"%s\" command-line"
            + " argument or config file setting. The current environment will only allow you to"
            + " open %d %s.  Either raise the number of usable %s in your environment (see"
            + " README.rst) or lower the %s setting in the config file to allow the %s to start.")
        .formatted(number, program, wanted, option, hard, things, things, option, program);
  }
}
