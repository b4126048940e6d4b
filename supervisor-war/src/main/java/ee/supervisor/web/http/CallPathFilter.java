package ee.supervisor.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes every path that begins with {@code /RPC2} for {@code /RPC2}, as Supervisor does; a servlet
 * mapping knows whole names only.
 */
public final class CallPathFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String CALLS = "/RPC2";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getServletPath();
    if (path.startsWith(CALLS) && !path.equals(CALLS)) {
      request.getRequestDispatcher(CALLS).forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
