package ee.supervisor.output;

import ee.supervisor.event.Channel;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.text.PythonText;
import java.nio.ByteBuffer;

/**
 * Reads one output pipe of a child. It pauses, and lets the pipe fill, while the log or the
 * listener can't keep up. Confined to its process's strand, but for {@link #readyWhileStuck}.
 */
final class OutputChannel implements Reactor.Watcher {
  /** A child that floods gets so many reads before the others have their turn. */
  private static final int READS_PER_TURN = 8;

  private final Reactor reactor;
  private final Strand strand;
  private final OutputPipe pipe;
  private final String description;
  private final ChannelLog log;
  private final OutputInterpreter interpreter;
  private final HeldData held;
  private final ActivityLog activityLog;
  private long token;
  private boolean watching;

  /** Written by the strand, read by any thread. */
  private volatile boolean ended;

  OutputChannel(
      Reactor reactor,
      Fd pipe,
      ProcessLogs logs,
      Channel channel,
      OutputListener listener,
      ActivityLog activityLog) {
    this.reactor = reactor;
    this.pipe = new OutputPipe(pipe);
    this.activityLog = activityLog;
    strand = logs.strand();
    description = PythonText.repr(logs.config().name()) + ' ' + channel;
    log = logs.log(channel);
    held = new HeldData(() -> reactor.execute(strand, this::watchIfRoom));
    interpreter = new OutputInterpreter(logs, channel, activityLog, listener, held);
  }

  /** Starts to read. */
  void start() {
    watchIfRoom();
  }

  /** Whether all that will ever come has been taken and handed on; from any thread. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * The child has exited: takes what is in the pipe, then closes it. Not more than a pipe holds,
   * for a grandchild may have it open still and go on writing.
   */
  void drainAndClose() {
    try {
      long most = pipe.mostBytesLeft();
      long taken = 0;
      while (pipe.isOpen() && taken < most) {
        int count = read();
        if (count == Kernel.WOULD_BLOCK) {
          break;
        }
        taken += count;
      }
    } finally {
      close();
      interpreter.close();
    }
  }

  @Override
  public void ready(int events) {
    boolean mayHoldMore = true;
    for (int i = 0; mayHoldMore && i < READS_PER_TURN && pipe.isOpen(); i++) {
      int count = read();
      if (count == Kernel.WOULD_BLOCK) {
        return;
      }
      if (mustWait()) {
        pause();
        return;
      }
      // Whatever comes after a buffer that wasn't filled is reported anew.
      mayHoldMore = count == TransferBuffers.BYTES;
    }
    readAside();
  }

  @Override
  public boolean readyWhileStuck() {
    boolean isFirst = !pipe.hasSomeAside();
    boolean tookSome = pipe.putAside();
    if (isFirst) {
      readAside();
    }
    return tookSome;
  }

  /** What was put aside doesn't make the pipe readable. */
  private void readAside() {
    if (pipe.hasSomeAside()) {
      reactor.execute(strand, () -> ready(Epoll.READABLE));
    }
  }

  /** Reads once and handles it; returns the count of bytes, or WOULD_BLOCK. */
  private int read() {
    ByteBuffer buffer = TransferBuffers.ofThread().input().clear();
    int count;
    try {
      count = pipe.read(buffer);
    } catch (PosixException e) {
      activityLog.error("reading from " + description + ": " + e.getMessage());
      close();
      return 0;
    }
    if (count > 0) {
      interpreter.take(buffer.flip());
      tellDropped();
    } else if (count == 0) {
      activityLog.debug(pipe + " closed, stopped monitoring " + description);
      close();
    }
    return count;
  }

  private void tellDropped() {
    long dropped = pipe.takeDroppedCount();
    if (dropped > 0) {
      activityLog.warn(
          dropped + " bytes of " + description + " were dropped while its log stalled");
    }
  }

  private boolean mustWait() {
    return held.isFull() || log.isBehind();
  }

  private void pause() {
    unwatch();
    if (log.isBehind()) {
      log.whenCaughtUp(this::watchIfRoom);
    }
  }

  private void watchIfRoom() {
    if (!pipe.isOpen() || watching) {
      return;
    }
    if (mustWait()) {
      pause();
      return;
    }
    try {
      token = reactor.watch(strand, pipe.fd(), Epoll.READABLE, this);
      watching = true;
      readAside();
    } catch (PosixException e) {
      activityLog.error("watching " + description + ": " + e.getMessage());
      close();
    }
  }

  private void unwatch() {
    if (watching) {
      watching = false;
      reactor.unwatch(token);
    }
  }

  private void close() {
    unwatch();
    pipe.close();
    ended = true;
  }
}
