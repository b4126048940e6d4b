package ee.supervisor.web.rest;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Signals;
import ee.supervisor.web.Doors;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** What all resources have in common: the supervisor, and how its results become HTTP's. */
public abstract class RestResource {
  static final String ROOT = "/api/v1";

  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_WAIT_SECONDS = 3600;

  /** Who does not wait for the end hears at least of a refusal, which comes at once. */
  private static final Duration REFUSAL = Duration.ofMillis(250);

  @Context private ServletContext context;

  /** What all doors share. */
  final Doors doors() {
    return Doors.of(context);
  }

  /** The running supervisor; 503 if there is none. */
  final Supervisor supervisor() {
    return doors()
        .supervisor()
        .orElseThrow(() -> new ServiceUnavailableException("supervisord is not running"));
  }

  /** Whether a flag of the query, {@code ?dryRun} or {@code ?dryRun=true}, is set. */
  static boolean flag(String name, String value) {
    if (value == null || value.equals("false")) {
      return false;
    } else if (value.isEmpty() || value.equals("true")) {
      return true;
    }
    throw new BadRequestException(name + "=" + value + " is neither true nor false");
  }

  /**
   * How long a request waits for what it started: zero for not at all.
   *
   * @param value of {@code ?wait=}: true, false, or seconds; null if not given
   */
  static Duration patience(String value) {
    if (value == null || !value.matches("[0-9]+")) {
      try {
        return flag("wait", value) ? Duration.ofSeconds(MAX_WAIT_SECONDS) : Duration.ZERO;
      } catch (BadRequestException e) {
        throw new BadRequestException(
            "wait=" + value + " is neither true nor false nor a number of seconds", e);
      }
    }
    boolean longest = value.length() > 4;
    return Duration.ofSeconds(
        longest ? MAX_WAIT_SECONDS : Math.min(MAX_WAIT_SECONDS, Integer.parseInt(value)));
  }

  /**
   * Responds when {@code command} has been carried out, on a thread that may be held up.
   *
   * @param result makes the response to a success
   */
  final <T> CompletionStage<Response> response(
      CompletionStage<T> command, Function<T, Response> result) {
    return command.handleAsync(
        (value, failure) -> failure == null ? result.apply(value) : Problem.of(failure).response(),
        doors().executor());
  }

  /**
   * Responds 202 with the place to look at if {@code command} takes longer than {@code patience}.
   *
   * @param place path below {@link #ROOT}
   */
  final <T> CompletionStage<Response> response(
      CompletionStage<T> command, Duration patience, String place, Function<T, Response> result) {
    CompletableFuture<T> limited =
        command
            .toCompletableFuture()
            .copy()
            .orTimeout((patience.isZero() ? REFUSAL : patience).toMillis(), MILLISECONDS);
    return limited.handleAsync(
        (value, failure) -> {
          if (failure == null) {
            return patience.isZero() ? accepted(place) : result.apply(value);
          }
          return isTimeout(failure) ? accepted(place) : Problem.of(failure).response();
        },
        doors().executor());
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof TimeoutException);
  }

  /** 202: it is being done, and {@code place} will show. */
  static Response accepted(String place) {
    return Response.accepted(Map.of("location", ROOT + place))
        .location(URI.create(ROOT + place))
        .build();
  }

  /** 204: done, and there is nothing to say about it. */
  static Response done(Void nothing) {
    return Response.noContent().build();
  }

  /** What a write would have done. */
  static CompletionStage<Response> dryRun(String action, List<String> targets) {
    Map<String, Object> would = new LinkedHashMap<>();
    would.put("dryRun", true);
    would.put("action", action);
    would.put("targets", targets);
    return CompletableFuture.completedStage(Response.ok(would).build());
  }

  /** Does it, or says what it would do. */
  static CompletionStage<Response> unlessDry(
      String dryRun, String action, List<String> targets, Supplier<CompletionStage<Response>> act) {
    return flag("dryRun", dryRun) ? dryRun(action, targets) : act.get();
  }

  /** {@code name} as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }

  /** The JSON object of a request's body, which has no members but the {@code known}. */
  static JsonObject body(InputStream in, String... known) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw new ClientErrorException(
          "the body is larger than " + MAX_BODY_BYTES + " bytes",
          Response.Status.REQUEST_ENTITY_TOO_LARGE);
    } else if (bytes.length == 0) {
      throw new BadRequestException("there is no body; it has to be a JSON object");
    }
    JsonObject body = parse(new String(bytes, StandardCharsets.UTF_8));
    for (String member : body.keySet()) {
      if (!List.of(known).contains(member)) {
        throw new BadRequestException(
            "unknown member \"%s\" in the body; known are %s"
                .formatted(member, String.join(", ", known)));
      }
    }
    return body;
  }

  private static JsonObject parse(String json) {
    try {
      return JsonParser.object().from(json);
    } catch (JsonParserException e) {
      throw new BadRequestException("the body is not a JSON object: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      // The parser calls itself for each level. It keeps nothing, so that nothing is left half
      // done.
      throw new BadRequestException("the body is nested too deeply", e);
    }
  }

  /**
   * The signal that the body names, by name or number; BAD_SIGNAL if there is none of that name.
   */
  static String signal(InputStream in) throws IOException {
    String signal = required(body(in, "signal"), "signal");
    try {
      Signals.number(signal);
    } catch (IllegalArgumentException e) {
      // a dry run has to know it too
      throw new SupervisorException(Fault.BAD_SIGNAL, signal);
    }
    return signal;
  }

  /** A member of the body that has to be there. */
  static String required(JsonObject body, String member) {
    Object value = body.get(member);
    if (value instanceof String || value instanceof Integer) {
      return value.toString();
    }
    throw new BadRequestException(
        value == null
            ? "the body has no \"" + member + "\""
            : "\"" + member + "\" in the body is no text: " + value);
  }
}
