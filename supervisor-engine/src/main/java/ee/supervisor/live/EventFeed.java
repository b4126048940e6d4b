package ee.supervisor.live;

import ee.supervisor.event.Event;
import ee.supervisor.http.ByteSource;
import ee.supervisor.live.EventHistory.Recorded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The events for one client, as {@code text/event-stream}: what it missed, then what happens.
 *
 * <p>An id is the history's number and the event's. A client whose id has fallen out of the buffer
 * learns how many it lost, in an event {@code lost}; an event of more than a megabyte is announced
 * in that way as well.
 */
public final class EventFeed implements ByteSource {
  private final EventHistory history;
  private final Set<Event.Type> wanted;
  private ByteBuffer notice;

  /** The last event that it is through with. */
  private long position;

  /** Bytes of the next one that have been sent: the rest is the history's, not held here. */
  private int sent;

  private EventFeed(EventHistory history, Set<Event.Type> wanted, long position) {
    this.history = history;
    this.wanted = wanted;
    this.position = position;
    // the browser waits this long before it comes again; and the client knows that it is heard
    notice = text("retry: 2000\n\n");
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A feed.
   *
   * @param wanted the types to send, each with those below it
   * @param lastEventId the last id that the client has seen, empty for none: the feed begins now;
   *     an id of another history, from before a restart, is before all that is remembered
   */
  public static EventFeed of(EventHistory history, Set<Event.Type> wanted, String lastEventId) {
    return new EventFeed(history, wanted, position(history, lastEventId));
  }

  private static long position(EventHistory history, String id) {
    String prefix = history.epoch() + "-";
    if (id.isEmpty()) {
      return history.last();
    }
    try {
      long number = id.startsWith(prefix) ? Long.parseLong(id.substring(prefix.length())) : 0;
      return Math.max(0, Math.min(history.last(), number));
    } catch (NumberFormatException e) {
      // made up
      return 0;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int before = target.position();
    putNotice(target);
    List<Recorded> next = history.after(position);
    while (target.hasRemaining() && !next.isEmpty()) {
      for (Recorded recorded : next) {
        if (target.hasRemaining()) {
          put(recorded, target);
        }
      }
      next = history.after(position);
    }
    return target.position() - before;
  }

  private void put(Recorded recorded, ByteBuffer target) throws IOException {
    long lost = recorded.number() - position - 1;
    if (lost > 0) {
      if (sent > 0) {
        throw new IOException("an event has fallen out of the buffer while it was sent");
      }
      tellLost(lost, target);
    }
    if (!target.hasRemaining()) {
      return;
    } else if (!isWanted(recorded)) {
      position = recorded.number();
    } else if (EventHistory.isOversize(recorded.event())) {
      tellLost(1, target);
    } else {
      putMessage(history.message(recorded), target);
    }
  }

  private boolean isWanted(Recorded recorded) {
    Event.Type type = recorded.event().eventType();
    return wanted.stream().anyMatch(one -> one.covers(type));
  }

  private void tellLost(long count, ByteBuffer target) {
    position += count;
    notice = text("event: lost\ndata: {\"count\":" + count + "}\n\n");
    putNotice(target);
  }

  private void putMessage(byte[] message, ByteBuffer target) {
    int count = Math.min(target.remaining(), message.length - sent);
    target.put(message, sent, count);
    sent += count;
    if (sent == message.length) {
      sent = 0;
      position++;
    }
  }

  private void putNotice(ByteBuffer target) {
    int count = Math.min(target.remaining(), notice.remaining());
    target.put(notice.slice().limit(count));
    notice.position(notice.position() + count);
  }

  @Override
  public void onReadable(Executor executor, Runnable callback) {
    history.onEvent(this, position, () -> executor.execute(callback));
  }

  @Override
  public void close() {
    history.forget(this);
  }
}
