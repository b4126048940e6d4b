package ee.supervisor.check;

import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.StreamSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Connects, and hands the connection on or is content with it. */
final class SocketProbe implements Probe {
  private final CheckLoop loop;
  private final Targets targets;
  private final Conversation conversation;
  private Consumer<Optional<String>> done;
  private Queue<Target> left = new ArrayDeque<>();
  private Optional<Fd> socket = Optional.empty();
  private long watch;
  private boolean over;

  /** What is said once there is a connection. */
  interface Conversation {
    /** Nothing: that there is one is enough. */
    Conversation NONE =
        new Conversation() {
          @Override
          public void begin(Fd connection, Consumer<Optional<String>> over) {
            over.accept(Optional.empty());
          }

          @Override
          public void cancel() {}
        };

    /**
     * Begins it.
     *
     * @param connection a socket that does not block; stays the caller's
     */
    void begin(Fd connection, Consumer<Optional<String>> over);

    /** Ends it, before the socket is closed. */
    void cancel();
  }

  /** Somewhere to connect to. */
  interface Target {
    /** Begins to connect. */
    Fd connect() throws PosixException;

    /** For people. */
    @Override
    String toString();
  }

  /** Finds where to connect to, which may take time. */
  interface Targets {
    /**
     * Finds out.
     *
     * @param found told on the loop: the places to try in turn; none if the name has no address
     */
    void find(Consumer<List<Target>> found);
  }

  SocketProbe(CheckLoop loop, Targets targets, Conversation conversation) {
    this.loop = loop;
    this.targets = targets;
    this.conversation = conversation;
  }

  @Override
  public void begin(Consumer<Optional<String>> whenDone) {
    done = whenDone;
    targets.find(
        found -> {
          if (!over) {
            left = new ArrayDeque<>(found);
            connectNext("the name has no address");
          }
        });
  }

  private void connectNext(String before) {
    Target target = left.poll();
    if (target == null) {
      end(Optional.of(before));
      return;
    }
    try {
      Fd opened = target.connect();
      socket = Optional.of(opened);
      watch = loop.watch(opened, Epoll.WRITABLE, () -> connected(target, opened));
    } catch (PosixException e) {
      closeSocket();
      connectNext(target + ": " + e.errno().message());
    }
  }

  private void connected(Target target, Fd opened) {
    loop.unwatch(watch);
    Optional<Errno> refusal;
    try {
      refusal = StreamSocket.refusal(opened);
    } catch (PosixException e) {
      refusal = Optional.of(e.errno());
    }
    if (refusal.isPresent()) {
      closeSocket();
      connectNext(target + ": " + refusal.get().message());
    } else {
      conversation.begin(opened, this::end);
    }
  }

  private void end(Optional<String> failure) {
    if (!over) {
      cancel();
      done.accept(failure);
    }
  }

  private void closeSocket() {
    loop.unwatch(watch);
    socket.ifPresent(Fd::close);
    socket = Optional.empty();
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      conversation.cancel();
      closeSocket();
    }
  }
}
