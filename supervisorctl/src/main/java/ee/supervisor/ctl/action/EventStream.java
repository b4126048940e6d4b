package ee.supervisor.ctl.action;

import ee.supervisor.ctl.logs.LineReader;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events, and shows each as a line. */
final class EventStream {
  /** A server that has nothing to tell any more for so long has told all that it remembers. */
  private static final long SILENCE_MILLIS = 500;

  private static final int WAITING = 1000;

  /** More than a server sends for one event: what it was may be six times as long in JSON. */
  private static final int MAX_LINE = 8 << 20;

  private final Session session;
  private final EventLine line;
  private final LineReader reader;
  private String type = "";

  EventStream(Session session, EventLine line, InputStream feed) {
    this.session = session;
    this.line = line;
    reader = new LineReader(feed, MAX_LINE);
  }

  /** Shows all that comes, until the feed is closed by either side. */
  void showAll() {
    reader.forEach(text -> shown(text).ifPresent(this::write));
  }

  /** Shows what has happened already. */
  void showPast() throws IOException {
    BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>(WAITING);
    Thread thread = new Thread(() -> read(lines), "events");
    thread.setDaemon(true);
    thread.start();
    try {
      Optional<String> next = lines.poll(30, TimeUnit.SECONDS);
      while (next != null && next.isPresent()) {
        shown(next.get()).ifPresent(this::write);
        next = lines.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("events").initCause(e);
    }
  }

  private void read(BlockingQueue<Optional<String>> lines) {
    reader.forEach(text -> put(lines, Optional.of(text)));
    put(lines, Optional.empty());
  }

  private static void put(BlockingQueue<Optional<String>> lines, Optional<String> line) {
    try {
      lines.put(line);
    } catch (InterruptedException e) {
      // the one who waits notices that no more comes
      Thread.currentThread().interrupt();
    }
  }

  private void write(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    session.write(bytes, bytes.length);
  }

  /** What to show for a line of the feed. */
  private Optional<String> shown(String text) {
    if (text.startsWith("event: ")) {
      type = text.substring("event: ".length());
    } else if (text.startsWith("data: ")) {
      String data = text.substring("data: ".length());
      if (type.equals("lost")) {
        session.complain("events that the server remembers no longer: " + data);
        return Optional.empty();
      }
      return Optional.of(line.of(data));
    }
    return Optional.empty();
  }
}
