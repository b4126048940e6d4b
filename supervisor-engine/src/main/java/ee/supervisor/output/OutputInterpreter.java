package ee.supervisor.output;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogLevel;
import ee.supervisor.event.Channel;
import ee.supervisor.text.Bytes;
import ee.supervisor.text.PythonText;
import java.nio.ByteBuffer;

/**
 * Sends what a child wrote to one channel where it belongs: its log, the activity log, events,
 * captured communication. One for each run of a child. Confined to its process's strand.
 */
final class OutputInterpreter {
  private final ProcessLogs logs;
  private final Channel channel;
  private final ChannelLog log;
  private final ChannelConfig config;
  private final ActivityLog activityLog;
  private final OutputListener listener;
  private final HeldData held;
  private final boolean isProtocol;
  private final boolean toActivityLog;
  private final CaptureBuffer capture;
  private final CommunicationScanner scanner;
  private boolean capturing;

  /** Null where nothing taps, which is nearly everywhere. */
  private OutputTap tap;

  OutputInterpreter(
      ProcessLogs logs,
      Channel channel,
      ActivityLog activityLog,
      OutputListener listener,
      HeldData held) {
    this.logs = logs;
    this.channel = channel;
    this.activityLog = activityLog;
    this.listener = listener;
    this.held = held;
    log = logs.log(channel);
    config = channel == Channel.STDOUT ? logs.config().stdout() : logs.config().stderr();
    isProtocol = logs.isEventListener() && channel == Channel.STDOUT;
    toActivityLog = activityLog.isEnabled(LogLevel.DEBG);
    capture = new CaptureBuffer(config.captureMaxbytes(), MemoryBudget.ofEngine());
    scanner = new CommunicationScanner(new Recorder());
    tap = listener.tap().orElse(null);
  }

  /** Takes a direct buffer of output, and consumes it. */
  void take(ByteBuffer data) {
    if (tap != null) {
      show(data.duplicate());
    }
    if (isPlain()) {
      log.append(data);
      return;
    }
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (isProtocol) {
      protocol(bytes);
    } else if (config.captureMaxbytes() > 0) {
      scanner.feed(bytes);
    } else {
      record(bytes);
    }
  }

  /** Whatever becomes of that, the output is for the log. */
  private void show(ByteBuffer data) {
    try {
      if (!tap.see(channel, data)) {
        tap = null;
      }
    } catch (Throwable thrown) {
      tap = null;
      activityLog.error("what " + named() + " writes is looked at no longer: " + thrown);
    }
  }

  /** Lets go of what was captured and has not come to its end. */
  void close() {
    capture.close();
  }

  private boolean isPlain() {
    return !isProtocol
        && !toActivityLog
        && !logs.stripsAnsi()
        && !log.hasSyslog()
        && !config.eventsEnabled()
        && config.captureMaxbytes() == 0;
  }

  private void protocol(byte[] data) {
    if (toActivityLog) {
      activityLog.debug(named() + " output:\n" + Bytes.copyOf(data).literal());
    }
    log.append(stripped(data));
    listener.protocol(Bytes.copyOf(data), held.hold(data.length));
  }

  private void record(byte[] output) {
    byte[] data = stripped(output);
    if (capturing) {
      capture.append(data);
    } else {
      log.append(data);
    }
    if (toActivityLog) {
      activityLog.debug(named() + " output:\n" + Bytes.copyOf(data).text());
    }
    if (config.eventsEnabled()) {
      listener.processLog(channel, Bytes.copyOf(data), held.hold(data.length));
    }
  }

  private byte[] stripped(byte[] data) {
    return logs.stripsAnsi() ? AnsiEscapes.strip(data) : data;
  }

  private String named() {
    return PythonText.repr(logs.config().name()) + ' ' + channel;
  }

  /** What the scanner finds. */
  private final class Recorder implements CommunicationScanner.Sink {
    @Override
    public void text(byte[] data) {
      record(data);
    }

    @Override
    public void begin() {
      capturing = true;
    }

    @Override
    public void end() {
      capturing = false;
      byte[] said = capture.take();
      listener.communication(channel, Bytes.copyOf(said), held.hold(said.length));
      if (toActivityLog) {
        activityLog.debug(named() + " emitted a comm event");
      }
    }
  }
}
