package ee.supervisor.client;

import java.io.IOException;

/** Thrown when the server responded with an HTTP status other than 200. */
public final class HttpStatusException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /**
   * Makes the exception.
   *
   * @param status the code, such as 401
   * @param reason the words beside the code, perhaps empty
   */
  public HttpStatusException(int status, String reason) {
    super(status + " " + reason);
    this.status = status;
    this.reason = reason;
  }

  /**
   * The HTTP status code.
   *
   * @return such as 401
   */
  public int status() {
    return status;
  }

  /**
   * The words beside the status code.
   *
   * @return such as {@code Unauthorized}, perhaps empty
   */
  public String reason() {
    return reason;
  }
}
