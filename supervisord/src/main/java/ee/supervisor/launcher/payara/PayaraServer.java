package ee.supervisor.launcher.payara;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.ejb.StartUp;
import ee.supervisor.tls.ServerKey;
import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Payara Micro with the doors deployed, in this JVM, around an engine that runs already.
 *
 * <p>Confined to the thread that calls it; {@link #serve} may be called from another after {@link
 * #boot} has returned.
 */
public final class PayaraServer {
  private static final String LISTENER =
      "configs.config.server-config.network-config.network-listeners.network-listener.";

  private final InstanceDirectory directory;
  private final int relayPort;

  /** Of a file that nobody else can read; Payara wants one. */
  private final String keystorePassword = UUID.randomUUID().toString();

  private AdminCommandRunner commands;
  private Optional<String> refusal = Optional.empty();
  private ListenerPlan open = ListenerPlan.none();

  private PayaraServer(InstanceDirectory directory, int relayPort) {
    this.directory = directory;
    this.relayPort = relayPort;
  }

  /**
   * Boots Payara and deploys the doors; no listener is open yet. Takes some seconds.
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
      PayaraServer server = new PayaraServer(directory, freeLoopbackPort());
      server.boot(installation, log);
      return server;
    } catch (IOException e) {
      throw new PayaraException("Payara cannot start: " + e.getMessage(), e);
    }
  }

  private void boot(PayaraInstallation installation, Path log) throws IOException, PayaraException {
    ListenerPlan none = open;
    directory.fill(
        "domain.xml",
        Map.of(
            "door.address", none.address(),
            "door.port", Integer.toString(none.port()),
            "relay.port", Integer.toString(relayPort),
            "keystore.password", keystorePassword));
    for (String fixed :
        List.of(
            "logging.properties", "default-web.xml", "login.conf", "keyfile", "server.policy")) {
      directory.fill(fixed, Map.of());
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
        throw new PayaraException("The doors could not be deployed: " + refusal.get(), null);
      } else if (!StartUp.isComplete()) {
        throw new PayaraException("The doors did not come up; " + log + " says why", null);
      }
    } catch (BootstrapException | ReflectiveOperationException e) {
      throw new PayaraException("Payara cannot start: " + e.getMessage() + "; see " + log, e);
    } catch (RuntimeException | LinkageError e) {
      // an installation that is not whole: children that nobody can get at are not what was asked
      // for
      throw new PayaraException("Payara cannot start: " + e + "; see " + log, e);
    } finally {
      stores.forget();
    }
  }

  /** Payara's implementation is in jars within its jar: reached by name, spoken to by its API. */
  private PayaraMicroBoot create() throws ReflectiveOperationException {
    PayaraMicroBoot payara =
        (PayaraMicroBoot)
            Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
                .getMethod("getInstance")
                .invoke(null);
    return payara.setRootDir(directory.root().toFile()).setNoCluster(true);
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
   * Opens and closes listeners until they are those of {@code servers}.
   *
   * @param key of the TCP server, if that speaks TLS
   * @throws PayaraException when Payara refuses
   * @throws IOException when the key cannot be handed over
   */
  public void serve(List<HttpServerConfig> servers, Optional<ServerKey> key)
      throws PayaraException, IOException {
    ListenerPlan plan = ListenerPlan.of(servers, key);
    if (open.inet().isPresent() && (!plan.hasInetOf(open) || plan.inet().isEmpty())) {
      set(List.of("door.enabled=false"));
    }
    if (key.isPresent()) {
      key.get().store(directory.root().resolve("config/door.p12"), keystorePassword);
    }
    List<String> changes = new ArrayList<>();
    if (plan.inet().isPresent()) {
      changes.add("door.address=" + plan.address());
      changes.add("door.port=" + plan.port());
      changes.add("door.protocol=" + plan.protocol());
      changes.add("door.enabled=true");
    }
    changes.add("relay.enabled=" + plan.relay());
    set(changes);
    open = plan;
  }

  private void set(List<String> changes) throws PayaraException {
    String[] values = changes.stream().map(change -> LISTENER + change).toArray(String[]::new);
    ClusterCommandResult result = commands.run("set", values);
    if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
      throw new PayaraException(
          "Payara refused " + changes + ": " + result.getOutput(), result.getFailureCause());
    }
  }

  /** The loopback port that answers the relay of {@code [unix_http_server]}. */
  public int relayPort() {
    return relayPort;
  }

  /** Nothing else on the host can have been told to use it: the kernel hands each out once. */
  private static int freeLoopbackPort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return probe.getLocalPort();
    }
  }
}
