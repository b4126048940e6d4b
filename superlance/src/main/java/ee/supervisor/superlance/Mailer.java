package ee.supervisor.superlance;

import java.io.IOException;

/** A way to send mail. */
interface Mailer {

  /**
   * Sends a message and waits until somebody has taken charge of it.
   *
   * @throws IOException if nobody has
   */
  void send(Mail mail) throws IOException;
}
