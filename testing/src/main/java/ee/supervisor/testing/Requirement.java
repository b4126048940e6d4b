package ee.supervisor.testing;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Something that a test needs of the machine. */
public enum Requirement {
  /** Programs that bash alone can write. */
  BASH("bash on the PATH"),

  /** A browser, and the program that Selenium drives it by. */
  BROWSER("chromium and chromedriver on the PATH"),

  /** What the examples of README and docs are typed with. */
  CURL("curl on the PATH"),

  /** A server that tells of itself by sd_notify(3). */
  HAPROXY("/usr/sbin/haproxy (Debian: haproxy)"),

  /** A JDK that is whole. */
  JCONSOLE("a JDK with JConsole"),

  /** What judges manual pages. */
  MANDOC("mandoc on the PATH"),

  /** What judges packages for Debian. */
  LINTIAN("lintian on the PATH"),

  /** What unpacks a Debian to install packages in. */
  MMDEBSTRAP("mmdebstrap on the PATH"),

  /** The right to mount file systems. */
  MOUNT("root with CAP_SYS_ADMIN"),

  /**
   * The right to boot a system of its own, which many containers lack though their user is root.
   */
  NAMESPACES("the right to make namespaces and control groups, and to mount in them"),

  /** The web server that an example runs. */
  NGINX("nginx on the PATH (Debian: nginx-light)"),

  /** The right to become another user. */
  OTHER_USERS("root with CAP_SETUID, and /usr/bin/setpriv"),

  /** What Prometheus' own parser is asked by. */
  PROMETHEUS_CLIENT("python3 with prometheus_client (Debian: python3-prometheus-client)"),

  /** Prometheus' own tool for rules and metrics. */
  PROMTOOL("promtool on the PATH (Debian: prometheus)"),

  /** Python 3. */
  PYTHON("python3 on the PATH"),

  /** The database that an example runs. */
  REDIS("redis-server and redis-cli on the PATH (Debian: redis-server)"),

  /** Supervisor itself, as Debian has it, to compare with. */
  REFERENCE("/usr/bin/supervisord (Debian: supervisor)"),

  /** What makes a web site of the documentation. */
  SPHINX("sphinx-build with myst_parser (Debian: python3-myst-parser)"),

  /** What shell scripts call sd_notify(3) by. */
  SYSTEMD_NOTIFY("systemd-notify on the PATH (Debian: systemd)"),

  /** An X server without a screen. */
  XVFB("Xvfb on the PATH");

  private static final int CAP_SETUID = 7;
  private static final int CAP_SYS_ADMIN = 21;

  /** All that a system in namespaces needs of the kernel, tried at once. */
  private static final String BOOT =
      """
      directory=$(mktemp -d) || exit 1
      unshare --mount --pid --fork --uts --ipc --net sh -ec '
        mount --make-rprivate /
        mount -t tmpfs tmpfs "$0"
        mkdir "$0/proc" "$0/sys" "$0/group" "$0/pts"
        mount -t proc proc "$0/proc"
        mount -t sysfs -o ro sysfs "$0/sys"
        mount -t devpts -o newinstance devpts "$0/pts"
        : >"$0/null"
        mount --bind /dev/null "$0/null"
        mount -t cgroup2 cgroup2 "$0/group"
        mkdir "$0/group/supervisor-probe-$1"
        rmdir "$0/group/supervisor-probe-$1"
        umount "$0/group"
        unshare --cgroup mount -t cgroup2 cgroup2 "$0/group"
      ' "$directory" "$$"
      result=$?
      rmdir "$directory"
      exit "$result"
      """;

  private final String words;

  Requirement(String words) {
    this.words = words;
  }

  /** What is to be installed or granted. */
  String words() {
    return words;
  }

  boolean isMissing() {
    return !isThere();
  }

  /** False for rights, which nobody can install. */
  boolean isInstallable() {
    return this != MOUNT && this != NAMESPACES && this != OTHER_USERS;
  }

  private boolean isThere() {
    return switch (this) {
      case BASH -> isOnPath("bash");
      case BROWSER -> isOnPath("chromium") && isOnPath("chromedriver");
      case CURL -> isOnPath("curl");
      case HAPROXY -> isExecutable("/usr/sbin/haproxy");
      case JCONSOLE -> ModuleFinder.ofSystem().find("jdk.jconsole").isPresent();
      case MANDOC -> isOnPath("mandoc");
      case LINTIAN -> isOnPath("lintian");
      case MMDEBSTRAP -> isOnPath("mmdebstrap");
      case MOUNT -> isRoot() && hasCapability(CAP_SYS_ADMIN) && isOnPath("mount");
      case NAMESPACES -> isRoot() && isOnPath("unshare") && succeeds(BOOT);
      case NGINX -> isOnPath("nginx");
      case OTHER_USERS -> isRoot() && hasCapability(CAP_SETUID) && isExecutable("/usr/bin/setpriv");
      case PROMETHEUS_CLIENT -> isPythonModule("prometheus_client");
      case PROMTOOL -> isOnPath("promtool");
      case PYTHON -> isOnPath("python3");
      case REDIS -> isOnPath("redis-server") && isOnPath("redis-cli");
      case REFERENCE -> isExecutable("/usr/bin/supervisord") && isPythonModule("supervisor");
      case SPHINX -> isOnPath("sphinx-build") && isPythonModule("myst_parser");
      case SYSTEMD_NOTIFY -> isOnPath("systemd-notify");
      case XVFB -> isOnPath("Xvfb");
    };
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static boolean succeeds(String script) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isExecutable(String program) {
    return Files.isExecutable(Path.of(program));
  }

  private static boolean isPythonModule(String name) {
    return isExecutable("/usr/bin/python3")
        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages", name));
  }

  private static boolean isRoot() {
    return status("Uid:").startsWith("0\t");
  }

  private static boolean hasCapability(int number) {
    return (Long.parseUnsignedLong(status("CapEff:"), 16) >>> number & 1) == 1;
  }

  private static String status(String key) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0";
    }
  }
}
