package ee.supervisor.ctl.logs;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Interrupt;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Shows several logs in one stream. */
final class Merged {
  /** A thread does nothing but read: hundreds of them must not take much. */
  private static final int STACK_BYTES = 128 << 10;

  private final Session session;
  private final LinePrefix prefix;
  private final LineTime times = new LineTime(ZoneId.systemDefault(), Instant.now());

  /** The end of what has been shown of each log, which those that follow it may send again. */
  private final Map<LogSource, String> shownEnds = new HashMap<>();

  private final Set<LogSource> absent = new HashSet<>();

  Merged(Session session, LinePrefix prefix) {
    this.session = session;
    this.prefix = prefix;
  }

  /**
   * A line of the past, and when it was written; with the time of the one before if it has none.
   */
  private record Dated(LogSource source, Instant time, String line) {}

  /** What is left of one log, and its place among the others. */
  private record Rest(int number, Deque<Dated> lines) {
    Instant next() {
      return lines.getFirst().time();
    }
  }

  /** Shows what was written already, by the time of its lines as far as they have one. */
  void showPast(List<LogSource> sources, Past past) throws IOException, RpcFault {
    int bytes = past.bytes(sources.size());
    PriorityQueue<Rest> rests =
        new PriorityQueue<>(Comparator.comparing(Rest::next).thenComparing(Rest::number));
    for (LogSource source : sources) {
      Optional<String> text = read(source, bytes);
      if (text.isPresent() && past.lines() > 0) {
        Deque<Dated> lines = wanted(source, text.get(), bytes, past);
        if (!lines.isEmpty()) {
          rests.add(new Rest(rests.size(), lines));
        }
      }
    }
    while (!rests.isEmpty()) {
      Rest rest = rests.poll();
      Dated line = rest.lines().removeFirst();
      write(line.source(), line.line());
      if (!rest.lines().isEmpty()) {
        rests.add(rest);
      }
    }
    complainOfAbsent(sources);
  }

  private Optional<String> read(LogSource source, int bytes) throws IOException, RpcFault {
    try {
      String text =
          String.valueOf(
              session.server().call(source.channel().reader(), source.process(), -bytes, 0));
      shownEnds.put(source, text.substring(Math.max(0, text.length() - Overlap.MAX)));
      return Optional.of(text);
    } catch (RpcFault fault) {
      // no log: stderr goes to stdout, or nowhere; or the process is gone by now
      if (fault.code() != FaultCode.NO_FILE
          && fault.code() != FaultCode.FAILED
          && fault.code() != FaultCode.BAD_NAME) {
        throw fault;
      }
      absent.add(source);
      return Optional.empty();
    }
  }

  private Deque<Dated> wanted(LogSource source, String text, int bytes, Past past) {
    List<String> all = new ArrayList<>(text.lines().toList());
    boolean isCut = text.length() >= bytes;
    if (isCut && all.size() > 1) {
      // the middle of a line
      all.remove(0);
    }
    List<String> last = all.subList(Math.max(0, all.size() - past.lines()), all.size());
    Deque<Dated> lines = new ArrayDeque<>();
    Instant time = Instant.EPOCH;
    boolean isDated = false;
    for (String line : last) {
      Optional<Instant> own = times.of(line);
      isDated |= own.isPresent();
      // a clock that was set back doesn't bring lines of one log out of their order
      time = own.isPresent() && own.get().isAfter(time) ? own.get() : time;
      if (past.since().isEmpty() || !time.isBefore(past.since().get())) {
        lines.add(new Dated(source, time, line));
      }
    }
    if (past.since().isPresent() && !last.isEmpty()) {
      if (!isDated) {
        session.complain(
            source.process()
                + ": lines of its "
                + source.channel().word()
                + " have no date, so --since shows none of them");
      } else if (isCut && lines.size() == last.size()) {
        session.complain(
            source.process()
                + ": only the last "
                + bytes / 1024
                + " kB of its "
                + source.channel().word()
                + " were looked at");
      }
    }
    return lines;
  }

  /** Who has one log of the two has all that was asked for. */
  private void complainOfAbsent(List<LogSource> sources) {
    Set<String> present = new HashSet<>();
    sources.stream().filter(s -> !absent.contains(s)).forEach(s -> present.add(s.process()));
    Set<String> told = new HashSet<>();
    for (LogSource source : sources) {
      if (!present.contains(source.process()) && told.add(source.process())) {
        session.complain(source.process() + ": ERROR (no log file)");
        session.exitStatus(ExitStatus.GENERIC);
      }
    }
  }

  private void write(LogSource source, String line) {
    byte[] bytes = prefix.put(source, line).getBytes(StandardCharsets.UTF_8);
    session.write(bytes, bytes.length);
  }

  /** Shows what is added, until the operator has enough or no server is left. */
  void follow(List<LogSource> sources) {
    List<InputStream> logs = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (LogSource source : sources) {
      if (absent.contains(source)) {
        continue;
      }
      try {
        InputStream log = session.server().follow(source.path());
        logs.add(log);
        threads.add(new Thread(null, () -> copy(source, log), source.path(), STACK_BYTES));
      } catch (HttpStatusException e) {
        session.complain(
            source.process()
                + ": "
                + source.channel().word()
                + " cannot be followed, status code "
                + e.status());
        session.exitStatus(ExitStatus.GENERIC);
      } catch (IOException e) {
        session.complain(session.serverUrl() + source.path() + " " + e.getMessage());
        session.exitStatus(ExitStatus.GENERIC);
        break;
      }
    }
    Interrupt interrupt = Interrupt.take(() -> logs.forEach(Merged::close));
    try {
      for (Thread thread : threads) {
        thread.setDaemon(true);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      interrupt.giveBack();
      logs.forEach(Merged::close);
    }
  }

  private void copy(LogSource source, InputStream log) {
    new LineReader(Overlap.after(log, shownEnds.getOrDefault(source, "")), "")
        .forEach(line -> write(source, line));
  }

  private static void close(InputStream log) {
    try {
      log.close();
    } catch (IOException e) {
      // nothing more is wanted of it
    }
  }
}
