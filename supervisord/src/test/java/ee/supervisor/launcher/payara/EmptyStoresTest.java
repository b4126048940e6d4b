package ee.supervisor.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyStoresTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String KEY_STORE = "javax.net.ssl.keyStore";

  @TempDir private Path parent;
  private final SSLSocketFactory factoryBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
  private InstanceDirectory directory;

  @BeforeEach
  void make() throws Exception {
    directory = InstanceDirectory.create(List.of(parent));
  }

  @AfterEach
  void putBack() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(KEY_STORE);
    HttpsURLConnection.setDefaultSSLSocketFactory(factoryBefore);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keystore.p12", "cacerts.p12"})
  void payaraCanOpenWhatItFinds(String file) throws Exception {
    EmptyStores.into(directory);

    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = Files.newInputStream(directory.root().resolve("config").resolve(file))) {
      store.load(in, "changeit".toCharArray());
    }
    assertThat(store.size()).isZero();
  }

  @Test
  void whatTheOperatorSetIsInForceAgainAndNothingElse() throws Exception {
    System.setProperty(TRUST_STORE, "/etc/ssl/ours.p12");
    EmptyStores stores = EmptyStores.into(directory);
    System.setProperty(TRUST_STORE, "payaras");
    System.setProperty(KEY_STORE, "payaras");

    stores.forget();

    assertThat(System.getProperty(TRUST_STORE)).isEqualTo("/etc/ssl/ours.p12");
    assertThat(System.getProperty(KEY_STORE)).isNull();
  }

  @Test
  void httpsInThisJvmTrustsWhomTheJdkTrusts() throws Exception {
    EmptyStores.into(directory).forget();

    SSLSocketFactory factory = HttpsURLConnection.getDefaultSSLSocketFactory();
    assertThat(factory).isInstanceOf(JdkSocketFactory.class);
    SSLSocketFactory jdk = (SSLSocketFactory) SSLSocketFactory.getDefault();
    assertThat(factory.getDefaultCipherSuites()).isEqualTo(jdk.getDefaultCipherSuites());
    assertThat(factory.createSocket()).hasSameClassAs(jdk.createSocket());
  }
}
