package ee.supervisor.web.auth;

import ee.supervisor.access.Admission;
import ee.supervisor.access.Client;
import ee.supervisor.access.Visit;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.login.FormLogin;

/**
 * A request by which somebody logs in or out, before its form has been read.
 *
 * @param admission of the server that it came by
 * @param isSecure whether the browser's connection is encrypted
 */
public record LoginAttempt(Admission admission, Client client, Visit visit, boolean isSecure) {

  /** Logs in or out, as the form says. */
  public HttpResponse carryOut(FormLogin login, byte[] form) {
    return login.respond(admission, client, visit, form, isSecure);
  }
}
