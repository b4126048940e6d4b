package ee.supervisor.web.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * An asynchronous request to a container that does what a test says, at the moment that it says:
 * real ones do it when they like.
 */
final class ScriptedRequest {
  private final List<AsyncListener> listeners = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private WriteListener writer;
  private final String method;
  private boolean completed;
  private int status;

  ScriptedRequest(String method) {
    this.method = method;
  }

  private final ServletOutputStream out =
      new ServletOutputStream() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          writer = listener;
        }

        @Override
        public void write(int b) {
          sent.write(b);
        }
      };

  /** What the door is given. */
  HttpServletRequest request() {
    return proxy(
        HttpServletRequest.class,
        (self, called, arguments) ->
            switch (called.getName()) {
              case "startAsync" -> context();
              case "getMethod" -> method;
              case "getRemoteAddr" -> "127.0.0.1";
              case "getServletPath" -> "/some/path";
              default -> 1;
            });
  }

  private AsyncContext context() {
    return proxy(
        AsyncContext.class,
        (self, called, arguments) -> {
          return switch (called.getName()) {
            case "getRequest" -> request();
            case "getResponse" -> response();
            case "addListener" -> {
              listeners.add((AsyncListener) arguments[0]);
              yield null;
            }
            case "complete" -> {
              leave();
              yield null;
            }
            default -> null;
          };
        });
  }

  private HttpServletResponse response() {
    if (completed) {
      throw new IllegalStateException("the request has been completed");
    }
    return proxy(
        HttpServletResponse.class,
        (self, called, arguments) ->
            switch (called.getName()) {
              case "getOutputStream" -> out;
              case "setStatus" -> {
                status = (int) arguments[0];
                yield null;
              }
              default -> null;
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Where the door's own work waits until {@link #work}. */
  Executor executor() {
    return tasks::add;
  }

  /** Does the door's own work until there is none. */
  void work() {
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
    }
  }

  /** The container calls for what is to be written. */
  void ask() throws IOException {
    writer.onWritePossible();
  }

  /** The container notices that the client has gone, or the response ends. */
  void leave() {
    if (completed) {
      throw new IllegalStateException("completed twice");
    }
    completed = true;
    for (AsyncListener listener : listeners) {
      try {
        listener.onComplete(new AsyncEvent(null, null, null));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The container tells of a broken connection. */
  void breakOff() {
    writer.onError(new IOException("reset by peer"));
  }

  int status() {
    return status;
  }

  boolean isCompleted() {
    return completed;
  }

  byte[] sent() {
    return sent.toByteArray();
  }
}
