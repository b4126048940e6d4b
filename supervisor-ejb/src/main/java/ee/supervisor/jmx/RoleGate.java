package ee.supervisor.jmx;

import ee.supervisor.access.AuditLog;
import ee.supervisor.access.CallText;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.access.ForbiddenException;
import ee.supervisor.config.Role;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.IntrospectionException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
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
      Set.of(
          "shutdown",
          "reload",
          "reread",
          "update",
          "plan",
          "addGroup",
          "removeGroup",
          "sendRemoteCommEvent",
          // it holds the record of what everybody did
          "clearLog");

  private final AuditLog audit;
  private MBeanServer server;

  private RoleGate(AuditLog audit) {
    this.audit = audit;
  }

  /** A gate that still has to be given its MBean server. */
  static MBeanServerForwarder create(AuditLog audit) {
    return (MBeanServerForwarder)
        Proxy.newProxyInstance(
            RoleGate.class.getClassLoader(),
            new Class<?>[] {MBeanServerForwarder.class},
            new RoleGate(audit));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    // Calls may come by other connections than the login's: RMI makes as many as it needs.
    GuardedSocket.callerIsKnown();
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
    Optional<MBeanOperationInfo> info =
        operation(bean, operation, ((String[]) arguments[3]).length);
    Role needed = needed(bean, operation, info);
    if (needed == Role.VIEWER) {
      return forward(method, arguments);
    }
    Caller caller = new Caller(Optional.of(user.user()), clientHost(), user.role());
    String what = what(bean, operation, info, (Object[]) arguments[2]);
    try {
      caller.require(needed, what);
      Object result = forward(method, arguments);
      audit.write(Door.JMX, caller, what, AuditLog.SUCCESS);
      return result;
    } catch (ForbiddenException e) {
      audit.write(Door.JMX, caller, what, AuditLog.result(e));
      // without the cause: its class is unknown to the client
      throw new SecurityException(e.getMessage());
    } catch (Exception e) {
      audit.write(Door.JMX, caller, what, AuditLog.result(e));
      throw e;
    }
  }

  private static String what(
      ObjectName bean, String operation, Optional<MBeanOperationInfo> info, Object[] arguments) {
    List<String> parameters =
        info.map(o -> Arrays.stream(o.getSignature()).map(MBeanParameterInfo::getName).toList())
            .orElse(List.of());
    List<?> values = arguments == null ? List.of() : Arrays.asList(arguments);
    return CallText.of(operation, parameters, values) + " " + bean;
  }

  private static Role needed(ObjectName bean, String operation, Optional<MBeanOperationInfo> info) {
    if (bean.getDomain().equals(BeanNames.DOMAIN)) {
      if (info.filter(o -> o.getImpact() == MBeanOperationInfo.INFO).isPresent()) {
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

  private Optional<MBeanOperationInfo> operation(ObjectName bean, String name, int parameters)
      throws InstanceNotFoundException, IntrospectionException, ReflectionException {
    return Arrays.stream(server.getMBeanInfo(bean).getOperations())
        .filter(o -> o.getName().equals(name) && o.getSignature().length == parameters)
        .findFirst();
  }

  private Object forward(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(server, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String clientHost() {
    try {
      return RemoteServer.getClientHost();
    } catch (ServerNotActiveException e) {
      return "this JVM";
    }
  }
}
