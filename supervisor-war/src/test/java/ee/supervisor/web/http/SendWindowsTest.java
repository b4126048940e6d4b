package ee.supervisor.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.budget.MemoryBudget;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What waits for clients, by what a test says of the kernel; real clients: RefusalsTest of REST.
 */
class SendWindowsTest {
  private static final Peer PEER = new Peer(InetAddress.getLoopbackAddress(), 1, 2);
  private static final int PIECE = SendWindows.PIECE_BYTES;

  private final Map<Peer, Long> unconfirmed = new HashMap<>();
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger rooms = new AtomicInteger();
  private final AtomicInteger stalls = new AtomicInteger();
  private final MemoryBudget budget = new MemoryBudget(100_000);

  /** Looks only when a test has it look. */
  private final SendWindows windows =
      new SendWindows(work -> {}, budget, this::connection, now::get);

  private final SendWindows.Window window = windows.open(PEER, stalls::incrementAndGet);

  private Optional<SendWindows.Connection> connection(Peer peer) {
    return Optional.of(() -> OptionalLong.of(unconfirmed.get(peer)));
  }

  private int fill(SendWindows.Window window) {
    int pieces = 0;
    while (window.hasRoom(rooms::incrementAndGet)) {
      window.wrote(PIECE);
      pieces++;
    }
    return pieces;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void inFrontOfAFullKernelNoMoreWaitsThanTheWindow() {
    unconfirmed.put(PEER, 50_000L);
    int pieces = fill(window);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(10));
      windows.look();
      pieces += fill(window);
    }

    assertThat(pieces * PIECE - 50_000).isBetween(0, SendWindows.BYTES);
    assertThat(budget.held()).isBetween((long) SendWindows.BYTES - PIECE, (long) SendWindows.BYTES);
  }

  @Test
  void theKernelIsNotFilledEither() {
    int pieces = 0;
    for (int i = 0; i < 100; i++) {
      // which has room for all
      unconfirmed.put(PEER, (long) pieces * PIECE);
      if (window.hasRoom(rooms::incrementAndGet)) {
        window.wrote(PIECE);
        pieces++;
      }
    }

    assertThat(pieces * PIECE).isBetween(250_000, 400_000);
    assertThat(budget.held()).isZero();
  }

  @Test
  void whoHasTakenItIsSentMore() {
    unconfirmed.put(PEER, 50_000L);
    fill(window);
    unconfirmed.put(PEER, 1_000L);
    pass(Duration.ofSeconds(1));
    windows.look();

    assertThat(rooms).hasValue(1);
    assertThat(budget.held()).isZero();
    assertThat(window.hasRoom(rooms::incrementAndGet)).isTrue();
  }

  @Test
  void whoTakesAllAtOnceIsNotMadeToWait() {
    unconfirmed.put(PEER, 0L);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(10));
      assertThat(window.hasRoom(rooms::incrementAndGet)).isTrue();
      window.wrote(PIECE);
    }
  }

  @Test
  void whoTakesNothingForAMinuteIsDropped() {
    unconfirmed.put(PEER, 50_000L);
    fill(window);
    pass(Duration.ofSeconds(50));
    windows.look();
    assertThat(stalls).hasValue(0);

    pass(Duration.ofSeconds(61));
    windows.look();
    assertThat(stalls).hasValue(1);
    assertThat(budget.held()).isZero();
  }

  @Test
  void whoIsSlowIsNotDropped() {
    unconfirmed.put(PEER, 60_000L);
    fill(window);
    for (long left = 50_000; left > 20_000; left -= 5_000) {
      unconfirmed.put(PEER, left);
      pass(Duration.ofSeconds(59));
      windows.look();
    }

    assertThat(stalls).hasValue(0);
  }

  @Test
  void whoHasNothingToTakeIsNotDropped() {
    unconfirmed.put(PEER, 0L);
    assertThat(window.hasRoom(rooms::incrementAndGet)).isTrue();
    window.wrote(100);
    pass(Duration.ofMinutes(10));
    windows.look();
    pass(Duration.ofMinutes(10));
    windows.look();

    assertThat(stalls).hasValue(0);
    assertThat(budget.held()).isZero();
  }

  @Test
  void allTogetherHaveABudget() {
    unconfirmed.put(PEER, 50_000L);
    int alone = fill(window);
    SendWindows.Window other =
        windows.open(new Peer(InetAddress.getLoopbackAddress(), 3, 2), stalls::incrementAndGet);

    unconfirmed.put(new Peer(InetAddress.getLoopbackAddress(), 3, 2), 50_000L);
    assertThat(fill(other)).isLessThan(alone);
    assertThat(budget.held()).isLessThanOrEqualTo(budget.limit());

    window.close();
    windows.look();
    assertThat(rooms).hasValue(1);
  }

  @Test
  void whatHasEndedHoldsNothingAndWaitsForNothing() {
    unconfirmed.put(PEER, 50_000L);
    fill(window);
    window.close();

    assertThat(budget.held()).isZero();
    assertThat(window.hasRoom(rooms::incrementAndGet)).isTrue();
    window.wrote(PIECE);
    assertThat(budget.held()).isZero();
  }

  @Test
  void whereTheKernelDoesNotTellTheContainerIsBelieved() {
    SendWindows blind = new SendWindows(work -> {}, budget, peer -> Optional.empty(), now::get);
    SendWindows.Window open = blind.open(PEER, stalls::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      assertThat(open.hasRoom(rooms::incrementAndGet)).isTrue();
      open.wrote(PIECE);
    }
  }
}
