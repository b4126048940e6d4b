package ee.supervisor.jmx.ctl;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.jmx.client.CallRefusedException;
import ee.supervisor.jmx.client.LogPiece;
import ee.supervisor.jmx.client.SupervisorClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A log as it grows, asked for again and again; ends when it is closed. */
final class PolledLog extends InputStream {
  private static final long FIRST_BYTES = 1024;
  private static final long PAUSE_MILLIS = 200;
  private static final int NOT_FOUND = 404;

  private final SupervisorClient supervisor;
  private final String name;
  private final String channel;
  private final CountDownLatch closed = new CountDownLatch(1);
  private InputStream piece;
  private long next;

  /**
   * Begins with the end of the log.
   *
   * @throws HttpStatusException 404 when there is no such log
   */
  PolledLog(SupervisorClient supervisor, String name, String channel) throws IOException {
    this.supervisor = supervisor;
    this.name = name;
    this.channel = channel;
    this.next = -FIRST_BYTES;
    this.piece = fetch();
  }

  private InputStream fetch() throws IOException {
    try {
      LogPiece fetched = supervisor.follow(name, channel, next);
      next = fetched.next();
      return new ByteArrayInputStream(fetched.data());
    } catch (CallRefusedException e) {
      throw (IOException) new HttpStatusException(NOT_FOUND, "Not Found").initCause(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int got = piece.read(target, offset, length);
    while (got < 0) {
      if (isClosedAfterPause()) {
        return -1;
      }
      piece = fetch();
      got = piece.read(target, offset, length);
    }
    return got;
  }

  private boolean isClosedAfterPause() {
    try {
      return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
