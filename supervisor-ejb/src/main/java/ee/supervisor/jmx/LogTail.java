package ee.supervisor.jmx;

/**
 * The end of a log as {@code tailProcessStdoutLog} returns it, as composite data.
 *
 * @param text the bytes asked for, read as UTF-8
 * @param offset where the log ends, in bytes: the offset for the next call
 * @param overflow whether the log has grown beyond what was asked for
 */
public record LogTail(String text, long offset, boolean overflow) {

  /** {@link #text}, for MXBeans before Java 21. */
  public String getText() {
    return text;
  }

  /** {@link #offset}, for MXBeans before Java 21. */
  public long getOffset() {
    return offset;
  }

  /** {@link #overflow}, for MXBeans before Java 21. */
  public boolean isOverflow() {
    return overflow;
  }
}
