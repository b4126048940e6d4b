package ee.supervisor.jmx;

import static java.util.concurrent.TimeUnit.SECONDS;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.control.RunningEngine;
import ee.supervisor.output.ActivityLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** A real engine with real children and its beans in an MBean server of their own, for a test. */
public final class ShownEngine implements AutoCloseable {
  private final RunningEngine running;
  private final ActivityLog log;
  private final MBeanServer server;
  private final JmxRegistry registry;

  /** Starts one; see {@link RunningEngine#start}. */
  public ShownEngine(Path directory, String programs) throws Exception {
    this(directory, programs, MBeanServerFactory.newMBeanServer());
  }

  /** Starts one that is shown in {@code server}. */
  public ShownEngine(Path directory, String programs, MBeanServer server) throws Exception {
    this.server = server;
    running = RunningEngine.start(directory, programs);
    SupervisordConfig config = running.engine().configuration().supervisord();
    log = ActivityLog.open(ActivityLog.Settings.of(config));
    registry = JmxRegistry.start(running.engine(), () -> server, log);
    registry.ready().toCompletableFuture().get(20, SECONDS);
  }

  /** The engine itself. */
  public RunningEngine running() {
    return running;
  }

  JmxRegistry registry() {
    return registry;
  }

  /** How long it takes until all beans are there in an MBean server that is thrown away. */
  Duration registerAgain() {
    long start = System.nanoTime();
    try (JmxRegistry another =
        JmxRegistry.start(running.engine(), MBeanServerFactory::newMBeanServer, log)) {
      another.ready().toCompletableFuture().join();
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  MBeanServer server() {
    return server;
  }

  /** An attribute of a program whose group has its name. */
  Object attribute(String program, String attribute) throws JMException {
    return server.getAttribute(BeanNames.program(program, program), attribute);
  }

  /** Calls an operation whose parameters are all strings. */
  Object invoke(ObjectName bean, String operation, String... arguments) throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return server.invoke(bean, operation, arguments, signature);
  }

  @Override
  public void close() {
    registry.close();
    running.close();
    log.close();
  }
}
