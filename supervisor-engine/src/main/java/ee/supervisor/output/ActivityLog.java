package ee.supervisor.output;

import static java.util.Objects.requireNonNull;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.output.LogException.Reason;
import ee.supervisor.posix.Mailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * supervisord's own log: what it does, line by line, to a file, syslog and the console.
 *
 * <p>Safe for all threads, and never blocks one: lines go through a bounded queue to a thread of
 * their own. While the disk stalls and the queue is full, lines are dropped; how many is logged
 * once the log can be written again.
 */
public final class ActivityLog implements AutoCloseable {
  private static final int MAX_QUEUED_ENTRIES = 16_384;

  /** Two bytes each at most: a twelfth of the largest heap, and 16 MiB at most. */
  private static final long MAX_QUEUED_CHARACTERS =
      Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 24);

  private static final Duration LAST_FLUSH = Duration.ofSeconds(2);

  /**
   * Where the log goes.
   *
   * @param level the least severe level that is logged
   * @param destination a file, syslog or nothing
   * @param maxBytes size in bytes at which a file rotates, 0 for never
   * @param backups rotated files to keep
   * @param console whether each line also goes to stdout
   */
  public record Settings(
      LogLevel level, LogDestination destination, long maxBytes, long backups, boolean console) {

    /** As configured; the console is used in the foreground unless {@code silent}. */
    public static Settings of(SupervisordConfig config) {
      return new Settings(
          config.loglevel(),
          config.logfile(),
          config.logfileMaxbytes(),
          config.logfileBackups(),
          config.nodaemon() && !config.silent());
    }
  }

  /** What waits for the writer. */
  private sealed interface Entry {
    record Line(LogLevel level, long epochMillis, String text) implements Entry {}

    record Task(Runnable action) implements Entry {}

    record End() implements Entry {}
  }

  private volatile Settings settings;

  /** Confined to the log's thread once that runs. */
  private ActivityLogWriter writer;

  /**
   * Whether something was thrown since all went well: it is reported once, since the report is a
   * line, too, and may throw the same. Confined to the log's thread.
   */
  private boolean failing;

  private final Guard guard = new Guard(this::critical);
  private final Mailbox<Entry> queue = new Mailbox<>(MAX_QUEUED_ENTRIES);
  private final AtomicLong queuedCharacters = new AtomicLong();
  private final AtomicLong droppedLines = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private ActivityLog(Settings settings) throws ConfigException {
    this.settings = settings;
    writer = new ActivityLogWriter(settings, this);
    thread = new Thread(this::write, "supervisor-log");
    thread.setDaemon(true);
  }

  /**
   * Opens the log and starts its thread.
   *
   * @throws ConfigException when its file cannot be opened; names the file and the reason
   */
  public static ActivityLog open(Settings settings) throws ConfigException {
    ActivityLog log = new ActivityLog(settings);
    log.thread.start();
    return log;
  }

  /** The file, when the log goes to one; also {@code /dev/stdout} and the like. */
  public Optional<Path> file() {
    return settings.destination() instanceof LogDestination.File file
        ? Optional.of(file.path())
        : Optional.empty();
  }

  /** Whether lines of that level are logged. */
  public boolean isEnabled(LogLevel wanted) {
    return wanted.number() >= settings.level().number();
  }

  /** Logs at {@code CRIT}: needs somebody's attention now. */
  public void critical(String text) {
    log(LogLevel.CRIT, text);
  }

  /** Logs at {@code ERRO}: something went wrong that may be ignored. */
  public void error(String text) {
    log(LogLevel.ERRO, text);
  }

  /** Logs at {@code WARN}: not wrong, but worth a look. */
  public void warn(String text) {
    log(LogLevel.WARN, text);
  }

  /** Logs at {@code INFO}: what normally happens. */
  public void info(String text) {
    log(LogLevel.INFO, text);
  }

  /** Logs at {@code DEBG}: for those who debug a configuration. */
  public void debug(String text) {
    log(LogLevel.DEBG, text);
  }

  /** Logs at {@code TRAC}: for those who debug a plug-in. */
  public void trace(String text) {
    log(LogLevel.TRAC, text);
  }

  /** Logs at {@code BLAT}: for those who debug supervisord. */
  public void blather(String text) {
    log(LogLevel.BLAT, text);
  }

  /** Logs what {@code text} makes, which is only asked if lines of {@code level} are logged. */
  public void log(LogLevel level, Supplier<String> text) {
    if (isEnabled(level)) {
      log(level, text.get());
    }
  }

  /** Logs a line, if its level is enabled. Line ends within {@code text} stay as they are. */
  public void log(LogLevel lineLevel, String text) {
    requireNonNull(text);
    if (!isEnabled(lineLevel) || closed) {
      return;
    }
    Entry.Line line = new Entry.Line(lineLevel, System.currentTimeMillis(), text);
    if (queuedCharacters.addAndGet(text.length()) > MAX_QUEUED_CHARACTERS || !queue.offer(line)) {
      queuedCharacters.addAndGet(-text.length());
      droppedLines.incrementAndGet();
    }
  }

  /**
   * Closes the file and opens it by its name again, so that a file moved away is left alone.
   *
   * @return completes when that is done; what goes wrong is reported and tried again, as with any
   *     write
   */
  public CompletionStage<Void> reopen() {
    return onWriter(() -> writer.reopen());
  }

  /**
   * Removes the file and begins a new one.
   *
   * @return completes when that is done; exceptionally with {@link LogException} NO_FILE when there
   *     is none, FAILED when it can't be removed
   */
  public CompletionStage<Void> clear() {
    return onWriter(
        () -> {
          Optional<Path> path = file();
          if (path.isEmpty() || !Files.exists(path.get())) {
            throw new LogException(Reason.NO_FILE, path.map(Path::toString).orElse("no log file"));
          }
          writer.clear();
        });
  }

  /**
   * Goes on as another configuration says. Lines logged before go where they would have gone.
   *
   * @throws ConfigException when the new file cannot be opened, or the old one has stalled; all
   *     stays as it was then
   */
  public void reconfigure(Settings next) throws ConfigException {
    if (next.equals(settings)) {
      return;
    }
    ActivityLogWriter opened = new ActivityLogWriter(next, this);
    if (closed || !queue.offer(new Entry.Task(() -> goOnWith(opened)))) {
      opened.close();
      throw new ConfigException("the log file cannot be changed: the activity log is stalled");
    }
    settings = next;
  }

  private void goOnWith(ActivityLogWriter next) {
    writer.close();
    writer = next;
    // the old one may have written to the same file, or rotated it
    writer.reopen();
  }

  /** Writes what is queued, waiting 4 s for a stalled disk at most, and ends. */
  @Override
  public void close() {
    closed = true;
    try {
      if (queue.offer(new Entry.End(), LAST_FLUSH)) {
        thread.join(LAST_FLUSH.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something done between two lines by the writer's thread. */
  interface WriterAction {
    void run() throws LogException;
  }

  /**
   * Has the log's thread do something.
   *
   * @return completes when it is done, exceptionally with what {@code action} throws
   */
  CompletionStage<Void> onWriter(WriterAction action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Entry.Task task =
        new Entry.Task(
            () -> {
              try {
                action.run();
                done.complete(null);
              } catch (LogException e) {
                done.completeExceptionally(e);
              } catch (Throwable thrown) {
                tellUncaught(thrown);
                done.completeExceptionally(thrown);
              }
            });
    if (closed || !queue.offer(task)) {
      done.completeExceptionally(
          new LogException(Reason.FAILED, "the activity log is closed or stalled"));
    }
    return done;
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    boolean ended = false;
    try {
      while (!ended) {
        ended = writeBatch(batch);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but a JVM that ends: what is queued ends with it.
    } finally {
      writer.close();
    }
  }

  /** Returns whether that was the last one. */
  private boolean writeBatch(List<Entry> batch) throws InterruptedException {
    Entry first = queue.take();
    boolean well = safely(() -> fill(batch, first));
    boolean ended = first instanceof Entry.End;
    for (int i = 0; i < batch.size() && !ended; i++) {
      Entry entry = batch.get(i);
      ended = entry instanceof Entry.End;
      well &= ended || safely(() -> workOff(entry));
    }
    batch.clear();
    if (!ended) {
      well &= safely(this::finishBatch);
      failing &= !well;
    }
    return ended;
  }

  private void fill(List<Entry> batch, Entry first) {
    batch.add(first);
    queue.drainTo(batch);
  }

  /** A line too many for the memory, say, must not end the log for good. */
  private boolean safely(Runnable step) {
    try {
      step.run();
      return true;
    } catch (Throwable thrown) {
      tellUncaught(thrown);
      return false;
    }
  }

  private void tellUncaught(Throwable failure) {
    if (!failing) {
      failing = true;
      guard.report("the activity log", failure);
    }
  }

  private void workOff(Entry entry) {
    if (entry instanceof Entry.Line line) {
      queuedCharacters.addAndGet(-line.text().length());
      writer.add(line.level(), line.epochMillis(), line.text());
    } else if (entry instanceof Entry.Task task) {
      writer.flush();
      task.action().run();
    }
  }

  private void finishBatch() {
    tellDropped();
    writer.flush();
  }

  private void tellDropped() {
    long dropped = droppedLines.getAndSet(0);
    if (dropped > 0) {
      writer.add(
          LogLevel.WARN,
          System.currentTimeMillis(),
          "the activity log could not be written fast enough, " + dropped + " lines were dropped");
    }
  }
}
