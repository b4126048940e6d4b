package ee.supervisor.xmlrpc;

import ee.supervisor.output.HeldLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Finds out what logs are as text of an XML element, in bytes: a response states its length before
 * the first of them is sent. Of a long log a few megabytes are read at a time, and then it is
 * others' turn.
 */
final class LengthCount {
  private static final int TURN_BYTES = 4 << 20;

  private final Iterator<HeldLog> logs;
  private final Executor readers;
  private final List<Long> lengths = new ArrayList<>();
  private final byte[] buffer = new byte[16 << 10];
  private final CompletableFuture<List<Long>> done = new CompletableFuture<>();
  private EscapedLog current;
  private long length;

  private LengthCount(List<HeldLog> logs, Executor readers) {
    this.logs = logs.iterator();
    this.readers = readers;
  }

  /**
   * Counts.
   *
   * @return completes with the lengths, in the order of {@code logs}, or exceptionally with what
   *     reading them threw
   */
  static CompletionStage<List<Long>> of(List<HeldLog> logs, Executor readers) {
    LengthCount count = new LengthCount(logs, readers);
    count.goOn();
    return count.done;
  }

  private void goOn() {
    try {
      readers.execute(this::proceed);
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(e);
    }
  }

  private void proceed() {
    try {
      if (count()) {
        done.complete(List.copyOf(lengths));
      } else {
        goOn();
      }
    } catch (IOException | RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** Counts on for one turn; whether that was the last. */
  private boolean count() throws IOException {
    long turn = 0;
    while (turn < TURN_BYTES) {
      if (current == null) {
        if (!logs.hasNext()) {
          return true;
        }
        current = new EscapedLog(logs.next().open());
        length = 0;
      }
      int read = current.read(buffer, 0, buffer.length);
      if (read < 0) {
        lengths.add(length);
        current = null;
      } else {
        length += read;
        turn += read;
      }
    }
    return false;
  }
}
