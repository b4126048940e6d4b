package ee.supervisor.door.auth;

import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A request as the doors see it: from where its client is, and without the headers that the front
 * and this application speak by, whoever sent them.
 */
final class FrontedRequest extends HttpServletRequestWrapper {
  private static final List<String> HIDDEN = List.of(FrontSecret.HEADER, StatedCaller.HEADER);

  private final String from;

  private FrontedRequest(HttpServletRequest request, String from) {
    super(request);
    this.from = from;
  }

  /** {@code request} as it comes from {@code from}. */
  static HttpServletRequest from(HttpServletRequest request, String from) {
    return new FrontedRequest(request, from);
  }

  private static boolean isHidden(String name) {
    return HIDDEN.stream().anyMatch(name::equalsIgnoreCase);
  }

  @Override
  public String getRemoteAddr() {
    return from;
  }

  @Override
  public String getRemoteHost() {
    return from;
  }

  @Override
  public String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(FrontedRequest::isHidden);
    return Collections.enumeration(names);
  }
}
