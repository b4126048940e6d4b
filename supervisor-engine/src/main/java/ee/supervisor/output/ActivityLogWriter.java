package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.clock.LocalTime;
import ee.supervisor.config.ConfigException;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.output.ActivityLog.Settings;
import ee.supervisor.posix.DescriptorWriter;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.FileStatus;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Formats the lines of the activity log and writes them out. Confined to the log's thread. */
final class ActivityLogWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int FILE_PERMISSIONS = 0666;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Optional<LogFile> file;
  private final Optional<Syslog> syslog;
  private final Optional<Fd> console;
  private final DescriptorWriter consoleWriter = consoleWriter();
  private boolean consoleStuck;
  private long formattedSecond = Long.MIN_VALUE;
  private String second = "";

  ActivityLogWriter(Settings settings, ActivityLog log) throws ConfigException {
    console = settings.console() ? Optional.of(Fd.adopt(1)) : Optional.empty();
    syslog =
        settings.destination() instanceof LogDestination.Syslog
            ? Optional.of(new Syslog())
            : Optional.empty();
    if (settings.destination() instanceof LogDestination.File target) {
      LogFile opened =
          new LogFile(
              target.path(),
              new Rotation(settings.maxBytes(), settings.backups()),
              FILE_PERMISSIONS,
              log);
      try {
        opened.openOrFail();
      } catch (PosixException e) {
        if (awaitsReader(target.path(), e)) {
          file = Optional.of(opened);
          return;
        }
        throw new ConfigException(
            "could not open the log file " + target.path() + ": " + e.errno().message(), e);
      }
      file = Optional.of(opened);
    } else {
      file = Optional.empty();
    }
  }

  /** A FIFO that nobody reads yet: what is written until then is dropped, as with any fault. */
  private static boolean awaitsReader(Path path, PosixException refusal) {
    return refusal.errno().equals(Errno.ENXIO)
        && Kernel.status(path.toString()).filter(FileStatus::isFifo).isPresent();
  }

  void add(LogLevel level, long epochMillis, String text) {
    String prefix = stamp(epochMillis) + ' ' + level + ' ';
    syslog.ifPresent(target -> target.sendLines(prefix, text.getBytes(UTF_8)));
    byte[] line = (prefix + text + '\n').getBytes(UTF_8);
    int from = 0;
    while (from < line.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(buffer.remaining(), line.length - from);
      buffer.put(line, from, count);
      from += count;
    }
    if (file.isPresent() && buffer.position() >= file.get().bytesToRotation()) {
      // Supervisor looks after each line whether the file is to rotate.
      flush();
    }
  }

  void flush() {
    buffer.flip();
    if (console.isPresent()) {
      writeToConsole(console.get(), buffer.duplicate());
    }
    file.ifPresent(target -> appendTo(target, buffer));
    buffer.clear();
  }

  void reopen() {
    file.ifPresent(LogFile::reopen);
  }

  void clear() throws LogException {
    // Supervisor reports it once for each place the log goes to, and the file's copy goes with it.
    for (int i = console.isPresent() ? 2 : 1; i > 0; i--) {
      add(LogLevel.INFO, System.currentTimeMillis(), "reopening log file");
    }
    flush();
    if (file.isPresent()) {
      file.get().clear();
    }
  }

  @Override
  public void close() {
    flush();
    file.ifPresent(LogFile::close);
    syslog.ifPresent(Syslog::close);
  }

  private String stamp(long epochMillis) {
    long now = Math.floorDiv(epochMillis, 1000L);
    if (now != formattedSecond) {
      formattedSecond = now;
      second = SECONDS.format(LocalTime.of(Instant.ofEpochSecond(now)));
    }
    int millis = (int) Math.floorMod(epochMillis, 1000L);
    return second
        + ','
        + (char) ('0' + millis / 100)
        + (char) ('0' + millis / 10 % 10)
        + (char) ('0' + millis % 10);
  }

  private static void appendTo(LogFile file, ByteBuffer lines) {
    file.append(lines);
    while (file.isBehind()) {
      // A FIFO or terminal: this thread has nothing else to do than to wait for it.
      awaitWritable(file.writableSignal().orElseThrow());
      file.writeBacklog();
    }
  }

  /** A console that takes nothing is waited for once: the file must not wait with it. */
  private void writeToConsole(Fd stdout, ByteBuffer lines) {
    try {
      while (lines.hasRemaining()) {
        boolean full = consoleWriter.write(stdout, lines) == Kernel.WOULD_BLOCK;
        if (full && (consoleStuck || !awaitWritable(stdout))) {
          consoleStuck = true;
          return;
        }
      }
      consoleStuck = false;
    } catch (PosixException e) {
      // A console that is gone takes its lines with it; the file has them.
    }
  }

  private static DescriptorWriter consoleWriter() {
    try {
      return DescriptorWriter.shared(Kernel.status(Fd.adopt(1)));
    } catch (PosixException e) {
      // It was closed.
      return DescriptorWriter.PLAIN;
    }
  }

  private static boolean awaitWritable(Fd fd) {
    try (Epoll epoll = Epoll.open()) {
      epoll.add(fd, Epoll.WRITABLE, 0);
      return epoll.await(LogFile.PATIENCE, (token, events) -> {}) > 0;
    } catch (PosixException e) {
      return false;
    }
  }
}
