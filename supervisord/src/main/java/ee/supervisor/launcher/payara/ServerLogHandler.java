package ee.supervisor.launcher.payara;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes what Payara logs to a file of its own, which is made when there is a first line: a server
 * with nothing to complain about leaves nothing behind. It rotates by size.
 *
 * <p>Made by the log manager, which has nothing but system properties to configure it.
 */
public final class ServerLogHandler extends Handler {
  /** The system property that names the file. */
  static final String FILE_PROPERTY = "supervisord.payara.log";

  private static final long MAX_BYTES = 5 << 20;
  private static final int BACKUPS = 3;

  private final Path file;
  private final long maxBytes;

  /** Payara sets its loggers' levels itself, so the line is drawn here. */
  public ServerLogHandler() {
    this(Path.of(System.getProperty(FILE_PROPERTY, "/dev/null")), MAX_BYTES);
  }

  ServerLogHandler(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
    setLevel(Level.WARNING);
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    try {
      append(getFormatter().format(entry));
    } catch (IOException e) {
      // A full disk: programs run on without these lines.
    }
  }

  private synchronized void append(String line) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // To open a FIFO would wait for its reader.
      return;
    }
    if (Files.exists(file) && Files.size(file) > maxBytes) {
      rotate();
    }
    // In /tmp a link could have been put there by anybody.
    try (Writer out =
        new OutputStreamWriter(
            Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS),
            UTF_8)) {
      out.write(line);
    }
  }

  /** As the activity log does: {@code .1} is the newest of those before. */
  private void rotate() throws IOException {
    for (int number = BACKUPS - 1; number >= 1; number--) {
      Path older = file.resolveSibling(file.getFileName() + "." + number);
      if (Files.exists(older)) {
        Files.move(
            older,
            file.resolveSibling(file.getFileName() + "." + (number + 1)),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
