package ee.supervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.registry.LocateRegistry;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.timer.Timer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The [jmx] section: remote connections to a real engine over a real port. */
class JmxConnectorTest {
  private static final ObjectName SLEEPER = BeanNames.program("sleeper", "sleeper");
  private static final String PROGRAM =
      """
      [program:sleeper]
      command=/bin/sleep 1000
      startsecs=0
      [user:ann]
      password=see
      role=viewer
      """;

  @TempDir private Path directory;
  private int port;
  private ShownEngine shown;

  @BeforeEach
  void start() throws Exception {
    port = FreePort.onLoopback();
    Path users = directory.resolve("users");
    Files.writeString(
        users,
        "# who may do what\n\nviewer viewer look\nop operator {SHA}40bd001563085fc35165329ea1ff5c5ecbdbbeef\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    shown = new ShownEngine(directory, section("password_file=@DIR@/users\n") + PROGRAM);
    shown.running().awaitState("sleeper", ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    shown.close();
  }

  private String section(String more) {
    return "[jmx]\nport=%d\nusername=root\npassword=boss\n".formatted(port) + more;
  }

  @Test
  void anAdminStopsAProgramAndHearsOfIt() throws Exception {
    try (JMXConnector connector = connect("root", "boss")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      RecordedNotifications told = RecordedNotifications.of(server, BeanNames.SUPERVISOR);

      server.invoke(SLEEPER, "stop", null, null);

      told.awaitMessage("sleeper:sleeper STOPPING -> STOPPED");
      assertThat(server.getAttribute(SLEEPER, "StateName")).isEqualTo("STOPPED");
      shown
          .running()
          .awaitLogged(
              "audit: door=jmx user=root from=127.0.0.1 what=stop " + SLEEPER + " result=OK");
    }
  }

  @Test
  void aRefusalReachesTheClientAsAnExceptionThatItKnows() throws Exception {
    try (JMXConnector connector = connect("root", "boss")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertThatThrownBy(() -> server.invoke(SLEEPER, "start", null, null))
          .rootCause()
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("ALREADY_STARTED: sleeper:sleeper");
    }
  }

  @Test
  void aGroupIsRolledAndToldOfAsCompositeData() throws Exception {
    try (JMXConnector connector = connect("op", "123")) {
      CompositeData report =
          (CompositeData)
              connector
                  .getMBeanServerConnection()
                  .invoke(
                      BeanNames.SUPERVISOR,
                      "rollGroup",
                      new Object[] {"sleeper", 1L, 20L},
                      new String[] {String.class.getName(), "long", "long"});

      assertThat(report.get("complete")).isEqualTo(true);
      assertThat((CompositeData[]) report.get("results"))
          .singleElement()
          .extracting(result -> result.get("fault"))
          .isEqualTo("SUCCESS");
    }
  }

  @Test
  void wrongCredentialsAreRefused() {
    assertThatThrownBy(() -> connect("root", "wrong")).isInstanceOf(SecurityException.class);
    assertThatThrownBy(() -> connect("nobody", "boss")).isInstanceOf(SecurityException.class);
    assertThatThrownBy(() -> connect(Map.of())).isInstanceOf(SecurityException.class);
  }

  @Test
  void aViewerSeesEverythingAndChangesNothing() throws Exception {
    try (JMXConnector connector = connect("viewer", "look")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertThat(server.getAttribute(SLEEPER, "StateName")).isEqualTo("RUNNING");
      assertThat(
              server.invoke(
                  BeanNames.SUPERVISOR,
                  "readLog",
                  new Object[] {0L, 0L},
                  new String[] {"long", "long"}))
          .asString()
          .contains("spawned: 'sleeper'");
      assertRefused("needs the role operator", () -> server.invoke(SLEEPER, "stop", null, null));
      assertThat(server.getAttribute(SLEEPER, "StateName")).isEqualTo("RUNNING");
    }
  }

  @Test
  void anOperatorRestartsProgramsButNotSupervisord() throws Exception {
    try (JMXConnector connector = connect("op", "123")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      server.invoke(SLEEPER, "restart", null, null);
      assertRefused(
          "needs the role admin",
          () -> server.invoke(BeanNames.SUPERVISOR, "shutdown", null, null));
    }
  }

  @Test
  void aUserOfAllDoorsMayConnectToo() throws Exception {
    try (JMXConnector connector = connect("ann", "see")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertThat(server.getAttribute(SLEEPER, "StateName")).isEqualTo("RUNNING");
      assertRefused(
          "needs the role operator, and ann is viewer",
          () ->
              server.invoke(
                  BeanNames.SUPERVISOR,
                  "signalProcess",
                  new Object[] {"sleeper", "USR1"},
                  new String[] {"java.lang.String", "java.lang.String"}));
      shown
          .running()
          .awaitLogged(
              "audit: door=jmx user=ann from=127.0.0.1 what=signalProcess sleeper USR1 "
                  + BeanNames.SUPERVISOR
                  + " result=refused");
    }
  }

  @Test
  void aFaultIsRecordedByItsName() throws Exception {
    try (JMXConnector connector = connect("op", "123")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertThatThrownBy(() -> server.invoke(SLEEPER, "start", null, null)).isNotNull();
      shown.running().awaitLogged(SLEEPER + " result=ALREADY_STARTED: sleeper:sleeper");
    }
  }

  @Test
  void theRecordOfWhatEverybodyDidIsEmptiedByAdminsOnly() throws Exception {
    try (JMXConnector connector = connect("op", "123")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertRefused(
          "needs the role admin",
          () -> server.invoke(BeanNames.SUPERVISOR, "clearLog", null, null));
    }
  }

  @Test
  void notEvenAnAdminReachesWhatCouldLoadCode() throws Exception {
    ObjectName foreign = new ObjectName("com.example:type=Timer");
    shown.server().registerMBean(new Timer(), foreign);
    try (JMXConnector connector = connect("root", "boss")) {
      MBeanServerConnection server = connector.getMBeanServerConnection();

      assertThat(server.getAttribute(foreign, "Active")).isEqualTo(false);
      assertThatThrownBy(() -> server.invoke(foreign, "start", null, null))
          .isInstanceOf(SecurityException.class);
      assertThatThrownBy(() -> server.createMBean(Timer.class.getName(), new ObjectName("a:b=c")))
          .isInstanceOf(SecurityException.class);
      assertThatThrownBy(() -> server.unregisterMBean(foreign))
          .isInstanceOf(SecurityException.class);
    }
  }

  @Test
  void nobodyReplacesTheEntryThatClientsLookUp() throws Exception {
    var registry = LocateRegistry.getRegistry("127.0.0.1", port);

    assertThatThrownBy(() -> registry.rebind("jmxrmi", registry)).isInstanceOf(IOException.class);
    assertThatCode(() -> connect("root", "boss").close()).doesNotThrowAnyException();
  }

  @Test
  void onlyTheConfiguredAddressAndPortAreOpen() throws Exception {
    Optional<InetAddress> other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> !a.isLoopbackAddress())
            .findFirst();

    other.ifPresent(address -> assertClosed(address, port));
    assertClosed(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port);
  }

  @Test
  void aReloadMovesTheConnector() throws Exception {
    int old = port;
    port = FreePort.onLoopback();
    shown.running().configure(section("") + PROGRAM);
    RecordedNotifications told = RecordedNotifications.of(shown.server(), BeanNames.SUPERVISOR);

    shown.invoke(BeanNames.SUPERVISOR, "reload");

    told.awaitMessage("sleeper:sleeper STARTING -> RUNNING");
    await().untilAsserted(() -> connect("root", "boss").close());
    assertClosed(InetAddress.getLoopbackAddress(), old);
  }

  @Test
  void aPortInUseIsToldAndSupervisordGoesOn() throws Exception {
    Path second = Files.createDirectory(directory.resolve("second"));

    try (ShownEngine other = new ShownEngine(second, section("") + PROGRAM)) {
      other.running().awaitState("sleeper", ProcessState.RUNNING);
      other
          .running()
          .awaitLogged("ERRO jmx: cannot listen on 127.0.0.1:" + port, "Address already in use");
    }
  }

  @Test
  void aPasswordFileThatOthersMayReadIsNotUsed() throws Exception {
    Files.setPosixFilePermissions(
        directory.resolve("users"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> connect("op", "123")).isInstanceOf(SecurityException.class);
    assertThatCode(() -> connect("root", "boss").close()).doesNotThrowAnyException();
    shown.running().awaitLogged("others may read or write it");
  }

  private static void assertRefused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SecurityException.class).hasMessageContaining(reason);
  }

  private JMXConnector connect(String user, String password) throws IOException {
    return connect(Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}));
  }

  @SuppressWarnings("BanJNDI") // the address is the test's own
  private JMXConnector connect(Map<String, ?> environment) throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port)),
        environment);
  }

  private static void assertClosed(InetAddress address, int port) {
    assertThatThrownBy(() -> new Socket(address, port).close())
        .isInstanceOf(ConnectException.class);
  }
}
