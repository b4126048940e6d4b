package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.config.User;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The browsers in which somebody has logged in. What a browser shows is 256 random bits in a
 * cookie; what they stand for is known here alone, and forgotten with this process.
 *
 * <p>Bounded: of a user's many sessions, and of all, the one that was idle for longest goes. Safe
 * for all threads; its lock is held for a look-up.
 */
public final class Sessions {
  /** What the names of all such cookies begin with, those of earlier runs too. */
  static final String COOKIE_PREFIX = "supervisor-session-";

  private static final Duration IDLE_TIME = Duration.ofHours(1);
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final int MAX_SESSIONS = 1000;
  private static final int MAX_OF_USER = 50;
  private static final int SECRET_BYTES = 32;

  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final String cookieName;

  /** By key, the one that was idle for longest first. */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Entry {
    private final Session session;
    private final long begunNanos;
    private long usedNanos;

    Entry(Session session, long now) {
      this.session = session;
      begunNanos = now;
      usedNanos = now;
    }

    boolean isOf(String user) {
      return session.user().name().equals(user);
    }

    boolean isOver(long now) {
      return now - begunNanos > LIFETIME.toNanos() || now - usedNanos > IDLE_TIME.toNanos();
    }
  }

  /**
   * A session that has just begun.
   *
   * @param secret what the cookie is to say
   */
  public record Begun(Session session, String secret) {
    /** Not the secret. */
    @Override
    public String toString() {
      return "Begun[" + session + "]";
    }
  }

  /**
   * No sessions yet.
   *
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Sessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    // a browser knows hosts, not ports: two supervisords of one host must not share a cookie
    byte[] run = new byte[4];
    random.nextBytes(run);
    cookieName = COOKIE_PREFIX + HexFormat.of().formatHex(run);
  }

  /** The name of the cookie by which this process knows its sessions. */
  public String cookieName() {
    return cookieName;
  }

  /** Begins one for {@code user}. */
  synchronized Begun begin(User user) {
    long now = nanoTime.getAsLong();
    entries.values().removeIf(entry -> entry.isOver(now));
    makeRoom(user.name());
    String secret = secret();
    Session session = new Session(digest(secret), secret(), user);
    entries.put(session.key(), new Entry(session, now));
    return new Begun(session, secret);
  }

  private void makeRoom(String user) {
    long ofUser = entries.values().stream().filter(entry -> entry.isOf(user)).count();
    boolean full = entries.size() >= MAX_SESSIONS;
    if (ofUser < MAX_OF_USER && !full) {
      return;
    }
    Iterator<Entry> longestIdleFirst = entries.values().iterator();
    while (longestIdleFirst.hasNext()) {
      Entry entry = longestIdleFirst.next();
      if (ofUser < MAX_OF_USER || entry.isOf(user)) {
        longestIdleFirst.remove();
        return;
      }
    }
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The session that a header {@code Cookie} shows, which has been used by that. */
  synchronized Optional<Session> find(Optional<String> cookies) {
    for (String cookie : cookies.orElse("").split(";", -1)) {
      String[] parts = cookie.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(cookieName)) {
        Entry entry = alive(digest(parts[1]));
        if (entry != null) {
          entry.usedNanos = nanoTime.getAsLong();
          return Optional.of(entry.session);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether {@code session} goes on; to ask does not use it. */
  synchronized boolean isAlive(Session session) {
    long now = nanoTime.getAsLong();
    // by its values, since a look-up by its key would make it the one that was used last
    return entries.values().stream()
        .anyMatch(entry -> entry.session.key().equals(session.key()) && !entry.isOver(now));
  }

  private Entry alive(String key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.isOver(nanoTime.getAsLong())) {
      entries.remove(key);
      return null;
    }
    return entry;
  }

  /** Ends {@code session}; idempotent. */
  synchronized void end(Session session) {
    entries.remove(session.key());
  }

  /** Whether a header {@code Cookie} shows a session, which may be over or another process's. */
  static boolean isShownBy(Optional<String> cookies) {
    return cookies.filter(text -> text.contains(COOKIE_PREFIX)).isPresent();
  }

  private static String digest(String secret) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
