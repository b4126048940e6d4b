package ee.supervisor.config;

/**
 * The levels of the activity log, with the names its lines carry and the numbers Supervisor gives
 * them.
 */
public enum LogLevel {
  CRIT(50),
  ERRO(40),
  WARN(30),
  INFO(20),
  DEBG(10),
  TRAC(5),
  BLAT(3);

  private final int number;

  LogLevel(int number) {
    this.number = number;
  }

  /** Severity: higher is more severe. */
  public int number() {
    return number;
  }
}
