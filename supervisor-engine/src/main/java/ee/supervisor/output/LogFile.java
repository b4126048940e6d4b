package ee.supervisor.output;

import ee.supervisor.output.LogException.Reason;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.posix.DescriptorWriter;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One log file: appended to, rotated by size, reopened by name. It may be a device, a FIFO or a
 * descriptor of ours ({@code /dev/stdout}), which are written without waiting and never rotated,
 * renamed or removed.
 *
 * <p>Writing never throws: while the file cannot be written, bytes are dropped and counted, the
 * activity log reports it once, and it is tried again at the next write after a pause. Used by one
 * thread at a time.
 */
final class LogFile implements AutoCloseable {
  /**
   * A large piece is written in parts of this size with a look at the rotation after each, so that
   * a file grows as little beyond its bound as Supervisor's, which reads as many bytes at a time.
   */
  private static final int ROTATION_PART_BYTES = 128 << 10;

  /** How often a file that is being written is looked after: has somebody removed it? */
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long a file that cannot be rotated grows before that is tried again. */
  private static final long ROTATION_RETRY_NANOS = Duration.ofSeconds(10).toNanos();

  /** How long a FIFO may take nothing before its writers stop to wait for it. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Path path;
  private final Rotation rotation;
  private final int permissions;
  private final ActivityLog log;
  private final WriteFaults faults;
  private final Backlog backlog = new Backlog();
  private final AtomicLong written = new AtomicLong();
  private Optional<Fd> open = Optional.empty();
  private boolean regular;
  private DescriptorWriter writer = DescriptorWriter.PLAIN;
  private long size;
  private long checkedAtNanos;
  private boolean rotationFailed;
  private long rotateAfterNanos = System.nanoTime();
  private long progressAtNanos;

  /**
   * A log file, not opened yet.
   *
   * @param permissions of a file that is made, less the umask
   * @param log where faults are reported
   */
  LogFile(Path path, Rotation rotation, int permissions, ActivityLog log) {
    this.path = path;
    this.rotation = rotation;
    this.permissions = permissions;
    this.faults = new WriteFaults(path, log);
    this.log = log;
  }

  Path path() {
    return path;
  }

  /** Whether it has been opened; somebody may have removed it since. */
  boolean isOpen() {
    return open.isPresent();
  }

  /** Bytes written so far, whatever was rotated or cleared since; any thread may ask. */
  long bytesWritten() {
    return written.get();
  }

  /** Opens the file if it isn't open; a failure is reported and tried again with the next write. */
  void open() {
    try {
      openOrFail();
    } catch (PosixException e) {
      faults.failed(e);
    }
  }

  /** As {@link #open}, but the failure is the caller's. */
  void openOrFail() throws PosixException {
    if (open.isEmpty()) {
      openWith(0);
    }
  }

  private void openWith(int flags) throws PosixException {
    OpenedLog opened = OpenedLog.open(path, flags, permissions);
    regular = opened.regular();
    size = opened.size();
    writer = opened.writer();
    open = Optional.of(opened.fd());
    checkedAtNanos = System.nanoTime();
    FollowedLogs.changed(path);
  }

  /** How many bytes may still be written before the file rotates, at least 0. */
  long bytesToRotation() {
    return rotates() ? Math.max(0, rotation.maxBytes() - size) : Long.MAX_VALUE;
  }

  private boolean rotates() {
    return regular && rotation.maxBytes() > 0;
  }

  /**
   * Writes {@code data}, a direct buffer, and consumes it. What a FIFO doesn't take at once is held
   * back (see {@link #isBehind}), as far as there is room for it.
   */
  void append(ByteBuffer data) {
    if (!data.hasRemaining()) {
      return;
    }
    int end = data.limit();
    while (data.position() < end && isWritable()) {
      data.limit(rotates() ? Math.min(end, data.position() + ROTATION_PART_BYTES) : end);
      writePart(data);
      data.limit(end);
    }
    faults.dropped(data.remaining());
    data.position(end);
    FollowedLogs.changed(path);
  }

  private boolean isWritable() {
    if (!faults.mayTry()) {
      return false;
    }
    if (open.isPresent() && regular && System.nanoTime() - checkedAtNanos > CHECK_NANOS) {
      closeIfRemoved(open.get());
    }
    open();
    return open.isPresent();
  }

  /**
   * A file that nobody can find any more is made anew, or reported: output isn't lost in silence.
   */
  private void closeIfRemoved(Fd fd) {
    checkedAtNanos = System.nanoTime();
    try {
      if (Kernel.status(fd).links() == 0) {
        closeDescriptor();
      }
    } catch (PosixException e) {
      fail(e);
    }
  }

  private void writePart(ByteBuffer part) {
    try {
      if (regular) {
        writeToFile(open.get(), part);
      } else {
        writeToStream(open.get(), part);
      }
    } catch (PosixException e) {
      faults.dropped(part.remaining());
      part.position(part.limit());
      fail(e);
    }
  }

  private void writeToFile(Fd fd, ByteBuffer part) throws PosixException {
    while (part.hasRemaining()) {
      size += count(Kernel.write(fd, part));
    }
    faults.worked();
    if (rotation.isDue(size) && System.nanoTime() - rotateAfterNanos >= 0) {
      rotate();
    }
  }

  private void writeToStream(Fd fd, ByteBuffer part) throws PosixException {
    if (flushBacklog(fd)) {
      count(writer.write(fd, part));
    }
    if (part.hasRemaining()) {
      if (backlog.isEmpty()) {
        progressAtNanos = System.nanoTime();
      }
      backlog.take(part);
    }
    if (part.hasRemaining()) {
      faults.failed(new IOException("its reader does not read"));
      faults.dropped(part.remaining());
      part.position(part.limit());
    }
  }

  private boolean flushBacklog(Fd fd) throws PosixException {
    if (count(backlog.writeTo(fd, writer)) > 0) {
      progressAtNanos = System.nanoTime();
    }
    if (backlog.isEmpty()) {
      faults.worked();
    }
    return backlog.isEmpty();
  }

  /** What a write wrote, counted; WOULD_BLOCK is nothing. */
  private int count(int bytes) {
    int some = Math.max(0, bytes);
    written.addAndGet(some);
    return some;
  }

  private void rotate() throws PosixException {
    closeDescriptor();
    int truncate = Kernel.O_TRUNC;
    try {
      rotation.setAside(path);
      rotationFailed = false;
    } catch (IOException e) {
      truncate = 0;
      rotateAfterNanos = System.nanoTime() + ROTATION_RETRY_NANOS;
      if (!rotationFailed) {
        rotationFailed = true;
        log.error("cannot rotate " + path + " (" + WriteFaults.reason(e) + "), it grows on");
      }
    }
    openWith(truncate);
  }

  private void fail(PosixException why) {
    faults.failed(why);
    faults.dropped(backlog.discard());
    closeDescriptor();
  }

  /**
   * Whether a FIFO or device is holding bytes back and may yet take them: then it is better to wait
   * for {@link #writableSignal} than to append more. False again when it has taken nothing for a
   * while, so that its writers go on without it.
   */
  boolean isBehind() {
    return hasBacklog() && System.nanoTime() - progressAtNanos < PATIENCE.toNanos();
  }

  /** Whether bytes wait for {@link #writeBacklog}. */
  boolean hasBacklog() {
    return !backlog.isEmpty();
  }

  /** What to wait for WRITABLE on before {@link #writeBacklog}; empty while it isn't open. */
  Optional<Fd> writableSignal() {
    return open;
  }

  /** Writes what was held back, as far as that goes. */
  void writeBacklog() {
    if (open.isPresent()) {
      try {
        flushBacklog(open.get());
      } catch (PosixException e) {
        fail(e);
      }
    }
  }

  /** Closes it and opens it by its name again. */
  void reopen() {
    faults.dropped(backlog.discard());
    closeDescriptor();
    open();
  }

  /**
   * Removes the file and begins a new one. What isn't a regular file is only opened again.
   *
   * @throws LogException FAILED when it can't be removed
   */
  void clear() throws LogException {
    try {
      if (Files.isRegularFile(path) && !DescriptorPath.isFixed(path)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new LogException(
          Reason.FAILED, "cannot remove " + path + ": " + WriteFaults.reason(e), e);
    } finally {
      reopen();
    }
  }

  /** Closes it; the next {@link #append} opens it again. */
  @Override
  public void close() {
    faults.dropped(backlog.discard());
    closeDescriptor();
    faults.ended();
  }

  private void closeDescriptor() {
    open.ifPresent(Fd::close);
    open = Optional.empty();
  }
}
