package ee.supervisor.jmx;

import ee.supervisor.control.ProcessResult;

/**
 * How a command on several processes went for one of them, as composite data.
 *
 * @param group the process's group
 * @param name the process's name
 * @param fault {@code SUCCESS}, or the fault's name
 * @param code the fault's number, 80 for success
 * @param description {@code OK}, or the fault's text
 */
public record Outcome(String group, String name, String fault, int code, String description) {

  static Outcome of(ProcessResult result) {
    return new Outcome(
        result.group(),
        result.name(),
        result.fault().name(),
        result.fault().code(),
        result.description());
  }

  /** {@link #group}, for MXBeans before Java 21. */
  public String getGroup() {
    return group;
  }

  /** {@link #name}, for MXBeans before Java 21. */
  public String getName() {
    return name;
  }

  /** {@link #fault}, for MXBeans before Java 21. */
  public String getFault() {
    return fault;
  }

  /** {@link #code}, for MXBeans before Java 21. */
  public int getCode() {
    return code;
  }

  /** {@link #description}, for MXBeans before Java 21. */
  public String getDescription() {
    return description;
  }
}
