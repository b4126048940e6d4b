package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the front shows the application behind it with each request: 256 bits made for this run,
 * known to this JVM alone.
 *
 * <p>Where one is offered, the application lets in nothing without it, and believes who shows it
 * what {@link StatedCaller} says; where none is, it stands by itself on somebody's own server. It
 * is found the way {@link ee.supervisor.control.Handover} finds the supervisor.
 */
public final class FrontSecret {
  /** The header it is sent in; the front strips it from what comes from outside. */
  public static final String HEADER = "X-Supervisor-Front";

  private static final int BYTES = 32;
  private static final AtomicReference<FrontSecret> CURRENT = new AtomicReference<>();

  private final String hex;

  private FrontSecret(String hex) {
    this.hex = hex;
  }

  /** A new one, which nobody can guess. */
  public static FrontSecret generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new FrontSecret(HexFormat.of().formatHex(bytes));
  }

  /** Has the application accept {@code secret} and no other. */
  public static void offer(FrontSecret secret) {
    CURRENT.set(secret);
  }

  /** The secret of the front in this JVM, if there is a front. */
  public static Optional<FrontSecret> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Withdraws {@code secret}, if it is still the current one. */
  public static void withdraw(FrontSecret secret) {
    CURRENT.compareAndSet(secret, null);
  }

  /** The value of its header. */
  public String hex() {
    return hex;
  }

  /** Whether {@code given} is it; the time taken reveals nothing about how close it is. */
  public boolean matches(String given) {
    return MessageDigest.isEqual(hex.getBytes(US_ASCII), given.getBytes(US_ASCII));
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "FrontSecret[...]";
  }
}
