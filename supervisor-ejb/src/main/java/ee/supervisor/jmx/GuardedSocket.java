package ee.supervisor.jmx;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A connection to the JMX port, of which a stranger gets no more than a login takes: in time, and
 * in bytes, since no filter of Java's bounds the length of a string. RMI reads a connection and
 * carries out its calls on one thread, by which we know whose login it was.
 */
final class GuardedSocket extends Socket {
  /** How long a stranger may say nothing, or take to say it. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a call may be: one of strangers, and one of users. */
  static final int LOGIN_BYTES = 64 << 10;

  static final int CALL_BYTES = 4 << 20;

  private static final ThreadLocal<GuardedSocket> READ_LAST = new ThreadLocal<>();

  private final Admissions admissions;
  private volatile boolean known;
  private InputStream in;
  private OutputStream out;
  private int timeoutMillis;
  private long received;
  private long silentSinceNanos = System.nanoTime();

  /** Not connected yet. */
  GuardedSocket(Admissions admissions) throws SocketException {
    super((SocketImpl) null);
    this.admissions = admissions;
  }

  /** Whoever makes the call that this thread carries out has logged in. */
  static void callerIsKnown() {
    GuardedSocket socket = READ_LAST.get();
    if (socket != null && !socket.known) {
      socket.letIn();
    }
  }

  private void letIn() {
    known = true;
    admissions.leave(this);
    try {
      super.setSoTimeout(timeoutMillis);
    } catch (SocketException e) {
      // It has been closed: the next read shows that.
    }
  }

  /** For users; strangers have a time of ours. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    timeoutMillis = millis;
    if (known) {
      super.setSoTimeout(millis);
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new GuardedInput(super.getInputStream());
    }
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    if (out == null) {
      out = new WatchedOutput(super.getOutputStream());
    }
    return out;
  }

  @Override
  public synchronized void close() throws IOException {
    admissions.leave(this);
    super.close();
  }

  /** For those who have no use for the reason why that failed. */
  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }

  private int mostOfRead(int wanted) throws IOException {
    READ_LAST.set(this);
    long left = (known ? CALL_BYTES : LOGIN_BYTES) - received;
    if (left <= 0) {
      throw new IOException("a call is longer than any that is meant");
    }
    if (!known) {
      long waited = System.nanoTime() - silentSinceNanos;
      long millis = PATIENCE.minusNanos(waited).toMillis();
      if (millis <= 0) {
        throw new SocketTimeoutException("no login");
      }
      super.setSoTimeout((int) millis);
    }
    return (int) Math.min(wanted, left);
  }

  private final class GuardedInput extends FilterInputStream {
    GuardedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, mostOfRead(length));
      received += Math.max(0, count);
      return count;
    }
  }

  /** What is written is the response to a call, so that another begins. */
  private final class WatchedOutput extends FilterOutputStream {
    WatchedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      out.write(data, offset, length);
      received = 0;
      silentSinceNanos = System.nanoTime();
    }
  }
}
