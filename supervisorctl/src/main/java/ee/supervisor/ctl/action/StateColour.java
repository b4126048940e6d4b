package ee.supervisor.ctl.action;

/** Gives the state of a process a colour on a terminal. */
enum StateColour {
  GOOD("32"),
  CHANGING("33"),
  BAD("31"),
  QUIET("2");

  private final String code;

  StateColour(String code) {
    this.code = code;
  }

  /** The colour of a state. */
  static StateColour of(String state) {
    return switch (state) {
      case "RUNNING" -> GOOD;
      case "STARTING", "STOPPING", "BACKOFF" -> CHANGING;
      case "STOPPED", "EXITED" -> QUIET;
      default -> BAD;
    };
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
