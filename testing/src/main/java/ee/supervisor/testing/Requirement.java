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

  /** A JDK that is whole. */
  JCONSOLE("a JDK with JConsole"),

  /** What judges manual pages. */
  MANDOC("mandoc on the PATH"),

  /** What unpacks a Debian to install packages in. */
  MMDEBSTRAP("mmdebstrap on the PATH"),

  /** The right to mount file systems. */
  MOUNT("root with CAP_SYS_ADMIN"),

  /** The right to become another user. */
  OTHER_USERS("root with CAP_SETUID, and /usr/bin/setpriv"),

  /** What Prometheus' own parser is asked by. */
  PROMETHEUS_CLIENT("python3 with prometheus_client (Debian: python3-prometheus-client)"),

  /** Python 3. */
  PYTHON("python3 on the PATH"),

  /** Supervisor itself, as Debian has it, to compare with. */
  REFERENCE("/usr/bin/supervisord (Debian: supervisor)"),

  /** An X server without a screen. */
  XVFB("Xvfb on the PATH");

  private static final int CAP_SETUID = 7;
  private static final int CAP_SYS_ADMIN = 21;

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
    return this != MOUNT && this != OTHER_USERS;
  }

  private boolean isThere() {
    return switch (this) {
      case BASH -> isOnPath("bash");
      case BROWSER -> isOnPath("chromium") && isOnPath("chromedriver");
      case JCONSOLE -> ModuleFinder.ofSystem().find("jdk.jconsole").isPresent();
      case MANDOC -> isOnPath("mandoc");
      case MMDEBSTRAP -> isOnPath("mmdebstrap");
      case MOUNT -> isRoot() && hasCapability(CAP_SYS_ADMIN) && isOnPath("mount");
      case OTHER_USERS -> isRoot() && hasCapability(CAP_SETUID) && isExecutable("/usr/bin/setpriv");
      case PROMETHEUS_CLIENT -> isPythonModule("prometheus_client");
      case PYTHON -> isOnPath("python3");
      case REFERENCE -> isExecutable("/usr/bin/supervisord") && isPythonModule("supervisor");
      case XVFB -> isOnPath("Xvfb");
    };
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
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
