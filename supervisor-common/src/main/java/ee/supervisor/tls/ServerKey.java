package ee.supervisor.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an HTTPS server shows to its clients, and proves to be its own.
 *
 * @param chain the server's certificate first, then those that vouch for it
 * @param key the private key of the first
 */
public record ServerKey(List<Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE = "supervisord".getBytes(US_ASCII);

  /** For keys that leave it open; there is no default. */
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

  public ServerKey {
    chain = List.copyOf(chain);
  }

  /**
   * Reads certificate and key from PEM files, which may be one.
   *
   * @param certfile the server's certificate and those that vouch for it
   * @param keyfile its key: PKCS #8, or RSA or EC in their own forms
   * @throws ServerKeyException when either cannot be used, or the key is another certificate's
   */
  public static ServerKey read(String certfile, String keyfile) throws ServerKeyException {
    List<Certificate> chain = chain(PemFile.read("certfile", certfile));
    PemFile keys = PemFile.read("keyfile", keyfile);
    PrivateKey key = key(keys);
    if (!belong(chain.get(0).getPublicKey(), key)) {
      throw keys.complaint(
          "is not the key of the certificate in certfile=%s, which has to stand there first"
              .formatted(certfile));
    }
    return new ServerKey(chain, key);
  }

  private static List<Certificate> chain(PemFile pem) throws ServerKeyException {
    List<Certificate> chain = new ArrayList<>();
    for (PemFile.Block block : pem.blocks()) {
      if (block.label().equals("CERTIFICATE")) {
        try {
          chain.add(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(block.der())));
        } catch (CertificateException | IllegalArgumentException e) {
          throw pem.complaint("holds a certificate that cannot be read: " + e.getMessage(), e);
        }
      }
    }
    if (chain.isEmpty()) {
      throw pem.complaint("holds no certificate: it has to be PEM, with BEGIN CERTIFICATE");
    }
    return chain;
  }

  private static PrivateKey key(PemFile pem) throws ServerKeyException {
    for (PemFile.Block block : pem.blocks()) {
      if (block.isEncrypted()) {
        throw pem.complaint("is encrypted, and nobody can be asked for its passphrase");
      }
      try {
        Optional<Pkcs8> encoded = encoded(block);
        if (encoded.isPresent()) {
          return key(encoded.get());
        }
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw pem.complaint("holds a key that cannot be read: " + e.getMessage(), e);
      }
    }
    throw pem.complaint("holds no key: it has to be PEM, with BEGIN PRIVATE KEY");
  }

  /** Empty for what is no key: a certificate beside it, or the parameters of a curve. */
  private static Optional<Pkcs8> encoded(PemFile.Block block) {
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.of(Pkcs8.of(block.der()));
      case "RSA PRIVATE KEY" -> Optional.of(Pkcs8.ofRsa(block.der()));
      case "EC PRIVATE KEY" -> Optional.of(Pkcs8.ofEc(block.der()));
      default -> Optional.empty();
    };
  }

  private static PrivateKey key(Pkcs8 encoded) throws GeneralSecurityException {
    InvalidKeySpecException refused = new InvalidKeySpecException("neither RSA, EC nor EdDSA");
    for (String algorithm : encoded.algorithms()) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded.spec());
      } catch (InvalidKeySpecException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }

  /** Whether what one signs the other confirms. */
  private static boolean belong(PublicKey certified, PrivateKey key) {
    try {
      Signature signature = signature(key);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // not even of one kind
      return false;
    }
  }

  private static Signature signature(PrivateKey key) throws GeneralSecurityException {
    return switch (key.getAlgorithm()) {
      case "RSA" -> Signature.getInstance("SHA256withRSA");
      case "EC" -> Signature.getInstance("SHA256withECDSA");
      case "RSASSA-PSS" -> {
        AlgorithmParameterSpec own = ((RSAKey) key).getParams();
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(own == null ? PSS : own);
        yield signature;
      }
      default -> Signature.getInstance(key.getAlgorithm());
    };
  }

  /**
   * Writes both to a PKCS #12 file.
   *
   * @param password of the file and of the key in it
   * @throws IOException when it cannot be written
   */
  public void store(Path file, String password) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "supervisord", key, password.toCharArray(), chain.toArray(Certificate[]::new));
      store.store(out, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("no keystore can be made: " + e.getMessage(), e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServerKey[" + key.getAlgorithm() + "]";
  }
}
