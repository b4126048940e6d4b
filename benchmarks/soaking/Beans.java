import com.sun.tools.attach.VirtualMachine;
import java.util.TreeMap;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Prints how many MBeans of each domain and type a JVM of this user has: {@code java Beans.java PID}. */
public final class Beans {
  public static void main(String[] args) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(args[0]);
    String address = machine.startLocalManagementAgent();
    machine.detach();
    TreeMap<String, Integer> counts = new TreeMap<>();
    try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
      for (ObjectName name : connector.getMBeanServerConnection().queryNames(null, null)) {
        counts.merge(name.getDomain() + ":" + name.getKeyProperty("type"), 1, Integer::sum);
      }
    }
    counts.forEach((kind, count) -> System.out.println(count + " " + kind));
  }
}
