package ee.supervisor.access;

import java.util.Locale;

/** The ways by which commands reach supervisord. */
public enum Door {
  XMLRPC,
  REST,
  PAGE,
  JMX,
  MCP;

  /** As the audit has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
