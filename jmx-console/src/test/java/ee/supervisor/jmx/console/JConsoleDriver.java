package ee.supervisor.jmx.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.io.File;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.SwingUtilities;

/**
 * The operator of a test: runs JConsole in this JVM, opens the tab "Supervisor" and stops a program
 * with the mouse. Arguments: what JConsole is started with, then the program, then the file for a
 * screenshot.
 */
final class JConsoleDriver {
  private static final long PATIENCE_SECONDS = 60;

  private final Robot robot;

  private JConsoleDriver() throws Exception {
    robot = new Robot();
    robot.setAutoWaitForIdle(true);
  }

  public static void main(String[] arguments) throws Exception {
    int own = 2;
    String[] forJConsole = Arrays.copyOf(arguments, arguments.length - own);
    Class.forName("sun.tools.jconsole.JConsole")
        .getMethod("main", String[].class)
        .invoke(null, (Object) forJConsole);
    JConsoleDriver driver = new JConsoleDriver();
    File screenshot = new File(arguments[arguments.length - 1]);
    int status = 1;
    try {
      openTab();
      stop(arguments[arguments.length - own]);
      status = 0;
    } catch (Exception | Error e) {
      System.out.println(e);
    } finally {
      driver.screenshot(screenshot);
      // JConsole's own threads would keep the JVM alive.
      Runtime.getRuntime().halt(status);
    }
  }

  private static void openTab() throws Exception {
    // JConsole wants to be told that a connection within this machine needs no TLS.
    AbstractButton insecure =
        find(AbstractButton.class, b -> "Insecure connection".equals(b.getText()));
    onSwing(
        () -> {
          insecure.doClick();
          return null;
        });
    JTabbedPane tabs = find(JTabbedPane.class, t -> t.indexOfTab("Supervisor") >= 0);
    onSwing(
        () -> {
          tabs.setSelectedIndex(tabs.indexOfTab("Supervisor"));
          return null;
        });
  }

  private static void stop(String program) throws Exception {
    JTable table = find(JTable.class, t -> "processes".equals(t.getName()));
    await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> onSwing(() -> row(table, program)).isPresent());
    onSwing(
        () -> {
          // At once with the look for the row: the table sorts itself anew at each refresh.
          Rectangle cell = table.getCellRect(row(table, program).orElseThrow(), 0, false);
          click(table, new Point((int) cell.getCenterX(), (int) cell.getCenterY()));
          return null;
        });
    AbstractButton stop =
        find(AbstractButton.class, b -> "Stop".equals(b.getName()) && b.isEnabled());
    onSwing(
        () -> {
          click(stop, new Point(stop.getWidth() / 2, stop.getHeight() / 2));
          return null;
        });
    await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> onSwing(() -> state(table, program)), "STOPPED"::equals);
  }

  private static Optional<Integer> row(JTable table, String program) {
    return Stream.iterate(0, i -> i < table.getRowCount(), i -> i + 1)
        .filter(i -> program.equals(table.getValueAt(i, 0)))
        .findFirst();
  }

  private static String state(JTable table, String program) {
    return row(table, program).map(row -> table.getValueAt(row, 1).toString()).orElse("");
  }

  private void screenshot(File file) throws Exception {
    robot.waitForIdle();
    ImageIO.write(
        robot.createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())),
        "png",
        file);
  }

  /**
   * The events of a click, handed to the very component: the pointer of a screen without window
   * manager may find the windows still moving.
   */
  private static void click(Component component, Point where) {
    dispatch(component, MouseEvent.MOUSE_PRESSED, InputEvent.BUTTON1_DOWN_MASK, where);
    dispatch(component, MouseEvent.MOUSE_RELEASED, 0, where);
    dispatch(component, MouseEvent.MOUSE_CLICKED, 0, where);
  }

  private static void dispatch(Component component, int id, int modifiers, Point where) {
    component.dispatchEvent(
        new MouseEvent(
            component,
            id,
            System.currentTimeMillis(),
            modifiers,
            where.x,
            where.y,
            1,
            false,
            MouseEvent.BUTTON1));
  }

  private static <T extends Component> T find(Class<T> type, Predicate<T> wanted) {
    return await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(
            () ->
                onSwing(
                    () ->
                        all()
                            .filter(type::isInstance)
                            .map(type::cast)
                            .filter(Component::isShowing)
                            .filter(wanted)
                            .findFirst()),
            Optional::isPresent)
        .orElseThrow();
  }

  private static Stream<Component> all() {
    return Arrays.stream(Frame.getFrames()).flatMap(JConsoleDriver::within);
  }

  private static Stream<Component> within(Component component) {
    return component instanceof Container container
        ? Stream.concat(
            Stream.of(component),
            Arrays.stream(container.getComponents()).flatMap(JConsoleDriver::within))
        : Stream.of(component);
  }

  private static <T> T onSwing(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    SwingUtilities.invokeLater(task);
    return task.get();
  }
}
