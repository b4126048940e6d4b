package ee.supervisor.jmx.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javax.management.Notification;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.text.BadLocationException;

/** The latest events as lines, newest last. Confined to Swing's thread. */
final class EventLines {
  private static final int MAX_LINES = 2000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final JTextArea area = new JTextArea();
  private final JScrollPane scroll = new JScrollPane(area);
  private long lastSequence;

  EventLines() {
    area.setName("events");
    area.setEditable(false);
  }

  /** The component to show. */
  JComponent component() {
    return scroll;
  }

  /** Adds what a notification says; a gap in the numbers is shown too. */
  void add(Notification notification) {
    long sequence = notification.getSequenceNumber();
    if (lastSequence != 0 && sequence > lastSequence + 1) {
      append("(%d events were missed)".formatted(sequence - lastSequence - 1));
    }
    lastSequence = sequence;
    Instant when = Instant.ofEpochMilli(notification.getTimeStamp());
    append(TIME.format(when.atZone(ZoneId.systemDefault())) + "  " + notification.getMessage());
  }

  /** Forgets the numbers: a new connection counts anew. */
  void restart() {
    lastSequence = 0;
  }

  private void append(String line) {
    area.append(line + "\n");
    int excess = area.getLineCount() - MAX_LINES;
    if (excess > 0) {
      try {
        area.replaceRange("", 0, area.getLineStartOffset(excess));
      } catch (BadLocationException e) {
        throw new IllegalStateException(e);
      }
    }
    area.setCaretPosition(area.getDocument().getLength());
  }
}
