package ee.supervisor.protocol;

import static java.util.stream.Collectors.toUnmodifiableMap;

import ee.supervisor.text.PythonText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Names and numbers of Linux's signals, the same on x86_64 and aarch64 (signal(7)). */
public final class Signals {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGKILL = 9;
  public static final int SIGUSR1 = 10;
  public static final int SIGUSR2 = 12;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;

  /** Every name that Supervisor accepts. Of two names for a number, the later one is shown. */
  private static final List<Map.Entry<String, Integer>> TABLE =
      List.of(
          Map.entry("SIGHUP", SIGHUP),
          Map.entry("SIGINT", SIGINT),
          Map.entry("SIGQUIT", SIGQUIT),
          Map.entry("SIGILL", 4),
          Map.entry("SIGTRAP", 5),
          Map.entry("SIGIOT", 6),
          Map.entry("SIGABRT", 6),
          Map.entry("SIGBUS", 7),
          Map.entry("SIGFPE", 8),
          Map.entry("SIGKILL", SIGKILL),
          Map.entry("SIGUSR1", SIGUSR1),
          Map.entry("SIGSEGV", 11),
          Map.entry("SIGUSR2", SIGUSR2),
          Map.entry("SIGPIPE", 13),
          Map.entry("SIGALRM", 14),
          Map.entry("SIGTERM", SIGTERM),
          Map.entry("SIGSTKFLT", 16),
          Map.entry("SIGCLD", SIGCHLD),
          Map.entry("SIGCHLD", SIGCHLD),
          Map.entry("SIGCONT", 18),
          Map.entry("SIGSTOP", 19),
          Map.entry("SIGTSTP", 20),
          Map.entry("SIGTTIN", 21),
          Map.entry("SIGTTOU", 22),
          Map.entry("SIGURG", 23),
          Map.entry("SIGXCPU", 24),
          Map.entry("SIGXFSZ", 25),
          Map.entry("SIGVTALRM", 26),
          Map.entry("SIGPROF", 27),
          Map.entry("SIGWINCH", 28),
          Map.entry("SIGIO", 29),
          Map.entry("SIGPOLL", 29),
          Map.entry("SIGPWR", 30),
          Map.entry("SIGSYS", 31),
          Map.entry("SIGRTMIN", 34),
          Map.entry("SIGRTMAX", 64));

  /** What Python's module calls SIG_ and Supervisor takes for signals; a number is not shown so. */
  private static final List<Map.Entry<String, Integer>> NO_SIGNALS =
      List.of(
          Map.entry("SIG_DFL", 0),
          Map.entry("SIG_IGN", 1),
          Map.entry("SIG_BLOCK", 0),
          Map.entry("SIG_UNBLOCK", 1),
          Map.entry("SIG_SETMASK", 2));

  private static final Map<String, Integer> NUMBERS =
      Stream.concat(TABLE.stream(), NO_SIGNALS.stream())
          .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    TABLE.forEach(entry -> NAMES.put(entry.getValue(), entry.getKey()));
  }

  private Signals() {}

  /**
   * The number an operator means by {@code HUP}, {@code sighup} or {@code 1}. Zero is accepted, as
   * Supervisor does: it asks whether the process is there.
   *
   * @throws IllegalArgumentException in Supervisor's words when there is no such signal
   */
  public static int number(String text) {
    int number;
    try {
      number = Integer.parseInt(text.strip());
    } catch (NumberFormatException notANumber) {
      return numberOfName(text);
    }
    if (number != 0 && !NAMES.containsKey(number)) {
      throw new IllegalArgumentException(
          "value " + PythonText.repr(text) + " is not a valid signal number");
    }
    return number;
  }

  private static int numberOfName(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    Integer number = NUMBERS.get(upper.startsWith("SIG") ? upper : "SIG" + upper);
    if (number == null) {
      throw new IllegalArgumentException(
          "value " + PythonText.repr(text) + " is not a valid signal name");
    }
    return number;
  }

  /** {@code SIGTERM}, or {@code signal 40} where the number has no name. */
  public static String name(int number) {
    String name = NAMES.get(number);
    return name == null ? "signal " + number : name;
  }
}
