package ee.supervisor.jmx;

import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits in the thread of a JMX caller for what the control loop returns, and turns a refusal into
 * an exception that every client can read: one of the JDK's own, its message the fault.
 */
final class BoundedWait {
  /** What a command may take beyond the seconds that the configuration grants a process. */
  static final Duration MARGIN = Duration.ofSeconds(30);

  private BoundedWait() {}

  /**
   * The result of {@code command}.
   *
   * @param bound how long to wait; the command goes on after that
   * @throws IllegalArgumentException when supervisord refused for what was asked, such as BAD_NAME
   * @throws IllegalStateException when it refused for how things are, such as NOT_RUNNING, or did
   *     not respond in time
   */
  static <T> T response(Supplier<CompletionStage<T>> command, Duration bound) {
    return response(command, bound, () -> "");
  }

  /**
   * As above.
   *
   * @param waits what is waited for, as an addition to "not done"
   */
  static <T> T response(
      Supplier<CompletionStage<T>> command, Duration bound, Supplier<String> waits) {
    try {
      return command.get().toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (SupervisorException refused) {
      throw readable(refused);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SupervisorException refused) {
        throw readable(refused);
      }
      // Without the cause: its class may be unknown to the client.
      throw new IllegalStateException(Fault.FAILED + ": " + e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "%s: not done after %d s%s; it goes on"
              .formatted(Fault.FAILED, bound.toSeconds(), waits.get()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(Fault.FAILED + ": interrupted; the command goes on", e);
    }
  }

  /** {@code refused} without a class that only supervisord has. */
  static RuntimeException readable(SupervisorException refused) {
    return switch (refused.fault()) {
      case BAD_NAME, BAD_SIGNAL, BAD_ARGUMENTS, INCORRECT_PARAMETERS ->
          new IllegalArgumentException(refused.getMessage());
      default -> new IllegalStateException(refused.getMessage());
    };
  }
}
