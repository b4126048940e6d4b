package ee.supervisor.web.rest;

import ee.supervisor.web.Doors;
import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.RequestBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Has the body of a request collected before JAX-RS sees the request: it would have a thread of the
 * container wait for what the client sends.
 */
public final class CollectedBodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Set on a request whose body has come, when it comes by again: the body, or why there is none.
   */
  private static final String BODY = CollectedBodyFilter.class.getName() + ".body";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Object body = request.getAttribute(BODY);
    if (body instanceof byte[] bytes) {
      chain.doFilter(new CollectedRequest(request, bytes), response);
    } else if (body instanceof RequestBody.RefusedException refused) {
      response.setHeader("Connection", "close");
      ErrorPage.send(request, response, refused.status(), refused.getMessage());
    } else if (RequestBody.isSent(request)) {
      collect(request);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void collect(HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    RequestBody.read(request, MAX_BYTES, Doors.of(request.getServletContext()).bodyReaders())
        .whenComplete(
            (body, failure) -> {
              Object result = failure == null ? body : RequestBody.refusal(failure).orElse(null);
              if (result == null) {
                // the connection broke
                context.complete();
              } else {
                request.setAttribute(BODY, result);
                context.dispatch();
              }
            });
  }

  /** A request whose body is in memory. */
  private static final class CollectedRequest extends HttpServletRequestWrapper {
    private final ServletInputStream in;

    CollectedRequest(HttpServletRequest request, byte[] body) {
      super(request);
      in = new CollectedInput(new ByteArrayInputStream(body));
    }

    @Override
    public ServletInputStream getInputStream() {
      return in;
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }

  private static final class CollectedInput extends ServletInputStream {
    private final ByteArrayInputStream body;

    CollectedInput(ByteArrayInputStream body) {
      this.body = body;
    }

    @Override
    public int read() {
      return body.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return body.read(target, offset, length);
    }

    @Override
    public int available() {
      return body.available();
    }

    @Override
    public boolean isFinished() {
      return body.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("all is here: there is nothing to wait for");
    }
  }
}
