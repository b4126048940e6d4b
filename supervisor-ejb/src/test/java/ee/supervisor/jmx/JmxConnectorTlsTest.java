package ee.supervisor.jmx;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.RMIClientSocketFactory;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The [jmx] section with a keystore. */
class JmxConnectorTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  void withAKeystoreOnlyTlsIsSpoken() throws Exception {
    Path keystore = keystore();
    int port = FreePort.onLoopback();
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(trusting(keystore));
    try (ShownEngine shown =
        new ShownEngine(
            directory,
            """
            [jmx]
            port=%d
            username=root
            password=boss
            keystore=@DIR@/key.p12
            keystore_password=%s
            """
                .formatted(port, PASSWORD))) {
      try (JMXConnector connector = connect(port, new SslRMIClientSocketFactory())) {
        assertThat(
                connector
                    .getMBeanServerConnection()
                    .getAttribute(BeanNames.SUPERVISOR, "StateName"))
            .isEqualTo("RUNNING");
      }
      assertThat(shown.running().log())
          .contains("jmx: listening on 127.0.0.1:%d (TLS)".formatted(port));
      assertThatThrownBy(() -> connect(port, null)).isInstanceOf(IOException.class);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @SuppressWarnings("BanJNDI") // the address is the test's own
  private static JMXConnector connect(int port, RMIClientSocketFactory registry)
      throws IOException {
    Map<String, Object> environment = new HashMap<>();
    environment.put(JMXConnector.CREDENTIALS, new String[] {"root", "boss"});
    if (registry != null) {
      environment.put("com.sun.jndi.rmi.factory.socket", registry);
    }
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port)),
        environment);
  }

  private Path keystore() throws IOException, InterruptedException {
    Path keystore = directory.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                PASSWORD,
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(30, SECONDS)).isTrue();
    assertThat(keystore).exists();
    return keystore;
  }

  private static SSLContext trusting(Path keystore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("supervisord", store.getCertificate("mykey"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
