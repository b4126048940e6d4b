package ee.supervisor.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as the doors see it: from where its client is, without the headers that the front and
 * this application speak by, whoever sent them, and with no parameters but those in its address.
 * For those of a form a thread of the container would wait as long as the client likes.
 */
final class AdmittedRequest extends HttpServletRequestWrapper {
  private static final List<String> HIDDEN = List.of(FrontSecret.HEADER, StatedCaller.HEADER);

  private final String from;

  /** Made when it is asked for. */
  private Map<String, String[]> parameters;

  private AdmittedRequest(HttpServletRequest request, String from) {
    super(request);
    this.from = from;
  }

  /** {@code request} as it comes from {@code from}. */
  static HttpServletRequest from(HttpServletRequest request, String from) {
    return new AdmittedRequest(request, from);
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
    names.removeIf(AdmittedRequest::isHidden);
    return Collections.enumeration(names);
  }

  @Override
  public String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (parameters == null) {
      parameters = parse(getQueryString());
    }
    return parameters;
  }

  private static Map<String, String[]> parse(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (query != null) {
      for (String field : query.split("&", -1)) {
        int equals = field.indexOf('=');
        String name = decode(equals < 0 ? field : field.substring(0, equals));
        if (!name.isEmpty()) {
          values
              .computeIfAbsent(name, first -> new ArrayList<>())
              .add(equals < 0 ? "" : decode(field.substring(equals + 1)));
        }
      }
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
    return Collections.unmodifiableMap(parameters);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // half a percent sequence: it stands for itself
    }
  }
}
