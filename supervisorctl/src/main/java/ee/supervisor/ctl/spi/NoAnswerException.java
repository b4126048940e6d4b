package ee.supervisor.ctl.spi;

import java.io.EOFException;

/** Thrown when the operator's input ended where an answer was expected. */
public final class NoAnswerException extends EOFException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public NoAnswerException() {
    super("EOF when reading a line");
  }
}
