package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.guard.Guard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Follows a log for one client ({@code /logtail}, {@code /mainlogtail}, {@code tail -f}): from near
 * its end on, across rotation, for as long as the client stays.
 *
 * <p>Pulled, so that a slow client costs nothing: {@link #read} gives what is there, {@link
 * #onReadable} says once when there is more. It is woken by whoever writes the log, without
 * polling; what others write to the file is seen with the next line of ours. One thread at a time
 * may read.
 */
public final class LogFollower implements AutoCloseable {
  /** How many bytes before its end a tail begins, as Supervisor's does. */
  public static final int HEAD_BYTES = 1024;

  private static final byte[] TRUNCATED = "==> File truncated <==\n".getBytes(US_ASCII);

  /** Not by the activity log, which this may be a reader of. */
  private static final Guard GUARD =
      new Guard(
          text ->
              System.getLogger(LogFollower.class.getName()).log(System.Logger.Level.WARNING, text));

  private final Path path;
  private final AtomicReference<Runnable> waiting = new AtomicReference<>();
  private FileChannel file;
  private Object identity;
  private long position;
  private ByteBuffer notice = ByteBuffer.allocate(0);
  private volatile boolean closed;

  private LogFollower(Path path) {
    this.path = path;
  }

  /**
   * Begins to follow {@code path}, {@code headBytes} before its end.
   *
   * @param headBytes 0 or more; {@link #HEAD_BYTES} for Supervisor's tails
   * @throws IOException when there is no such file, or it isn't a regular one
   */
  public static LogFollower open(Path path, int headBytes) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is not a regular file");
    }
    LogFollower follower = new LogFollower(path);
    boolean following = false;
    try {
      follower.openFile();
      follower.position = Math.max(0, follower.file.size() - headBytes);
      FollowedLogs.add(path, follower);
      following = true;
      return follower;
    } finally {
      if (!following && follower.file != null) {
        follower.close();
      }
    }
  }

  /**
   * Reads what the log has gained.
   *
   * @return number of bytes put into {@code target}, 0 when there is nothing new
   * @throws IOException when reading fails
   */
  public int read(ByteBuffer target) throws IOException {
    if (!notice.hasRemaining()) {
      moveOn();
    }
    int before = target.position();
    while (notice.hasRemaining() && target.hasRemaining()) {
      target.put(notice.get());
    }
    if (target.hasRemaining()) {
      int count = file.read(target, position);
      position += Math.max(0, count);
    }
    return target.position() - before;
  }

  /**
   * Runs {@code callback} once, on {@code executor}, as soon as {@link #read} has something; at
   * once if it has already. A second call replaces the first. Never runs it after {@link #close},
   * nor when {@code executor} has been shut down.
   */
  public void onReadable(Executor executor, Runnable callback) {
    waiting.set(() -> executor.execute(callback));
    if (closed || hasMore()) {
      wake();
    }
  }

  /** Ends following; idempotent. A waiting callback is forgotten. */
  @Override
  public void close() throws IOException {
    closed = true;
    waiting.set(null);
    FollowedLogs.remove(path, this);
    file.close();
  }

  void wake() {
    Runnable callback = waiting.getAndSet(null);
    if (callback != null && !closed) {
      try {
        callback.run();
      } catch (RejectedExecutionException e) {
        // The reader's threads have ended before it closed this: nobody is there to be notified,
        // and
        // whoever writes the log has others to serve.
      } catch (Throwable thrown) {
        GUARD.report("a reader of ", path, thrown);
      }
    }
  }

  private boolean hasMore() {
    try {
      return notice.hasRemaining() || file.size() != position || isReplaced();
    } catch (IOException e) {
      // The next read reports that to the reader.
      return true;
    }
  }

  /** Goes over to the file that has taken this one's place, once this one is read to its end. */
  private void moveOn() throws IOException {
    long size = file.size();
    if (size < position) {
      position = 0;
      notice = ByteBuffer.wrap(TRUNCATED);
    } else if (size == position && isReplaced()) {
      openFile();
      position = 0;
    }
  }

  private boolean isReplaced() {
    try {
      return !identity.equals(identityOf(path));
    } catch (IOException e) {
      // Removed and not made anew yet: there is nothing to go over to.
      return false;
    }
  }

  private void openFile() throws IOException {
    FileChannel old = file;
    boolean same;
    do {
      identity = identityOf(path);
      file = FileChannel.open(path, StandardOpenOption.READ);
      if (old != null) {
        old.close();
      }
      old = file;
      // Else it was rotated in between: which of the two was opened isn't known.
      same = identity.equals(identityOf(path));
    } while (!same);
  }

  private static Object identityOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
