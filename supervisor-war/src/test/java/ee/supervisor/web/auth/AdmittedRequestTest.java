package ee.supervisor.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmittedRequestTest {

  private static HttpServletRequest request(String query, String... headers) {
    HttpServletRequest sent =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "getQueryString" -> query;
                      case "getHeaderNames", "getHeaders" ->
                          Collections.enumeration(List.of(headers));
                      case "getHeader" -> "sent";
                      // whose parameters are a form's as well
                      default -> throw new AssertionError(method);
                    });
    return AdmittedRequest.from(sent, "unix:root");
  }

  @Test
  void parametersAreThoseOfTheAddress() {
    HttpServletRequest request = request("a=1&tail=2%203&tail=4&f%6Fllow&=x&half=%");

    assertThat(request.getParameter("tail")).isEqualTo("2 3");
    assertThat(request.getParameterValues("tail")).containsExactly("2 3", "4");
    assertThat(request.getParameter("follow")).isEmpty();
    assertThat(request.getParameter("half")).isEqualTo("%");
    assertThat(request.getParameter("none")).isNull();
    assertThat(Collections.list(request.getParameterNames()))
        .containsExactly("a", "tail", "follow", "half");
  }

  @Test
  void withoutAQueryThereAreNone() {
    assertThat(request(null).getParameterMap()).isEmpty();
    assertThat(request("").getParameterMap()).isEmpty();
  }

  @Test
  void whatTheFrontSaysIsForNobodyElse() {
    HttpServletRequest request = request("", "Host", "x-supervisor-front", "X-Supervisor-Caller");

    assertThat(Collections.list(request.getHeaderNames())).containsExactly("Host");
    assertThat(request.getHeader("X-SUPERVISOR-FRONT")).isNull();
    assertThat(request.getHeaders("x-supervisor-caller").hasMoreElements()).isFalse();
    assertThat(request.getHeader("Host")).isEqualTo("sent");
    assertThat(request.getRemoteAddr()).isEqualTo("unix:root");
    assertThat(request.getRemoteHost()).isEqualTo("unix:root");
  }
}
