package ee.supervisor.jmx;

import ee.supervisor.control.SupervisorException;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads logs for JMX clients, in their threads. */
final class LogAccess {
  private static final long SLICE_BYTES = 1 << 20;

  private LogAccess() {}

  /** Size of {@code file} in bytes; 0 when there is none, or it is a device. */
  static long size(Optional<Path> file) {
    return file.map(LogAccess::size).orElse(0L);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * A part of a log as text.
   *
   * @throws IllegalStateException NO_FILE, FAILED
   * @throws IllegalArgumentException BAD_ARGUMENTS
   */
  static String read(Optional<Path> file, long offset, long length) {
    try {
      return LogReader.read(existing(file), offset, length).toString();
    } catch (LogException e) {
      throw refusal(e);
    }
  }

  /** The end of a log; empty when there is none. */
  static LogTail tail(Optional<Path> file, long offset, long length) {
    return file.map(f -> LogReader.tail(f, offset, length))
        .map(t -> new LogTail(t.data().toString(), t.offset(), t.overflow()))
        .orElseGet(() -> new LogTail("", 0, false));
  }

  /**
   * What a log holds from {@code offset} on, up to a mebibyte.
   *
   * @param offset first byte; negative for that many bytes from the end
   * @throws IllegalStateException NO_FILE when no log is kept, FAILED
   */
  static LogSlice follow(Optional<Path> file, long offset) {
    Path path = existing(file);
    long size = size(path);
    long from = offset < 0 ? Math.max(0, size + offset) : offset;
    if (from >= size) {
      return new LogSlice(new byte[0], from, size);
    }
    try {
      return new LogSlice(LogReader.read(path, from, SLICE_BYTES).toByteArray(), from, size);
    } catch (LogException e) {
      throw refusal(e);
    }
  }

  /**
   * The log file of one of a process's output streams.
   *
   * @param channel {@code stdout} or {@code stderr}
   * @throws IllegalArgumentException INCORRECT_PARAMETERS for any other channel
   */
  static Optional<Path> file(ProcessInfo process, String channel) {
    return switch (channel) {
      case "stdout" -> process.stdoutLogfile();
      case "stderr" -> process.stderrLogfile();
      default ->
          throw BoundedWait.readable(
              new SupervisorException(
                  Fault.INCORRECT_PARAMETERS,
                  "channel '%s' is not stdout or stderr".formatted(channel)));
    };
  }

  private static Path existing(Optional<Path> file) {
    return file.orElseThrow(() -> BoundedWait.readable(new SupervisorException(Fault.NO_FILE)));
  }

  private static RuntimeException refusal(LogException e) {
    Fault fault = Fault.valueOf(e.reason().name());
    return BoundedWait.readable(
        fault == Fault.NO_FILE
            ? new SupervisorException(fault, e.getMessage())
            : new SupervisorException(fault));
  }
}
