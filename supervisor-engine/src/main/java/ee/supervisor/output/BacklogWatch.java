package ee.supervisor.output;

import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the output thread wait for a FIFO or device that takes its time, while it serves others.
 * Confined to its strand.
 */
final class BacklogWatch {
  private final Reactor reactor;
  private final Strand strand;
  private final LogFile file;
  private final List<Runnable> waiting = new ArrayList<>();
  private Optional<Fd> watched = Optional.empty();
  private long token;

  BacklogWatch(Reactor reactor, Strand strand, LogFile file) {
    this.reactor = reactor;
    this.strand = strand;
    this.file = file;
  }

  /** Runs {@code action} when nothing is held back any more, or nothing has moved for a while. */
  void whenCaughtUp(Runnable action) {
    waiting.add(action);
    proceed();
  }

  private void proceed() {
    if (!file.hasBacklog() || !file.writableSignal().equals(watched)) {
      unwatch();
    }
    if (file.hasBacklog() && watched.isEmpty()) {
      watch(file.writableSignal().orElseThrow());
    }
    if (file.isBehind()) {
      reactor.after(strand, LogFile.PATIENCE, this::proceed);
    } else {
      List<Runnable> actions = List.copyOf(waiting);
      waiting.clear();
      actions.forEach(Runnable::run);
    }
  }

  private void watch(Fd fd) {
    try {
      token = reactor.watch(strand, fd, Epoll.WRITABLE, events -> writable());
      watched = Optional.of(fd);
    } catch (PosixException e) {
      // Not a kind of file that can be waited for: the next write will show.
      watched = Optional.empty();
    }
  }

  private void writable() {
    file.writeBacklog();
    if (!file.hasBacklog()) {
      proceed();
    }
  }

  private void unwatch() {
    watched.ifPresent(fd -> reactor.unwatch(token));
    watched = Optional.empty();
  }
}
