package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.budget.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;

/** Reads a piece of a log as the text of an XML element, a few kilobytes at a time. */
final class EscapedLog extends InputStream {
  private static final int PIECE_CHARS = 8192;

  /** What it holds is little, and there are as many as there are threads that read logs. */
  private static final MemoryBudget OWN = new MemoryBudget(Long.MAX_VALUE);

  private final InputStream log;

  /** Null until its turn comes: a response may hold many pieces. */
  private Reader reader;

  private XmlOutput text;
  private char[] chars;
  private byte[] ready = new byte[0];
  private int position;

  /** The first half of a character whose second half is yet to be read, or 0. */
  private char half;

  EscapedLog(InputStream log) {
    this.log = log;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position == ready.length && !fill()) {
      return -1;
    }
    int count = Math.min(length, ready.length - position);
    System.arraycopy(ready, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (position == ready.length && !fill()) {
      return 0;
    }
    int skipped = (int) Math.min(count, ready.length - position);
    position += skipped;
    return skipped;
  }

  private boolean fill() throws IOException {
    if (reader == null) {
      reader = new InputStreamReader(log, UTF_8);
      text = new XmlOutput(OWN, OWN.open());
      chars = new char[PIECE_CHARS + 1];
    }
    int start = 0;
    if (half != 0) {
      chars[start++] = half;
      half = 0;
    }
    int count = reader.read(chars, start, PIECE_CHARS);
    int end = start + Math.max(0, count);
    if (count > 0 && Character.isHighSurrogate(chars[end - 1])) {
      half = chars[--end];
    }
    if (end == 0 && half == 0) {
      return false;
    }
    text.text(chars, 0, end);
    ready = text.take();
    position = 0;
    return ready.length > 0 || fill();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
