package ee.supervisor.ctl.top;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.AttributedString;

/**
 * Runs the screen: what keys, server and terminal have to say comes to one thread, which then draws
 * once for all of it.
 */
final class Top {
  /** A log may grow by thousands of lines a second, and no eye follows more pictures than that. */
  private static final long FRAME_MILLIS = 40;

  private static final String KEYS =
      "? help  / filter  o sort  Space mark  s start  x stop  r restart  l log  q quit";
  private static final String LOG_KEYS =
      "Up Down PgUp PgDn Home End move  Tab stdout/stderr  q back";

  private final Session session;
  private final Table table;
  private final View view;
  private final Orders orders;
  private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
  private final Semaphore asked = new Semaphore(0);
  private final AtomicBoolean logHasChanged = new AtomicBoolean();

  private volatile Duration interval;
  private volatile boolean left;

  // all below belong to the thread that draws
  private boolean measured = true;
  private boolean answered;
  private String message = "";
  private Instant messageUntil = Instant.EPOCH;
  private String trouble = "";
  private boolean isRedrawn;
  private boolean isHelpShown;
  private boolean isFilterTyped;
  private Orders.Verb unconfirmed;
  private LogPane pane;

  Top(Session session, Table table, Duration interval, boolean coloured) {
    this.session = session;
    this.table = table;
    this.interval = interval;
    view = new View(session.serverUrl(), coloured);
    orders = new Orders(session::anotherServer, this::tellLater);
  }

  /** Shows the screen until the operator leaves it. */
  void run() throws IOException {
    try (FullScreen screen = FullScreen.open(() -> happened.add(() -> {}))) {
      Keyboard keyboard = screen.keyboard();
      Thread keys = daemon("keys", () -> readKeys(keyboard));
      daemon("programs", this::readPrograms);
      while (!left) {
        happened.take().run();
        Thread.sleep(FRAME_MILLIS);
        for (Runnable next = happened.poll(); next != null && !left; next = happened.poll()) {
          next.run();
        }
        if (!left) {
          if (isRedrawn) {
            isRedrawn = false;
            screen.redraw();
          }
          screen.show(this::lines);
        }
      }
      keyboard.close();
      keys.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left = true;
      closeLog();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private List<AttributedString> lines(int rows, int columns) {
    if (pane != null) {
      return view.log(pane, LOG_KEYS, rows, columns);
    }
    if (isHelpShown) {
      return view.help("", rows, columns);
    }
    return view.table(table, measured, bottom(), rows, columns, Instant.now().getEpochSecond());
  }

  private String bottom() {
    if (unconfirmed != null) {
      return unconfirmed.word() + " " + meant() + "? y/n";
    }
    if (isFilterTyped) {
      return "/" + table.filter() + "_";
    }
    if (!trouble.isEmpty()) {
      return trouble;
    }
    if (!answered) {
      return "waiting for the server";
    }
    return Instant.now().isBefore(messageUntil) ? message : KEYS;
  }

  private String meant() {
    List<Program> programs = table.meant();
    return programs.size() == 1 ? programs.get(0).name() : programs.size() + " programs";
  }

  private void tellLater(String text) {
    happened.add(() -> tell(text));
    asked.release();
  }

  private void tell(String text) {
    message = text;
    messageUntil = Instant.now().plusSeconds(5);
  }

  // what the server says

  private void readPrograms() {
    Server server = session.anotherServer();
    Fleet fleet = new Fleet(server);
    while (!left) {
      try {
        List<Program> programs = fleet.ask();
        boolean isMeasured = fleet.isMeasured();
        happened.add(() -> take(programs, isMeasured));
      } catch (IOException | RpcFault | RuntimeException e) {
        server.disconnect();
        String why = e instanceof RpcFault fault ? fault.text() : String.valueOf(e.getMessage());
        happened.add(() -> trouble = "cannot ask the server: " + why + "; trying again");
      }
      try {
        // what was done to a program shows at once
        if (asked.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
          Thread.sleep(100);
          asked.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void take(List<Program> programs, boolean isMeasured) {
    trouble = "";
    if (!isMeasured && measured) {
      tell("this server does not tell of processor, memory and restarts");
    }
    answered = true;
    measured = isMeasured;
    table.programs(programs);
  }

  // what the operator says

  private void readKeys(Keyboard keyboard) {
    try {
      for (Key key = keyboard.next(); key != null && !left; key = keyboard.next()) {
        Key pressed = key;
        happened.add(() -> pressed(pressed));
      }
    } catch (IOException e) {
      // the terminal is gone, as at the end of input
    }
    happened.add(() -> left = true);
  }

  private void pressed(Key key) {
    if (key.kind() == Key.Kind.INTERRUPT) {
      left = true;
    } else if (key.kind() == Key.Kind.REDRAW) {
      isRedrawn = true;
    } else if (pane != null) {
      pressedInLog(key);
    } else if (isHelpShown) {
      isHelpShown = false;
    } else if (unconfirmed != null) {
      confirm(key);
    } else if (isFilterTyped) {
      typeFilter(key);
    } else {
      pressedInTable(key);
    }
  }

  private void confirm(Key key) {
    if (key.is('y') || key.is('Y')) {
      orders.give(unconfirmed, table.meant());
      tell(unconfirmed.word() + " " + meant());
      table.unmark();
    }
    unconfirmed = null;
  }

  private void typeFilter(Key key) {
    String text = table.filter();
    switch (key.kind()) {
      case CHARACTER -> table.filter(text + Character.toString(key.character()));
      case BACKSPACE -> {
        if (text.isEmpty()) {
          isFilterTyped = false;
        } else {
          table.filter(text.substring(0, text.offsetByCodePoints(text.length(), -1)));
        }
      }
      case ESCAPE -> {
        table.filter("");
        isFilterTyped = false;
      }
      case ENTER -> isFilterTyped = false;
      case UP -> table.move(-1);
      case DOWN -> table.move(1);
      default -> {}
    }
  }

  private void pressedInTable(Key key) {
    switch (key.kind()) {
      case UP -> table.move(-1);
      case DOWN -> table.move(1);
      case PAGE_UP -> table.move(-10);
      case PAGE_DOWN -> table.move(10);
      case HOME -> table.move(Integer.MIN_VALUE / 2);
      case END -> table.move(Integer.MAX_VALUE / 2);
      case ENTER -> openLog(false);
      case ESCAPE -> table.filter("");
      case CHARACTER -> typedInTable(key.character());
      default -> {}
    }
  }

  private void typedInTable(int character) {
    switch (character) {
      case 'q' -> left = true;
      case '?', 'h' -> isHelpShown = true;
      case 'k' -> table.move(-1);
      case 'j' -> table.move(1);
      case ' ' -> table.toggle();
      case 'a' -> table.markShown();
      case 'u' -> table.unmark();
      case 's' -> ask(Orders.Verb.START);
      case 'x' -> ask(Orders.Verb.STOP);
      case 'r' -> ask(Orders.Verb.RESTART);
      case 'l' -> openLog(false);
      case '/' -> isFilterTyped = true;
      case 'o' -> table.sort(next(table.sort()));
      case 'O' -> table.sort(table.sort());
      case '+' -> slower(2);
      case '-' -> slower(0.5);
      default -> sortBy(character);
    }
  }

  private static Column next(Column column) {
    List<Column> columns = List.of(Column.values());
    return columns.get((columns.indexOf(column) + 1) % columns.size());
  }

  private void sortBy(int key) {
    for (Column column : Column.values()) {
      if (column.key() == key) {
        table.sort(column);
      }
    }
  }

  private void slower(double factor) {
    long millis = (long) (interval.toMillis() * factor);
    interval = Duration.ofMillis(Math.max(500, Math.min(60_000, millis)));
    tell("the server is asked every " + interval.toMillis() / 1000.0 + " s");
  }

  /** A single start is nothing that has to be asked twice. */
  private void ask(Orders.Verb verb) {
    List<Program> programs = table.meant();
    if (programs.isEmpty()) {
      return;
    }
    if (verb == Orders.Verb.START && programs.size() == 1) {
      orders.give(verb, programs);
      table.unmark();
    } else {
      unconfirmed = verb;
    }
  }

  private void openLog(boolean stderr) {
    List<Program> shown = table.shown();
    if (!shown.isEmpty()) {
      openLog(shown.get(table.position()), stderr);
    }
  }

  private void openLog(Program program, boolean stderr) {
    closeLog();
    pane = new LogPane(program, stderr, session.anotherServer(), this::logChanged);
  }

  private void logChanged() {
    if (logHasChanged.compareAndSet(false, true)) {
      happened.add(() -> logHasChanged.set(false));
    }
  }

  private void closeLog() {
    if (pane != null) {
      pane.close();
      pane = null;
    }
  }

  private void pressedInLog(Key key) {
    switch (key.kind()) {
      case UP -> pane.move(-1);
      case DOWN -> pane.move(1);
      case PAGE_UP -> pane.move(-20);
      case PAGE_DOWN -> pane.move(20);
      case HOME -> pane.jump(false);
      case END -> pane.jump(true);
      case TAB -> openLog(pane.program(), !pane.isStderr());
      case ESCAPE -> closeLog();
      case CHARACTER -> {
        switch (key.character()) {
          case 'q', 'l' -> closeLog();
          case 'k' -> pane.move(-1);
          case 'j' -> pane.move(1);
          case ' ', 'f' -> pane.move(20);
          case 'b' -> pane.move(-20);
          case 'g' -> pane.jump(false);
          case 'G' -> pane.jump(true);
          default -> {}
        }
      }
      default -> {}
    }
  }
}
