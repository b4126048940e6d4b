package ee.supervisor.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.event.Channel;
import ee.supervisor.output.OutputListener;
import ee.supervisor.output.OutputTap;
import ee.supervisor.text.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Keeps the last line that a command wrote, which mostly says why it failed; no events are made of
 * what it writes. Written on the output thread, read on any.
 */
final class LastLine implements OutputListener, OutputTap {
  private static final int LONGEST = 200;

  private final byte[] line = new byte[LONGEST];
  private int length;
  private boolean complete;

  @Override
  public Optional<OutputTap> tap() {
    return Optional.of(this);
  }

  @Override
  public synchronized boolean see(Channel channel, ByteBuffer data) {
    while (data.hasRemaining()) {
      byte next = data.get();
      if (next == '\n') {
        complete = true;
      } else {
        if (complete) {
          complete = false;
          length = 0;
        }
        if (length < LONGEST) {
          line[length++] = next;
        }
      }
    }
    return true;
  }

  /** The line behind {@code separator}; nothing if nothing was written. */
  synchronized String behind(String separator) {
    String text = new String(line, 0, length, UTF_8).replaceAll("\\p{Cntrl}", " ").strip();
    return text.isEmpty() ? "" : separator + text;
  }

  @Override
  public void processLog(Channel channel, Bytes data, Runnable done) {
    done.run();
  }

  @Override
  public void communication(Channel channel, Bytes data, Runnable done) {
    done.run();
  }

  @Override
  public void protocol(Bytes data, Runnable done) {
    done.run();
  }
}
