package ee.supervisor.jmx;

import ee.supervisor.config.Role;
import ee.supervisor.output.ActivityLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.util.Arrays;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.IntrospectionException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.remote.MBeanServerForwarder;

/**
 * Stands between a remote JMX connection and the MBean server: everybody may look, the role decides
 * who may call what, and every call that changes something is logged with who made it.
 *
 * <p>The MBean server is that of the whole JVM, with beans that could load code or dump its memory.
 * No role reaches those: beyond our own beans only those of {@code java.lang} may be called, and no
 * bean may be made or removed.
 */
final class RoleGate implements InvocationHandler {
  private static final String JAVA_LANG = "java.lang";

  private static final Set<String> READS =
      Set.of(
          "getAttribute",
          "getAttributes",
          "getMBeanInfo",
          "getMBeanCount",
          "getObjectInstance",
          "getDomains",
          "getDefaultDomain",
          "getClassLoader",
          "getClassLoaderFor",
          "getClassLoaderRepository",
          "isInstanceOf",
          "isRegistered",
          "queryMBeans",
          "queryNames",
          "addNotificationListener",
          "removeNotificationListener");

  private static final Set<String> ADMIN_OPERATIONS =
      Set.of("shutdown", "reload", "reread", "update", "addGroup", "removeGroup");

  private final ActivityLog log;
  private MBeanServer server;

  private RoleGate(ActivityLog log) {
    this.log = log;
  }

  /** A gate that still has to be told its MBean server. */
  static MBeanServerForwarder create(ActivityLog log) {
    return (MBeanServerForwarder)
        Proxy.newProxyInstance(
            RoleGate.class.getClassLoader(),
            new Class<?>[] {MBeanServerForwarder.class},
            new RoleGate(log));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "getMBeanServer" -> server;
      case "setMBeanServer" -> {
        server = (MBeanServer) arguments[0];
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "RoleGate";
      case "invoke" -> call((ObjectName) arguments[0], (String) arguments[1], method, arguments);
      default -> {
        if (!READS.contains(method.getName())) {
          throw new SecurityException(method.getName() + " is not allowed by JMX");
        }
        yield forward(method, arguments);
      }
    };
  }

  private Object call(ObjectName bean, String operation, Method method, Object[] arguments)
      throws Throwable {
    RolePrincipal user = RolePrincipal.current();
    Role needed = needed(bean, operation, ((String[]) arguments[3]).length);
    if (needed == Role.VIEWER) {
      return forward(method, arguments);
    }
    if (user.role().compareTo(needed) < 0) {
      audit(user, bean, operation, "refused");
      throw new SecurityException(
          "%s of %s needs the role %s, and %s is %s"
              .formatted(operation, bean, needed, user.user(), user.role()));
    }
    try {
      Object result = forward(method, arguments);
      audit(user, bean, operation, "OK");
      return result;
    } catch (Exception e) {
      audit(user, bean, operation, String.valueOf(e.getCause() == null ? e : e.getCause()));
      throw e;
    }
  }

  private Role needed(ObjectName bean, String operation, int parameters)
      throws InstanceNotFoundException, IntrospectionException, ReflectionException {
    if (bean.getDomain().equals(BeanNames.DOMAIN)) {
      if (isReadOnly(bean, operation, parameters)) {
        return Role.VIEWER;
      }
      return bean.equals(BeanNames.SUPERVISOR) && ADMIN_OPERATIONS.contains(operation)
          ? Role.ADMIN
          : Role.OPERATOR;
    }
    if (bean.getDomain().equals(JAVA_LANG)) {
      // What the thread page of JConsole calls.
      boolean looksAtThreads =
          "Threading".equals(bean.getKeyProperty("type"))
              && (operation.startsWith("get") || operation.startsWith("find"));
      return looksAtThreads ? Role.VIEWER : Role.ADMIN;
    }
    throw new SecurityException("operations of %s are not allowed by JMX".formatted(bean));
  }

  private boolean isReadOnly(ObjectName bean, String operation, int parameters)
      throws InstanceNotFoundException, IntrospectionException, ReflectionException {
    return Arrays.stream(server.getMBeanInfo(bean).getOperations())
        .filter(o -> o.getName().equals(operation) && o.getSignature().length == parameters)
        .anyMatch(o -> o.getImpact() == MBeanOperationInfo.INFO);
  }

  private Object forward(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(server, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void audit(RolePrincipal user, ObjectName bean, String operation, String result) {
    log.info(
        "audit: door=jmx user=%s from=%s what=%s %s result=%s"
            .formatted(user.user(), clientHost(), operation, bean, result));
  }

  private static String clientHost() {
    try {
      return RemoteServer.getClientHost();
    } catch (ServerNotActiveException e) {
      return "this JVM";
    }
  }
}
