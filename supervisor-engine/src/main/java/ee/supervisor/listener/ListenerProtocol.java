package ee.supervisor.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.config.LogLevel;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows what one listener process writes to its stdout, and with it the listener's state (manual:
 * "Event Listener Notification Protocol"). A process that is started again gets a new one. Confined
 * to the control loop.
 */
final class ListenerProtocol {

  /** What came of a RESULT. */
  enum Verdict {
    ACCEPTED,
    REJECTED,
    /** The result handler itself failed. */
    ERROR
  }

  /** Owner of the event that the listener works on. */
  interface Judge {

    /** Decides on the event in hand; called while the state is BUSY. */
    Verdict judge(Bytes result);

    /** The event in hand was not dealt with; called after the state has changed. */
    void notProcessed();
  }

  /** Longest payload of a RESULT taken, in bytes: no liar's number makes us collect more. */
  static final int MAX_RESULT_BYTES = 1024 * 1024;

  /** Longest line taken where {@code RESULT n} should stand, in bytes. */
  static final int MAX_RESULT_LINE_BYTES = 1024;

  private static final byte[] READY_LINE = "READY\n".getBytes(US_ASCII);
  private static final int RESULT_PREFIX_LENGTH = "RESULT ".length();
  private static final Pattern LENGTH = Pattern.compile("\\s*\\+?0*(\\d{1,9})\\s*");

  private final String name;
  private final Judge judge;
  private final EventLog log;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private ListenerState state = ListenerState.ACKNOWLEDGED;
  private OptionalInt resultLength = OptionalInt.empty();

  /**
   * The protocol of a process that was just started.
   *
   * @param name the process's name, for the log
   * @param judge decides on results
   * @param log takes transitions (DEBG) and violations (WARN)
   */
  ListenerProtocol(String name, Judge judge, EventLog log) {
    this.name = name;
    this.judge = judge;
    this.log = log;
  }

  ListenerState state() {
    return state;
  }

  /** The listener, READY until now, was sent an event. */
  void eventSent() {
    // Supervisor logs no transition here; the pool's line says which event.
    state = ListenerState.BUSY;
  }

  /** The event could not be delivered after all. */
  void eventReturned() {
    state = ListenerState.READY;
  }

  /** Takes what the process wrote, cut anywhere. */
  void receive(Bytes chunk) {
    if (state == ListenerState.UNKNOWN) {
      return;
    }
    pending.writeBytes(chunk.toByteArray());
    boolean progress = true;
    while (progress && pending.size() > 0) {
      progress =
          switch (state) {
            case ACKNOWLEDGED -> takeReady();
            case READY -> violated();
            case BUSY -> resultLength.isEmpty() ? takeResultLine() : takeResult();
            case UNKNOWN -> false;
          };
    }
  }

  private boolean takeReady() {
    if (pending.size() < READY_LINE.length) {
      return false;
    }
    byte[] data = pending.toByteArray();
    if (!Arrays.equals(data, 0, READY_LINE.length, READY_LINE, 0, READY_LINE.length)) {
      return violated();
    }
    change(ListenerState.READY);
    keep(data, READY_LINE.length);
    return true;
  }

  private boolean takeResultLine() {
    byte[] data = pending.toByteArray();
    int end = indexOfNewline(data);
    if (end < 0 && data.length <= MAX_RESULT_LINE_BYTES) {
      return false;
    }
    int lineLength = Math.min(end < 0 ? data.length : end, MAX_RESULT_LINE_BYTES);
    byte[] line = Arrays.copyOf(data, lineLength);
    resultLength = end < 0 ? OptionalInt.empty() : lengthIn(line);
    if (resultLength.isEmpty()) {
      log.log(
          LogLevel.WARN,
          () -> "%s: bad result line: '%s'".formatted(name, Bytes.copyOf(line).text()));
      violated();
      judge.notProcessed();
      return false;
    }
    keep(data, end + 1);
    return takeResult();
  }

  private boolean takeResult() {
    int length = resultLength.getAsInt();
    if (pending.size() < length) {
      return false;
    }
    byte[] data = pending.toByteArray();
    keep(data, length);
    resultLength = OptionalInt.empty();
    conclude(judge.judge(Bytes.copyOf(Arrays.copyOf(data, length))));
    return true;
  }

  private void conclude(Verdict verdict) {
    switch (verdict) {
      case ACCEPTED -> {
        log.log(LogLevel.DEBG, () -> name + ": event was processed");
        change(ListenerState.ACKNOWLEDGED);
      }
      case REJECTED -> {
        log.log(LogLevel.WARN, () -> name + ": event was rejected");
        change(ListenerState.ACKNOWLEDGED);
        judge.notProcessed();
      }
      case ERROR -> {
        log.log(LogLevel.WARN, () -> name + ": event caused an error");
        violated();
        judge.notProcessed();
      }
    }
  }

  private boolean violated() {
    change(ListenerState.UNKNOWN);
    log.log(
        LogLevel.WARN,
        () ->
            name
                + ": has entered the UNKNOWN state and will no longer receive events, this usually"
                + " indicates the process violated the eventlistener protocol");
    pending.reset();
    return false;
  }

  private void change(ListenerState to) {
    ListenerState from = state;
    log.log(LogLevel.DEBG, () -> "%s: %s -> %s".formatted(name, from, to));
    state = to;
  }

  private void keep(byte[] data, int from) {
    pending.reset();
    pending.write(data, from, data.length - from);
  }

  private static int indexOfNewline(byte[] data) {
    for (int i = 0; i < data.length; i++) {
      if (data[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /**
   * The length a result line gives. As in Supervisor nobody looks at the word before it: listeners
   * that misspell RESULT work there. A negative or absurd number, which Supervisor would wait for
   * without end, is none.
   */
  private static OptionalInt lengthIn(byte[] line) {
    String text = new String(line, US_ASCII);
    Matcher number = LENGTH.matcher(text.substring(Math.min(RESULT_PREFIX_LENGTH, text.length())));
    if (!number.matches()) {
      return OptionalInt.empty();
    }
    int length = Integer.parseInt(number.group(1));
    return length <= MAX_RESULT_BYTES ? OptionalInt.of(length) : OptionalInt.empty();
  }
}
