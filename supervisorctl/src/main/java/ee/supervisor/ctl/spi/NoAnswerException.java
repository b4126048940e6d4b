package ee.supervisor.ctl.spi;

import java.io.EOFException;

/** Tells that the operator's input ended where an answer was wanted. */
public final class NoAnswerException extends EOFException {
  private static final long serialVersionUID = 1L;

  private final int referenceLine;

  /**
   * Makes the exception.
   *
   * @param referenceLine the line of the reference's supervisorctl.py that asks the same
   */
  public NoAnswerException(int referenceLine) {
    super("EOF when reading a line");
    this.referenceLine = referenceLine;
  }

  /**
   * Where the reference asks the same.
   *
   * @return a line number of its supervisorctl.py
   */
  public int referenceLine() {
    return referenceLine;
  }
}
