package ee.supervisor.ctl.top;

import java.util.Comparator;
import java.util.Locale;

/** A column of the table: its heading, its width, the key that sorts by it, and how. */
enum Column {
  NAME("NAME", 0, 'N'),
  STATE("STATE", 9, 'S'),
  PID("PID", 8, 'I'),
  CPU("CPU%", 6, 'P'),
  MEMORY("MEMORY", 8, 'M'),
  RESTARTS("RESTARTS", 8, 'R'),
  UPTIME("UPTIME", 12, 'T');

  private final String heading;
  private final int width;
  private final char key;

  Column(String heading, int width, char key) {
    this.heading = heading;
    this.width = width;
    this.key = key;
  }

  String heading() {
    return heading;
  }

  /** In characters; 0 for what the others leave. */
  int width() {
    return width;
  }

  char key() {
    return key;
  }

  /** What an operator looks for stands first; programs that are alike stand in order of name. */
  Comparator<Program> order() {
    return comparator().thenComparing(Program::name);
  }

  private Comparator<Program> comparator() {
    return switch (this) {
      case NAME -> Comparator.comparing(Program::name);
      case STATE -> Comparator.comparing(Column::urgency);
      case PID -> Comparator.comparing(Program::pid);
      case CPU -> Comparator.comparing(program -> -program.cpu().orElse(-1));
      case MEMORY -> Comparator.comparing(program -> -program.memory().orElse(-1));
      case RESTARTS -> Comparator.comparing(program -> -program.restarts().orElse(-1));
      case UPTIME -> Comparator.comparing(program -> program.pid() == 0 ? 0 : -program.start());
    };
  }

  /** What needs attention has the smallest number. */
  private static int urgency(Program program) {
    return switch (program.state()) {
      case "FATAL" -> 0;
      case "UNKNOWN" -> 1;
      case "BACKOFF" -> 2;
      case "STARTING" -> 3;
      case "STOPPING" -> 4;
      case "EXITED" -> 5;
      case "STOPPED" -> 6;
      default -> 7;
    };
  }

  /** What a program has in this column. */
  String text(Program program, long now) {
    return switch (this) {
      case NAME -> program.name();
      case STATE -> program.state();
      case PID -> program.pid() == 0 ? "-" : String.valueOf(program.pid());
      case CPU ->
          program.cpu().isEmpty()
              ? "-"
              : String.format(Locale.ROOT, "%.1f", program.cpu().getAsDouble());
      case MEMORY -> program.memory().isEmpty() ? "-" : size(program.memory().getAsLong());
      case RESTARTS ->
          program.restarts().isEmpty() ? "-" : String.valueOf(program.restarts().getAsLong());
      case UPTIME -> duration(program.uptime(now));
    };
  }

  /** Bytes in three digits. */
  static String size(long bytes) {
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1000 && unit < 3) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f%c" : "%.0f%c", value, "KMGT".charAt(unit));
  }

  private static String duration(long seconds) {
    if (seconds < 0) {
      return "-";
    }
    String clock = "%d:%02d:%02d".formatted(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return seconds < 86400 ? clock : seconds / 86400 + "d " + clock;
  }
}
