package ee.supervisor.rpc;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.plugin.PluginPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes the RPC interfaces of third parties before anything starts, and keeps them for the doors,
 * which open later: one that cannot be made must end supervisord while it has no child yet.
 */
public final class PluginInterfaces {
  /** The value of {@code supervisor.rpcinterface_factory} that means the main interface. */
  public static final String MAIN = "supervisor.rpcinterface:make_main_rpcinterface";

  /** Methods by namespace, and the supervisor they were made for. */
  private record Offer(Supervisor supervisor, Map<String, List<RpcMethod>> methods) {}

  private static final AtomicReference<Offer> OFFERED = new AtomicReference<>();

  private PluginInterfaces() {}

  /** Whether a section names Supervisor's own interface, which is none of a third party. */
  public static boolean isMain(RpcInterfaceConfig section) {
    return section.factory().equals(MAIN);
  }

  /**
   * Checks that the classes that sections name are there, and makes none.
   *
   * @throws ConfigException in Supervisor's words when one is not, with the reason in a line of its
   *     own
   */
  public static void check(List<RpcInterfaceConfig> sections) throws ConfigException {
    for (RpcInterfaceConfig section : sections) {
      if (!isMain(section)) {
        try {
          PluginPath.check(section.factory(), RpcInterfaceFactory.class);
        } catch (ClassNotFoundException | ClassCastException | LinkageError | IOException e) {
          throw ConfigException.explained(
              "%s cannot be resolved within [rpcinterface:%s]"
                  .formatted(section.factory(), section.name()),
              "a factory is %s or a Java class that implements %s: %s"
                  .formatted(MAIN, RpcInterfaceFactory.class.getName(), e),
              e);
        }
      }
    }
  }

  /** {@code source}, with every configuration checked: as good as wrong is what cannot be made. */
  public static ConfigSource checked(ConfigSource source) {
    return () -> {
      Configuration next = source.load();
      check(next.rpcInterfaces());
      return next;
    };
  }

  /**
   * Makes what the sections name, in their order, for whoever asks for {@link #offered}.
   *
   * @param log gets why one cannot be made, and which could be before it
   * @throws ConfigException in Supervisor's words when one cannot be made
   */
  public static void offer(
      Supervisor supervisor, List<RpcInterfaceConfig> sections, ActivityLog log)
      throws ConfigException {
    Map<String, List<RpcMethod>> methods = new LinkedHashMap<>();
    for (RpcInterfaceConfig section : sections) {
      if (isMain(section)) {
        continue;
      }
      try {
        methods
            .computeIfAbsent(section.name(), name -> new ArrayList<>())
            .addAll(make(section, supervisor));
      } catch (Exception | LinkageError e) {
        sections.subList(0, sections.indexOf(section)).forEach(made -> log.info(made(made)));
        log.warn("[rpcinterface:%s] %s: %s".formatted(section.name(), section.factory(), e));
        throw new ConfigException("Could not make " + section.name() + " rpc interface", e);
      }
    }
    OFFERED.set(new Offer(supervisor, methods));
  }

  /** The line of the activity log that says that an interface is there. */
  public static String made(RpcInterfaceConfig section) {
    return "RPC interface '" + section.name() + "' initialized";
  }

  /** The methods made for {@code supervisor}, by namespace; empty if nobody has made any. */
  public static Optional<Map<String, List<RpcMethod>>> offered(Supervisor supervisor) {
    return Optional.ofNullable(OFFERED.get())
        .filter(offer -> offer.supervisor() == supervisor)
        .map(Offer::methods);
  }

  /**
   * Makes the methods of one section.
   *
   * @throws Exception when its class is not there, is none that can be used, or throws
   */
  public static List<RpcMethod> make(RpcInterfaceConfig section, Supervisor supervisor)
      throws Exception {
    return PluginPath.find(section.factory(), RpcInterfaceFactory.class)
        .getConstructor()
        .newInstance()
        .create(supervisor, Map.copyOf(section.extras()));
  }
}
