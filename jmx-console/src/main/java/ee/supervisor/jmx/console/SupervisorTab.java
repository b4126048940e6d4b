package ee.supervisor.jmx.console;

import ee.supervisor.jmx.client.CallRefusedException;
import ee.supervisor.jmx.client.ProcessRow;
import ee.supervisor.jmx.client.SupervisorClient;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.management.AttributeChangeNotification;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.JToolBar;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.Timer;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/**
 * The tab: the table of processes with its buttons, and below it the log of the selected process
 * and the events. Confined to Swing's thread.
 */
final class SupervisorTab implements AutoCloseable {
  /** After a notification: long enough to see a burst as one, too short to be noticed. */
  private static final int SOON_MILLIS = 200;

  private static final Dimension DETAILS = new Dimension(600, 260);
  private static final int FILTER_COLUMNS = 16;
  private static final double TABLE_SHARE = 0.6;

  private final RemoteCalls calls = new RemoteCalls();
  private final ProcessGrid table = new ProcessGrid();
  private final EventLines events = new EventLines();
  private final LogView log = new LogView(calls);
  private final JLabel status = new JLabel("Not connected");
  private final JLabel outcome = new JLabel();
  private final JPanel panel = new JPanel(new BorderLayout());
  private final Timer soon = new Timer(SOON_MILLIS, e -> refresh());
  private final NotificationListener listener =
      (notification, handback) -> SwingUtilities.invokeLater(() -> tell(notification));
  private Optional<SupervisorClient> supervisor = Optional.empty();

  /** A command on one process. */
  private interface Command {
    void give(SupervisorClient client, String name) throws IOException, CallRefusedException;
  }

  SupervisorTab() {
    soon.setRepeats(false);
    status.setName("status");
    outcome.setName("outcome");
    JTabbedPane details = new JTabbedPane();
    details.setPreferredSize(DETAILS);
    details.addTab("Log", log.component());
    details.addTab("Events", events.component());
    JSplitPane split =
        new JSplitPane(JSplitPane.VERTICAL_SPLIT, new JScrollPane(table.component()), details);
    split.setResizeWeight(TABLE_SHARE);
    panel.add(toolBar(), BorderLayout.NORTH);
    panel.add(split, BorderLayout.CENTER);
    JPanel foot = new JPanel(new BorderLayout());
    foot.add(status, BorderLayout.WEST);
    foot.add(outcome, BorderLayout.EAST);
    panel.add(foot, BorderLayout.SOUTH);
    table
        .component()
        .getSelectionModel()
        .addListSelectionListener(
            e -> {
              List<ProcessRow> selected = table.selected();
              if (selected.size() == 1) {
                log.show(selected.get(0));
              }
            });
  }

  private JToolBar toolBar() {
    JToolBar bar = new JToolBar();
    bar.setFloatable(false);
    bar.add(button("Start", SupervisorClient::start));
    bar.add(button("Stop", SupervisorClient::stop));
    bar.add(button("Restart", SupervisorTab::restart));
    bar.addSeparator();
    bar.add(new JLabel("Filter: "));
    JTextField filter = new JTextField(FILTER_COLUMNS);
    filter.setName("filter");
    filter.getDocument().addDocumentListener(new OnChange(() -> table.filter(filter.getText())));
    bar.add(filter);
    return bar;
  }

  private JButton button(String text, Command command) {
    JButton button = new JButton(text);
    button.setName(text);
    button.addActionListener(e -> onSelected(text, command));
    return button;
  }

  private static void restart(SupervisorClient client, String name)
      throws IOException, CallRefusedException {
    if (client.process(name).pid() != 0) {
      client.stop(name);
    }
    client.start(name);
  }

  private void onSelected(String what, Command command) {
    if (supervisor.isEmpty()) {
      return;
    }
    SupervisorClient client = supervisor.get();
    for (ProcessRow row : table.selected()) {
      outcome.setText("%s %s ...".formatted(what, row.shortName()));
      calls.ask(
          () -> {
            command.give(client, row.namespec());
            return row.shortName();
          },
          done -> {
            outcome.setText("%s %s: done".formatted(what, done));
            refresh();
          },
          problem -> outcome.setText("%s %s: %s".formatted(what, row.shortName(), problem)));
    }
  }

  /** What JConsole shows. */
  JPanel panel() {
    return panel;
  }

  /** Shows the supervisord at the other end of {@code client} from now on. */
  void connect(SupervisorClient client) {
    supervisor = Optional.of(client);
    events.restart();
    log.connect(client);
    calls.ask(
        () -> {
          if (!client.isThere()) {
            throw new IOException("there is no supervisord in this JVM");
          }
          client.subscribe(listener);
          return client.processes();
        },
        this::show,
        status::setText);
  }

  /** Brings the table up to date, on JConsole's own schedule. */
  SwingWorker<?, ?> refresher() {
    Optional<SupervisorClient> asked = supervisor;
    return new SwingWorker<List<ProcessRow>, Void>() {
      @Override
      protected List<ProcessRow> doInBackground() throws IOException {
        return asked.isPresent() ? asked.get().processes() : List.of();
      }

      @Override
      protected void done() {
        try {
          show(get());
        } catch (ExecutionException e) {
          status.setText(String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private void refresh() {
    supervisor.ifPresent(client -> calls.ask(client::processes, this::show, status::setText));
  }

  private void show(List<ProcessRow> processes) {
    table.model().show(processes);
    status.setText(table.model().summary());
  }

  private void tell(Notification notification) {
    events.add(notification);
    if (notification instanceof AttributeChangeNotification change
        && notification.getUserData() instanceof Map<?, ?> subject) {
      table
          .model()
          .tell(
              subject.get("group") + ":" + subject.get("name"),
              String.valueOf(change.getNewValue()));
    }
    soon.restart();
  }

  @Override
  public void close() {
    log.close();
    soon.stop();
    Optional<SupervisorClient> left = supervisor;
    supervisor = Optional.empty();
    left.ifPresent(
        client ->
            calls.ask(
                () -> {
                  client.unsubscribe(listener);
                  return client;
                },
                done -> calls.close(),
                problem -> calls.close()));
  }

  /** Runs something after every change of a text. */
  private record OnChange(Runnable action) implements DocumentListener {
    @Override
    public void insertUpdate(DocumentEvent e) {
      action.run();
    }

    @Override
    public void removeUpdate(DocumentEvent e) {
      action.run();
    }

    @Override
    public void changedUpdate(DocumentEvent e) {
      action.run();
    }
  }
}
