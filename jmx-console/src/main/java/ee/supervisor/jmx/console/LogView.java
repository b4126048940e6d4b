package ee.supervisor.jmx.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.jmx.client.LogPiece;
import ee.supervisor.jmx.client.ProcessRow;
import ee.supervisor.jmx.client.SupervisorClient;
import java.awt.BorderLayout;
import java.awt.Font;
import java.util.Optional;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.Timer;

/** The end of one process's log, as it grows while it can be seen. Confined to Swing's thread. */
final class LogView {
  private static final int INTERVAL_MILLIS = 500;
  private static final long FIRST_BYTES = 16 * 1024;
  private static final int MAX_CHARS = 1_000_000;

  private final RemoteCalls calls;
  private final JPanel panel = new JPanel(new BorderLayout());
  private final JLabel title = new JLabel("Select one process to see its log");
  private final JComboBox<String> channel = new JComboBox<>(new String[] {"stdout", "stderr"});
  private final JTextArea area = new JTextArea();
  private final Timer timer = new Timer(INTERVAL_MILLIS, e -> poll());
  private Optional<SupervisorClient> supervisor = Optional.empty();
  private String process = "";
  private String name = "";
  private long next;
  private boolean asking;
  private int generation;

  /** Nothing is shown yet. */
  LogView(RemoteCalls calls) {
    this.calls = calls;
    JPanel head = new JPanel(new BorderLayout());
    head.add(title, BorderLayout.CENTER);
    head.add(channel, BorderLayout.EAST);
    area.setName("log");
    area.setEditable(false);
    area.setFont(new Font(Font.MONOSPACED, Font.PLAIN, area.getFont().getSize()));
    panel.add(head, BorderLayout.NORTH);
    panel.add(new JScrollPane(area), BorderLayout.CENTER);
    channel.addActionListener(e -> begin());
    timer.start();
  }

  /** The component to show. */
  JComponent component() {
    return panel;
  }

  /** Asks {@code client} from now on. */
  void connect(SupervisorClient client) {
    supervisor = Optional.of(client);
    begin();
  }

  /** Shows the log of a process; what is shown already goes on. */
  void show(ProcessRow shown) {
    if (!shown.namespec().equals(process)) {
      process = shown.namespec();
      name = shown.shortName();
      begin();
    }
  }

  /** Ends the asking. */
  void close() {
    timer.stop();
  }

  private void begin() {
    generation++;
    asking = false;
    next = -FIRST_BYTES;
    area.setText("");
    if (!process.isEmpty()) {
      title.setText(name);
    }
    poll();
  }

  private void poll() {
    if (asking || process.isEmpty() || supervisor.isEmpty() || !panel.isShowing()) {
      return;
    }
    asking = true;
    int asked = generation;
    SupervisorClient client = supervisor.get();
    String subject = process;
    String stream = String.valueOf(channel.getSelectedItem());
    long from = next;
    calls.ask(
        () -> client.follow(subject, stream, from),
        piece -> show(piece, asked),
        problem -> complain(problem, asked));
  }

  private void show(LogPiece piece, int asked) {
    if (asked != generation) {
      return;
    }
    asking = false;
    next = piece.next();
    byte[] data = piece.data();
    if (data.length > 0) {
      area.append(new String(data, UTF_8));
      int excess = area.getDocument().getLength() - MAX_CHARS;
      if (excess > 0) {
        area.replaceRange("", 0, excess);
      }
      area.setCaretPosition(area.getDocument().getLength());
    }
  }

  private void complain(String problem, int asked) {
    if (asked == generation) {
      asking = false;
      title.setText(name + ": " + problem);
    }
  }
}
