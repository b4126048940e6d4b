package ee.supervisor.ctl.top;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.ctl.action.PrintableText;
import ee.supervisor.ctl.logs.FollowedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds the last lines of a log that is followed, and which of them are in view. */
final class LogPane {
  private static final int MAX_LINES = 5000;
  private static final int MAX_LENGTH = 2000;

  private final Program program;
  private final boolean stderr;
  private final FollowedLog log;
  private final Runnable changed;

  /** Guarded by this object: a thread of its own reads the log. */
  private final List<String> lines = new ArrayList<>();

  /** How many lines the view is above the end; 0 follows it. */
  private int above;

  LogPane(Program program, boolean stderr, Server server, Runnable changed) {
    this.program = program;
    this.stderr = stderr;
    this.log = new FollowedLog(server, program.id(), stderr);
    this.changed = changed;
    Thread thread = new Thread(this::read, "log");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try {
      log.forEach(this::add);
      add("[the log has ended]");
    } catch (IOException e) {
      add("[the log cannot be read: " + e.getMessage() + "]");
    } catch (RpcFault fault) {
      add("[" + (stderr ? "stderr" : "stdout") + " has no log: " + fault.text() + "]");
    }
  }

  private void add(String line) {
    String text = PrintableText.of(line);
    synchronized (this) {
      lines.add(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
      if (above > 0) {
        // who reads above the end stays where he is
        above++;
      }
      if (lines.size() > MAX_LINES + 500) {
        lines.subList(0, 500).clear();
      }
    }
    changed.run();
  }

  Program program() {
    return program;
  }

  boolean isStderr() {
    return stderr;
  }

  synchronized boolean isAtEnd() {
    return above == 0;
  }

  /** Moves the view; rows below 0 lead up. */
  synchronized void move(int rows) {
    above = Math.max(0, Math.min(lines.size() - 1, above - rows));
  }

  /** To the first line, or to the end. */
  synchronized void jump(boolean toEnd) {
    above = toEnd ? 0 : Math.max(0, lines.size() - 1);
  }

  /** The lines in view. */
  synchronized List<String> view(int rows) {
    int end = Math.max(Math.min(rows, lines.size()), lines.size() - above);
    return List.copyOf(lines.subList(Math.max(0, end - rows), end));
  }

  void close() {
    try {
      log.close();
    } catch (IOException e) {
      // nothing more is wanted of it
    }
  }
}
