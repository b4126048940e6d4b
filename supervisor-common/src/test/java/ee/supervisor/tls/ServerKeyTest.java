package ee.supervisor.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files that OpenSSL made, for this test and for nothing else. */
class ServerKeyTest {
  private static final Path MADE = Path.of("src/test/resources/ee/supervisor/tls");

  @TempDir private Path directory;

  private static String made(String name) {
    return MADE.resolve(name).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa-pkcs8.pem, RSA",
    "rsa.crt, rsa-pkcs1.pem, RSA",
    "rsa-pss.crt, rsa-pss-pkcs8.pem, RSASSA-PSS",
    "ec.crt, ec-sec1.pem, EC",
    "ed25519.crt, ed25519-pkcs8.pem, EdDSA",
  })
  void everyUsualFormIsRead(String certificate, String key, String algorithm) throws Exception {
    ServerKey read = ServerKey.read(made(certificate), made(key));

    assertThat(read.chain()).hasSize(1);
    assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(read).isEqualTo(ServerKey.read(made(certificate), made(key)));
    assertThat(read.toString()).isEqualTo("ServerKey[" + algorithm + "]");
  }

  @Test
  void oneFileMayHoldAllAndTheChainKeepsItsOrder() throws Exception {
    Path all = directory.resolve("all.pem");
    Files.writeString(
        all,
        "subject=localhost\n"
            + Files.readString(MADE.resolve("ec-sec1.pem"))
            + Files.readString(MADE.resolve("ec.crt"))
            + Files.readString(MADE.resolve("rsa.crt")).replace("\n", "\r\n"));

    ServerKey read = ServerKey.read(all.toString(), all.toString());

    assertThat(read.chain())
        .extracting(certificate -> certificate.getPublicKey().getAlgorithm())
        .containsExactly("EC", "RSA");
  }

  @Test
  void aKeystoreHoldsBoth() throws Exception {
    Path file = directory.resolve("key.p12");
    ServerKey read = ServerKey.read(made("rsa.crt"), made("rsa-pkcs1.pem"));

    read.store(file, "changeit");

    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    assertThat(store.getKey("supervisord", "changeit".toCharArray())).isEqualTo(read.key());
    assertThat(store.getCertificateChain("supervisord")).containsExactlyElementsOf(read.chain());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.crt|rsa-pkcs8.pem|certfile=|missing.crt cannot be read: no such file",
        "rsa.crt|missing.pem|keyfile=|missing.pem cannot be read: no such file",
        "rsa-pkcs8.pem|rsa-pkcs8.pem|certfile=|holds no certificate: it has to be PEM",
        "rsa.crt|rsa.crt|keyfile=|holds no key: it has to be PEM, with BEGIN PRIVATE KEY",
        "rsa.crt|encrypted-pkcs1.pem|keyfile=|is encrypted, and nobody can be asked",
        "rsa.crt|encrypted-pkcs8.pem|keyfile=|is encrypted, and nobody can be asked",
        "rsa.crt|rsa-pss-pkcs8.pem|keyfile=|is not the key of the certificate in certfile=",
        "rsa.crt|ec-sec1.pem|keyfile=|is not the key of the certificate in certfile=",
        "ec.crt|ed25519-pkcs8.pem|keyfile=|is not the key of the certificate in certfile=",
      })
  void whatCannotBeUsedIsToldWithItsOption(
      String certificate, String key, String option, String reason) {
    assertThatThrownBy(() -> ServerKey.read(made(certificate), made(key)))
        .isInstanceOf(ServerKeyException.class)
        .hasMessageStartingWith(option)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"CERTIFICATE", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"})
  void rubbishIsToldAsSuch(String label) throws Exception {
    Path file = directory.resolve("rubbish.pem");
    for (String content : new String[] {"MAA=", "MIIB", "MIP/////", "M", ""}) {
      Files.writeString(
          file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, content));
      String certificate = label.equals("CERTIFICATE") ? file.toString() : made("rsa.crt");

      assertThatThrownBy(() -> ServerKey.read(certificate, file.toString()))
          .as(content)
          .isInstanceOf(ServerKeyException.class)
          .hasMessageContaining("that cannot be read: ");
    }
  }

  /** The length of a curve that would not fit into any memory, and one that is negative. */
  @ParameterizedTest
  @ValueSource(strings = {"MAkCAQEEAKCEf////w==", "MAkCAQEEAKCE/////w=="})
  void aLengthThatCannotBeTrueIsRubbishToo(String content) throws Exception {
    Path file = directory.resolve("rubbish.pem");
    Files.writeString(
        file,
        "-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----\n".formatted(content));

    assertThatThrownBy(() -> ServerKey.read(made("ec.crt"), file.toString()))
        .isInstanceOf(ServerKeyException.class)
        .hasMessageContaining("holds a key that cannot be read: it ends too early");
  }
}
