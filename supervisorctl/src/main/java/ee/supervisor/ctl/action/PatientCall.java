package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes a call that may take long: shows on a terminal that it goes on, and ends it in time. */
final class PatientCall {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Session session;
  private final Optional<Duration> timeout;

  /**
   * Makes calls for an action.
   *
   * @param timeout how long to wait for each, or empty for as long as it takes
   */
  PatientCall(Session session, Optional<Duration> timeout) {
    this.session = session;
    this.timeout = timeout;
  }

  /**
   * Calls.
   *
   * @param going what the progress line says
   * @throws CallTimeoutException if there is no response in time; supervisord goes on with it
   */
  Object call(String going, String method, Object... arguments)
      throws IOException, RpcFault, CallTimeoutException {
    Server server = session.server();
    if (timeout.isEmpty() && !session.onTerminal()) {
      // most calls by far: no thread, none of the classes below
      return server.call(method, arguments);
    }
    FutureTask<Object> call = new FutureTask<>(() -> server.call(method, arguments));
    Thread thread = new Thread(call, method);
    thread.setDaemon(true);
    thread.start();
    try {
      return await(call, going);
    } catch (TimeoutException e) {
      server.disconnect();
      throw new CallTimeoutException(e);
    } catch (InterruptedException e) {
      server.disconnect();
      throw (IOException) new InterruptedIOException(method).initCause(e);
    }
  }

  private Object await(FutureTask<Object> call, String going)
      throws IOException, RpcFault, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    boolean shown = false;
    try {
      while (true) {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (session.onTerminal() && waited.compareTo(TICK) >= 0) {
          show("\r" + going + ", " + waited.toSeconds() + " s\u001b[K");
          shown = true;
        }
        Duration left = timeout.map(limit -> limit.minus(waited)).orElse(TICK);
        boolean last = left.compareTo(TICK) <= 0 && timeout.isPresent();
        try {
          return call.get((last ? left : TICK).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (last) {
            throw e;
          }
        }
      }
    } catch (ExecutionException e) {
      throw asThrownByServer(e.getCause());
    } finally {
      if (shown) {
        show("\r\u001b[K");
      }
    }
  }

  private static RpcFault asThrownByServer(Throwable cause) throws IOException {
    if (cause instanceof RpcFault fault) {
      return fault;
    }
    if (cause instanceof IOException e) {
      throw e;
    }
    throw new UnexpectedResultException(String.valueOf(cause));
  }

  private void show(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    session.write(bytes, bytes.length);
  }
}
