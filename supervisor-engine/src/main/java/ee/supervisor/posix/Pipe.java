package ee.supervisor.posix;

/**
 * Both ends of a pipe.
 *
 * @param readEnd where bytes come out
 * @param writeEnd where bytes go in
 */
public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {
  /** Closes what is still open of it. */
  @Override
  public void close() {
    readEnd.close();
    writeEnd.close();
  }
}
