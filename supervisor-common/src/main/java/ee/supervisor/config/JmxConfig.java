package ee.supervisor.config;

import java.util.Optional;

/**
 * The {@code [jmx]} section: remote access by JMX.
 *
 * @param host where to listen, loopback unless configured otherwise
 * @param port 1 to 65535
 * @param user the user named in the section, if any
 * @param users those of the {@code [user:x]} sections
 * @param passwordFile absolute path of a file with further users, if any
 * @param keystore the key for TLS, empty for none
 */
public record JmxConfig(
    String host,
    int port,
    Optional<User> user,
    Users users,
    Optional<String> passwordFile,
    Optional<Keystore> keystore) {

  /**
   * Where the certificate and its key are.
   *
   * @param file absolute path of a PKCS#12 or JKS file
   * @param password of the file and the key in it
   */
  public record Keystore(String file, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Keystore[" + file + "]";
    }
  }
}
