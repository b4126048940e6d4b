package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.Map;

/** Speaks the event listener protocol with the supervisord that started us. */
final class ListenerLoop {
  private final BufferedReader in;
  private final OutputStream out;

  /**
   * A listener that has said nothing yet.
   *
   * @param in our stdin
   * @param out our stdout; nobody else may write to it
   */
  ListenerLoop(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.out = out;
  }

  /**
   * Lets {@code watcher} hear events until supervisord closes our stdin.
   *
   * @throws IOException what the watcher throws: we end without a result, so that supervisord sends
   *     the event again
   */
  void run(Watcher watcher) throws IOException {
    while (true) {
      say("READY\n");
      String header = in.readLine();
      if (header == null) {
        return;
      }
      Map<String, String> fields = Notice.pairs(header);
      String payload = read(Integer.parseInt(fields.get("len")));
      watcher.hear(Notice.of(fields.get("eventname"), payload));
      say("RESULT 2\nOK");
    }
  }

  private void say(String words) throws IOException {
    out.write(words.getBytes(US_ASCII));
    out.flush();
  }

  /** {@code len} counts code points, of which some are two chars here. */
  private String read(int codePoints) throws IOException {
    StringBuilder text = new StringBuilder(codePoints);
    for (int read = 0; read < codePoints; read++) {
      char first = readChar();
      text.append(first);
      if (Character.isHighSurrogate(first)) {
        text.append(readChar());
      }
    }
    return text.toString();
  }

  private char readChar() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException("supervisord closed our stdin within an event");
    }
    return (char) read;
  }
}
