package ee.supervisor.access;

import static java.util.stream.Collectors.joining;

import ee.supervisor.config.Role;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.protocol.Fault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.management.JMRuntimeException;

/**
 * Records who changed what: one line of the activity log for each request that changes something,
 * in one form whichever door it came by, refusals and failures too.
 *
 * <pre>audit: door=rest user=ann from=10.0.0.7 what=POST /api/v1/processes/web/stop result=OK</pre>
 *
 * <p>Safe for all threads.
 */
public final class AuditLog {
  /** The result of what went well. */
  public static final String SUCCESS = "OK";

  /** The result of what a role does not allow. */
  public static final String REFUSED = "refused";

  /** Of what was asked for, and of the result: a client's names are as long as it likes. */
  private static final int MAX_LENGTH = 500;

  /**
   * The beginning of a message that stands for a fault; JMX has exceptions of its own around it.
   */
  private static final Pattern FAULT =
      Pattern.compile(
          Arrays.stream(Fault.values()).map(Fault::name).collect(joining("|", "(?:", ")(?::|$)")));

  private final ActivityLog log;
  private final boolean enabled;
  private final Optional<AuditFile> file;

  /**
   * @param enabled false for a log that stays as it is: roles count all the same
   */
  public AuditLog(ActivityLog log, boolean enabled) {
    this(log, enabled, Optional.empty());
  }

  /**
   * @param enabled false for a log that stays as it is
   * @param file where it is recorded as JSON, whatever becomes of the log
   */
  public AuditLog(ActivityLog log, boolean enabled, Optional<String> file) {
    this.log = log;
    this.enabled = enabled;
    this.file = file.map(path -> new AuditFile(Path.of(path), log));
  }

  /**
   * Records one request.
   *
   * @param what was asked for
   * @param result {@code OK}, or why not
   */
  public void write(Door door, Caller caller, String what, String result) {
    file.ifPresent(
        json ->
            json.write(
                Instant.now(),
                door,
                caller,
                Token.shortened(what, MAX_LENGTH),
                Token.shortened(result, MAX_LENGTH)));
    if (enabled) {
      log.info(
          oneLine(
              "audit: door=%s user=%s from=%s what=%s result=%s"
                  .formatted(
                      door,
                      Token.of(caller.user().orElse("-")),
                      caller.from(),
                      Token.shortened(what, MAX_LENGTH),
                      Token.shortened(result, MAX_LENGTH))));
    }
  }

  /**
   * Does what {@code caller} asks for, if the role allows it, and records how it went when it is
   * done.
   *
   * @param needed the role that it takes
   * @param what is asked for
   * @return as {@code command} returns it; with {@link ForbiddenException} if it was not carried
   *     out
   */
  public <T> CompletionStage<T> carryOut(
      Door door,
      Caller caller,
      Role needed,
      String what,
      Supplier<? extends CompletionStage<T>> command) {
    CompletionStage<T> response;
    try {
      caller.require(needed, what);
      response = command.get();
    } catch (RuntimeException e) {
      response = CompletableFuture.failedStage(e);
    }
    return response.whenComplete(
        (value, failure) -> write(door, caller, what, failure == null ? SUCCESS : result(failure)));
  }

  /** How a failure is recorded: a fault by its text, which begins with its name. */
  public static String result(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ForbiddenException) {
      return REFUSED;
    }
    boolean told = cause.getMessage() != null && FAULT.matcher(cause.getMessage()).lookingAt();
    return told ? cause.getMessage() : cause.toString();
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException || failure instanceof JMRuntimeException;
  }

  /** Nobody can write a line of their own by a name with a line end in it. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point) || point == 0x2028 || point == 0x2029) {
                line.append("\\u%04x".formatted(point));
              } else {
                line.appendCodePoint(point);
              }
            });
    return line.toString();
  }
}
