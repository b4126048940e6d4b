package ee.supervisor.launcher.payara;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes what Payara logs to a file of its own, which is made when there is a first line: a server
 * with nothing to complain about leaves nothing behind.
 *
 * <p>Made by the log manager, which has only system properties to tell it anything.
 */
public final class ServerLogHandler extends Handler {
  /** The system property that names the file. */
  static final String FILE_PROPERTY = "supervisord.payara.log";

  private final Path file = Path.of(System.getProperty(FILE_PROPERTY, "/dev/null"));

  /** Payara sets its loggers' levels itself, so the line is drawn here. */
  public ServerLogHandler() {
    setLevel(Level.WARNING);
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // To open a FIFO would wait for its reader.
      return;
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
      out.write(getFormatter().format(entry));
    } catch (IOException e) {
      // A full disk: programs run on without these lines.
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
