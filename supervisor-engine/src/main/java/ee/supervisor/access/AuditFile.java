package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends what clients change to a file, as JSON, a line for each: for what collects the records of
 * many machines.
 *
 * <p>Written by a thread of its own, since the control loop looks at no file. The file is opened
 * for each record, so that it may be renamed at any time.
 */
final class AuditFile {
  /** Clients that change more than a disk takes do not fill the heap. */
  private static final int MAX_WAITING = 10_000;

  private static final int IDLE_SECONDS = 10;

  private final Path path;
  private final ActivityLog log;
  private final AtomicLong lost = new AtomicLong();
  private final ThreadPoolExecutor writer;

  /** Confined to the writer: whether the last record could not be written. */
  private boolean isBroken;

  AuditFile(Path path, ActivityLog log) {
    this.path = path;
    this.log = log;
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "supervisor-audit");
              thread.setDaemon(true);
              return thread;
            },
            (task, executor) -> lost.incrementAndGet());
    writer.allowCoreThreadTimeOut(true);
  }

  /** Records one request. */
  void write(Instant at, Door door, Caller caller, String what, String result) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("time", at.truncatedTo(ChronoUnit.MILLIS).toString());
    record.put("event", "supervisor.audit");
    record.put("door", door.toString());
    record.put("user", caller.user().orElse(null));
    record.put("role", caller.role().lowerCase());
    record.put("from", caller.from());
    record.put("what", what);
    record.put("outcome", outcome(result));
    record.put("result", result);
    record.put("pid", ProcessHandle.current().pid());
    writer.execute(() -> append(record));
  }

  private static String outcome(String result) {
    return switch (result) {
      case AuditLog.SUCCESS -> "success";
      case AuditLog.REFUSED -> "refused";
      default -> "failure";
    };
  }

  private void append(Map<String, Object> record) {
    long dropped = lost.getAndSet(0);
    if (dropped > 0) {
      record.put("lost", dropped);
    }
    ByteBuffer line = ByteBuffer.wrap((JsonWriter.string(record) + "\n").getBytes(UTF_8));
    try (SeekableByteChannel file =
        Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
      while (line.hasRemaining()) {
        file.write(line);
      }
      isBroken = false;
    } catch (IOException e) {
      lost.addAndGet(dropped + 1);
      if (!isBroken) {
        isBroken = true;
        log.warn("audit_logfile %s cannot be written: %s".formatted(path, e));
      }
    }
  }
}
