package ee.supervisor.launcher.payara;

import ee.supervisor.ejb.StartUp;
import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Payara Micro with the doors deployed, in this JVM, around an engine that runs already.
 *
 * <p>Confined to the thread that calls it; {@link #listen} may be called from another after {@link
 * #boot} has returned.
 */
public final class PayaraServer {
  private static final String LISTENER =
      "configs.config.server-config.network-config.network-listeners.network-listener.front.";

  private final InstanceDirectory directory;
  private AdminCommandRunner commands;
  private Optional<String> refusal = Optional.empty();

  private PayaraServer(InstanceDirectory directory) {
    this.directory = directory;
  }

  /**
   * Boots Payara and deploys the doors; nothing listens yet. Takes some seconds.
   *
   * @param installation where Payara and the doors are installed
   * @param directory where this run may write
   * @param log the file for what Payara itself logs
   * @throws PayaraException when it does not come up; its log says more
   */
  public static PayaraServer boot(
      PayaraInstallation installation, InstanceDirectory directory, Path log)
      throws PayaraException {
    try {
      PayaraServer server = new PayaraServer(directory);
      try {
        server.boot(installation, log);
        return server;
      } catch (PayaraException | IOException e) {
        abandon();
        throw e;
      }
    } catch (IOException e) {
      throw new PayaraException("Payara cannot start: " + e.getMessage(), e);
    }
  }

  private void boot(PayaraInstallation installation, Path log) throws IOException, PayaraException {
    for (String fixed :
        List.of(
            "domain.xml",
            "logging.properties",
            "default-web.xml",
            "login.conf",
            "keyfile",
            "server.policy")) {
      directory.fill(fixed);
    }
    EmptyStores stores = EmptyStores.into(directory);
    System.setProperty(ServerLogHandler.FILE_PROPERTY, log.toString());
    // "file:/x", as File has it: Payara finds only some of its modules under Path's "file:///x".
    System.setProperty(
        "fish.payara.micro.BootJar", installation.bootJar().toFile().toURI().toString());
    System.setProperty("fish.payara.micro.UnpackDir", directory.root().toString());
    // Our own beans.xml is right, and the schema to check it by is long.
    System.setProperty("org.jboss.weld.xml.disableValidating", "true");
    try {
      create().setPostBootHandler(runner -> deploy(runner, installation)).bootStrap();
      if (refusal.isPresent()) {
        throw new PayaraException(
            "The page and REST could not be deployed: " + refusal.get(), null);
      } else if (!StartUp.isComplete()) {
        throw new PayaraException("The page and REST did not come up; " + log + " says why", null);
      }
    } catch (BootstrapException | ReflectiveOperationException e) {
      throw new PayaraException("Payara cannot start: " + e.getMessage() + "; see " + log, e);
    } catch (RuntimeException | Error e) {
      // An installation that is not whole, descriptors or memory that have run out.
      throw new PayaraException("Payara cannot start: " + e + "; see " + log, e);
    } finally {
      stores.forget();
    }
  }

  /** So that another boot finds nothing of this one in its way. */
  private static void abandon() {
    try {
      singleton().shutdown();
    } catch (BootstrapException | ReflectiveOperationException | RuntimeException | Error e) {
      // As far as it had come up it cannot go down: the next boot shows whether that matters.
    }
  }

  private PayaraMicroBoot create() throws ReflectiveOperationException {
    return singleton().setRootDir(directory.root().toFile()).setNoCluster(true);
  }

  /** Payara's implementation is in jars within its jar: reached by name, spoken to by its API. */
  private static PayaraMicroBoot singleton() throws ReflectiveOperationException {
    return (PayaraMicroBoot)
        Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
            .getMethod("getInstance")
            .invoke(null);
  }

  /** Loads the doors; Payara starts what is loaded as the last step of its boot. */
  private void deploy(AdminCommandRunner runner, PayaraInstallation installation) {
    commands = runner;
    ClusterCommandResult result =
        runner.run(
            "deploy",
            "--name=supervisor",
            "--contextroot=/",
            "--loadOnly=true",
            installation.application().toString());
    if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
      refusal = Optional.of(result.getOutput());
    }
  }

  /**
   * Listens on a loopback port, or on another one than before.
   *
   * @return the port; whose it really is has to be looked at, since somebody may be quicker
   * @throws PayaraException when Payara refuses
   * @throws IOException when there is no port
   */
  public int listen() throws PayaraException, IOException {
    int port = freeLoopbackPort();
    set(List.of("enabled=false"));
    set(List.of("port=" + port, "enabled=true"));
    return port;
  }

  /**
   * Says that {@link #listen} will not be called any more. Each of a dozen services has a thread
   * that waits for changes of Payara's configuration; there will be none, and the threads end.
   */
  public void settle() {
    try {
      Object services =
          Class.forName("org.glassfish.internal.api.Globals")
              .getMethod("getDefaultBaseServiceLocator")
              .invoke(null);
      Class<?> transactions = Class.forName("org.jvnet.hk2.config.Transactions");
      Object service =
          Class.forName("org.glassfish.hk2.api.ServiceLocator")
              .getMethod("getService", Class.class, Annotation[].class)
              .invoke(services, transactions, new Annotation[0]);
      transactions.getMethod("preDestroy").invoke(service);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // another Payara, another way: they go on waiting
    }
  }

  private void set(List<String> changes) throws PayaraException {
    String[] values = changes.stream().map(change -> LISTENER + change).toArray(String[]::new);
    ClusterCommandResult result = commands.run("set", values);
    if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
      throw new PayaraException(
          "Payara refused " + changes + ": " + result.getOutput(), result.getFailureCause());
    }
  }

  /** One that nobody had a moment ago. */
  private static int freeLoopbackPort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return probe.getLocalPort();
    }
  }
}
