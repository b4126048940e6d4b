package ee.supervisor.config;

import java.util.Optional;

/**
 * Who may do what, beyond the one user of each server, and whether it is recorded.
 *
 * @param users the {@code [user:NAME]} sections
 * @param audit {@code audit} of {@code [supervisord]}, empty where it is not set
 * @param auditLogfile where it is recorded as JSON as well, if anywhere
 * @param mcp what assistants may do at most, empty where there is no door for them
 */
public record AccessConfig(
    Users users, Optional<Boolean> audit, Optional<String> auditLogfile, Optional<Role> mcp) {

  /** Without what Supervisor's files never have. */
  public AccessConfig(Users users, Optional<Boolean> audit) {
    this(users, audit, Optional.empty(), Optional.empty());
  }

  /**
   * Whether what clients change is recorded in the activity log. Without users nobody can be told
   * apart, and the log of a configuration that Supervisor could read is Supervisor's.
   */
  public boolean isAudited() {
    return audit.orElse(!users.isEmpty());
  }

  /** The same for JMX, which Supervisor does not have: there, only a no is one. */
  public boolean isJmxAudited() {
    return audit.orElse(true);
  }
}
