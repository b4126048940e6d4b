package ee.supervisor.output;

import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.PythonText;
import java.nio.ByteBuffer;

/**
 * Reads one output pipe of a child. It pauses, and lets the pipe fill, while the log or the
 * listener can't keep up. Confined to the output thread.
 */
final class OutputChannel {
  /** What a pipe holds unless it is widened (pipe(7)). */
  private static final int DEFAULT_PIPE_BYTES = 64 << 10;

  private static final int WIDE_PIPE_BYTES = 1 << 20;

  /** A child that floods gets so many reads before the others have their turn. */
  private static final int READS_PER_TURN = 8;

  private final Reactor reactor;
  private final Fd pipe;
  private final String description;
  private final ChannelLog log;
  private final OutputInterpreter interpreter;
  private final HeldData held;
  private final ByteBuffer buffer;
  private final ActivityLog activityLog;
  private long token;
  private boolean watching;
  private boolean wide;
  private boolean closed;

  OutputChannel(
      Reactor reactor,
      Fd pipe,
      ProcessLogs logs,
      Channel channel,
      OutputListener listener,
      ByteBuffer buffer,
      ActivityLog activityLog) {
    this.reactor = reactor;
    this.pipe = pipe;
    this.buffer = buffer;
    this.activityLog = activityLog;
    description = PythonText.repr(logs.config().name()) + ' ' + channel;
    log = logs.log(channel);
    held = new HeldData(() -> reactor.execute(this::watchIfRoom));
    interpreter = new OutputInterpreter(logs, channel, activityLog, listener, held);
  }

  /** Starts to read. */
  void start() {
    watchIfRoom();
  }

  /**
   * The child has exited: takes what is in the pipe, then closes it. Not more than a pipe holds,
   * for a grandchild may have it open still and go on writing.
   */
  void drainAndClose() {
    long taken = 0;
    while (!closed && taken < WIDE_PIPE_BYTES) {
      int count = read();
      if (count == Kernel.WOULD_BLOCK) {
        break;
      }
      taken += count;
    }
    close();
  }

  private void readable() {
    for (int i = 0; i < READS_PER_TURN && !closed; i++) {
      if (read() == Kernel.WOULD_BLOCK) {
        return;
      }
      if (mustWait()) {
        pause();
        return;
      }
    }
  }

  /** Reads once and handles it; returns the count of bytes, or WOULD_BLOCK. */
  private int read() {
    int count;
    try {
      count = Kernel.read(pipe, buffer.clear());
      if (count >= DEFAULT_PIPE_BYTES && !wide) {
        // Wide pipes are for the few that fill them: the kernel grants a user only so many.
        wide = true;
        Kernel.trySetPipeCapacity(pipe, WIDE_PIPE_BYTES);
      }
    } catch (PosixException e) {
      activityLog.error("reading from " + description + ": " + e.getMessage());
      close();
      return 0;
    }
    if (count > 0) {
      interpreter.take(buffer.flip());
    } else if (count == 0) {
      activityLog.debug(pipe + " closed, stopped monitoring " + description);
      close();
    }
    return count;
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
    if (closed || watching) {
      return;
    }
    if (mustWait()) {
      pause();
      return;
    }
    try {
      token = reactor.watch(pipe, Epoll.READABLE, events -> readable());
      watching = true;
    } catch (PosixException e) {
      activityLog.error("watching " + description + ": " + e.getMessage());
      close();
    }
  }

  private void unwatch() {
    if (watching) {
      watching = false;
      reactor.unwatch(pipe, token);
    }
  }

  private void close() {
    closed = true;
    unwatch();
    pipe.close();
  }
}
