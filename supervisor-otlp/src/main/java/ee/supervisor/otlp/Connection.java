package ee.supervisor.otlp;

import ee.supervisor.telemetry.ExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends one signal to a collector by an exporter of the SDK, and waits for the response. Confined
 * to one thread.
 *
 * @param <E> the exporter
 */
final class Connection<E extends Closeable> implements AutoCloseable {
  /** The exporter has its own timeout, which does not count a response's body. */
  private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(1);

  /** Those that the protocol has clients send again. */
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  /**
   * What goes wrong is logged once, by who calls; the SDK would log it each time. Held, since the
   * JVM forgets what is set of loggers that nobody holds.
   */
  private static final List<Logger> SILENCED =
      List.of(
          Logger.getLogger("io.opentelemetry"),
          Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter"),
          Logger.getLogger("io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSender"));

  private final Signal signal;
  private final Duration timeout;
  private final Function<ExecutorService, E> opener;
  private Optional<Opened<E>> opened = Optional.empty();

  private record Opened<E extends Closeable>(E exporter, ExecutorService threads) {}

  /**
   * Opens nothing yet.
   *
   * @param opener makes the exporter
   */
  Connection(Signal signal, Exporters exporters, BiFunction<Exporters, ExecutorService, E> opener) {
    this.signal = signal;
    this.timeout = exporters.timeout(signal);
    this.opener = threads -> opener.apply(exporters, threads);
    silence();
  }

  /** A filter outlives what Payara does to the levels of loggers while it boots. */
  private static void silence() {
    for (Logger logger : SILENCED) {
      logger.setLevel(Level.OFF);
      logger.setFilter(record -> false);
    }
  }

  /**
   * Sends something.
   *
   * @throws ExportException when the collector does not say that it has taken it
   */
  void send(Function<E, CompletableResultCode> export) throws ExportException {
    if (opened.isEmpty()) {
      opened = Optional.of(open());
    }
    CompletableResultCode result = export.apply(opened.get().exporter());
    result.join(timeout.plus(BEYOND_TIMEOUT).toMillis(), TimeUnit.MILLISECONDS);
    if (result.isSuccess()) {
      return;
    }
    if (!result.isDone()) {
      close(); // what waits for the rest of the response is not to wait for ever
      throw late(null);
    }
    throw failure(result.getFailureThrowable());
  }

  private Opened<E> open() {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "supervisor-otlp-sender");
              thread.setDaemon(true);
              return thread;
            });
    return new Opened<>(opener.apply(threads), threads);
  }

  private ExportException failure(Throwable failure) {
    if (failure instanceof HttpExportException http && http.failedWithResponse()) {
      int status = http.getResponse().getStatusCode();
      return new ExportException(
          "responds to %s with status %d".formatted(signal.path(), status),
          !RETRYABLE.contains(status),
          failure);
    }
    Throwable cause = failure instanceof HttpExportException ? failure.getCause() : failure;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof HttpTimeoutException) {
        return late(failure);
      } else if (each instanceof UnresolvedAddressException) {
        return unreachable("its host is not known", failure);
      }
    }
    boolean isRefused = cause instanceof ConnectException && cause.getMessage() == null;
    return unreachable(isRefused ? "connection refused" : String.valueOf(cause), failure);
  }

  private ExportException late(Throwable failure) {
    return new ExportException(
        "does not respond within %s s".formatted(timeout.toMillis() / 1000.0), false, failure);
  }

  private static ExportException unreachable(String why, Throwable failure) {
    return new ExportException("cannot be reached: " + why, false, failure);
  }

  @Override
  public void close() {
    opened.ifPresent(
        connection -> {
          connection.threads().shutdownNow();
          try {
            connection.exporter().close();
          } catch (IOException e) {
            throw new UncheckedIOException("an exporter cannot be closed", e);
          }
        });
    opened = Optional.empty();
  }
}
