package ee.supervisor.web;

import ee.supervisor.config.Configuration;
import ee.supervisor.control.Engine;
import ee.supervisor.control.EngineOptions;
import ee.supervisor.control.Handover;
import ee.supervisor.control.Supervisor;
import ee.supervisor.output.ActivityLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** The real engine with the real doors around it, in a servlet container, for one test. */
public final class DoorServer implements AutoCloseable {
  /** Fewer than any test has clients. */
  private static final int CONTAINER_THREADS = 4;

  private final ActivityLog log;
  private final Engine engine;
  private final Tomcat tomcat;

  private DoorServer(ActivityLog log, Engine engine, Tomcat tomcat) {
    this.log = log;
    this.engine = engine;
    this.tomcat = tomcat;
  }

  /** Starts engine and doors; {@code scratch} is a directory of the test's. */
  public static DoorServer start(TestConfiguration test, Path scratch) throws Exception {
    return start(test, scratch, 0);
  }

  /** Does so at a port of the test's choice, 0 for any: where a server was before, say. */
  public static DoorServer start(TestConfiguration test, Path scratch, int port) throws Exception {
    Configuration configuration = test.build();
    ActivityLog log = ActivityLog.open(ActivityLog.Settings.of(configuration.supervisord()));
    Engine engine =
        Engine.start(new EngineOptions(test::build, configuration, log, changed -> {}, false));
    engine.started().toCompletableFuture().get(20, TimeUnit.SECONDS);
    Handover.offer(engine);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(scratch.resolve("tomcat").toString());
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(CONTAINER_THREADS));
    connector.setProperty("minSpareThreads", "1");
    connector.setProperty("maxConnections", "4000");
    tomcat.setConnector(connector);
    Context context = tomcat.addWebapp("", Path.of("src/main/webapp").toAbsolutePath().toString());
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    context.setParentClassLoader(DoorServer.class.getClassLoader());
    tomcat.start();
    return new DoorServer(log, engine, tomcat);
  }

  /** The engine behind the doors. */
  public Supervisor supervisor() {
    return engine;
  }

  /** The port on 127.0.0.1 where the doors answer. */
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** The address of a page. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() {
    Handover.withdraw(engine);
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
    engine.shutdown().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    engine.stopped().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    log.close();
  }
}
