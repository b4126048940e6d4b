package ee.supervisor.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names under which clients find the beans; what the configuration names is quoted in them. */
public final class BeanNames {
  /** The domain of all beans. */
  public static final String DOMAIN = "ee.supervisor";

  /** supervisord itself. */
  public static final ObjectName SUPERVISOR = name("type=Supervisor");

  private BeanNames() {}

  /** An active group. */
  public static ObjectName group(String group) {
    return name("type=Group,name=" + ObjectName.quote(group));
  }

  /** A process of a program. */
  public static ObjectName program(String group, String process) {
    return process("Program", group, process);
  }

  /** A process of an event listener pool. */
  public static ObjectName eventListener(String group, String process) {
    return process("EventListener", group, process);
  }

  private static ObjectName process(String type, String group, String process) {
    return name(
        "type=%s,group=%s,name=%s"
            .formatted(type, ObjectName.quote(group), ObjectName.quote(process)));
  }

  private static ObjectName name(String properties) {
    try {
      return new ObjectName(DOMAIN + ":" + properties);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(properties, e);
    }
  }
}
