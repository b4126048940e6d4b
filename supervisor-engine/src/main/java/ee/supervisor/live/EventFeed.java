package ee.supervisor.live;

import ee.supervisor.event.Event;
import ee.supervisor.http.ByteSource;
import ee.supervisor.live.EventHistory.Recorded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The events for one client, as {@code text/event-stream}: what it missed, then what happens.
 *
 * <p>An id is the history's number and the event's. A client whose id has fallen out of the buffer
 * is told how many it lost, in an event {@code lost}.
 */
public final class EventFeed implements ByteSource {
  private final EventHistory history;
  private final Set<Event.Type> wanted;
  private ByteBuffer pending;
  private long position;

  private EventFeed(EventHistory history, Set<Event.Type> wanted, long position) {
    this.history = history;
    this.wanted = wanted;
    this.position = position;
    // the browser waits this long before it comes again; and the client knows that it is heard
    pending = ByteBuffer.wrap("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A feed.
   *
   * @param wanted the types to tell of, each with those below it
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
  public int read(ByteBuffer target) {
    int before = target.position();
    while (target.hasRemaining() && (pending.hasRemaining() || advance())) {
      int count = Math.min(target.remaining(), pending.remaining());
      target.put(pending.slice().limit(count));
      pending.position(pending.position() + count);
    }
    return target.position() - before;
  }

  /** Whether there was more to send. */
  private boolean advance() {
    List<Recorded> next = history.after(position);
    while (!next.isEmpty()) {
      StringBuilder text = new StringBuilder();
      long lost = next.get(0).number() - position - 1;
      if (lost > 0) {
        text.append("event: lost\ndata: {\"count\":").append(lost).append("}\n\n");
      }
      Iterator<Recorded> each = next.iterator();
      // one big event at a time: what a slow client holds up is bounded
      while (each.hasNext() && text.length() < 16_384) {
        Recorded recorded = each.next();
        position = recorded.number();
        Event.Type type = recorded.event().eventType();
        if (wanted.stream().anyMatch(one -> one.covers(type))) {
          append(text, recorded);
        }
      }
      if (!text.isEmpty()) {
        pending = StandardCharsets.UTF_8.encode(text.toString());
        return true;
      }
      next = history.after(position);
    }
    return false;
  }

  private void append(StringBuilder text, Recorded recorded) {
    text.append("id: ").append(history.epoch()).append('-').append(recorded.number());
    text.append("\nevent: ").append(recorded.event().eventType().name());
    text.append("\ndata: ").append(EventJson.text(recorded)).append("\n\n");
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
