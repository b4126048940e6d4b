package ee.supervisor.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private static final Set<Event.Type> ALL = Set.of(Event.Type.EVENT);

  private Consumer<Event> listener;
  private final EventHistory history = new EventHistory(supervisor(), Runnable::run);

  /** One that does nothing but take a listener. */
  @SuppressWarnings("unchecked")
  private Supervisor supervisor() {
    return (Supervisor)
        Proxy.newProxyInstance(
            Supervisor.class.getClassLoader(),
            new Class<?>[] {Supervisor.class},
            (proxy, method, arguments) -> {
              listener = (Consumer<Event>) arguments[0];
              return (AutoCloseable) () -> {};
            });
  }

  private void emit(int bytes) {
    listener.accept(new Event.RemoteCommunication("big", Bytes.utf8("x".repeat(bytes))));
  }

  private static String read(EventFeed feed, int bytes) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(bytes);
    feed.read(target);
    return new String(target.array(), 0, target.position(), UTF_8);
  }

  @Test
  void aMessageIsReadInPieces() throws Exception {
    EventFeed feed = EventFeed.of(history, ALL, "");
    emit(1000);
    StringBuilder all = new StringBuilder();
    for (String piece = read(feed, 100); !piece.isEmpty(); piece = read(feed, 100)) {
      all.append(piece);
    }
    assertThat(all)
        .startsWith("retry: 2000\n\nid: " + history.epoch() + "-1\nevent: REMOTE_COMMUNICATION\n")
        .contains("\"data\":\"" + "x".repeat(1000) + "\"")
        .endsWith("\n\n");
  }

  @Test
  void clientsThatDoNotReadShareOneMessage() throws Exception {
    List<EventFeed> feeds = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      feeds.add(EventFeed.of(history, ALL, ""));
    }
    // a megabyte for each would be more than any test has
    emit(1 << 20);
    for (EventFeed feed : feeds) {
      assertThat(read(feed, 100)).contains("event: REMOTE_COMMUNICATION");
    }
    assertThat(read(feeds.get(0), 2 << 20)).endsWith("\n\n");
  }

  @Test
  void whoIsAmidAnEventThatFallsOutHasToComeAgain() throws Exception {
    EventFeed feed = EventFeed.of(history, ALL, "");
    emit(1 << 20);
    read(feed, 100);
    for (int i = 0; i < 5; i++) {
      emit(1 << 20);
    }
    assertThatThrownBy(() -> read(feed, 100)).isInstanceOf(IOException.class);
  }

  @Test
  void anEventOfMoreThanAMegabyteIsToldOfAsLost() throws Exception {
    EventFeed feed = EventFeed.of(history, ALL, "");
    emit((1 << 20) + 1024);
    emit(1);
    assertThat(read(feed, 4096))
        .contains("event: lost\ndata: {\"count\":1}\n\n")
        .contains("\"data\":\"x\"");
  }

  @Test
  void whatIsToldIsHeldWithinABound() throws Exception {
    EventFeed feed = EventFeed.of(history, ALL, "");
    for (int i = 0; i < 20; i++) {
      emit(1 << 20);
      read(feed, 3 << 20);
    }
    // data and message of each are counted: two megabytes an event, four in all
    assertThat(history.after(0)).hasSizeLessThanOrEqualTo(2);
  }
}
