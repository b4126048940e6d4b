package ee.supervisor.xmlrpc;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.output.HeldLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects XML as the bytes that are sent, and never more of them than there is room for. What it
 * writes is accepted by every parser, whatever a log holds: a character that XML 1.0 cannot carry,
 * not even as a reference, becomes U+FFFD, and a carriage return goes as a reference, since a
 * parser would make a line feed of it.
 *
 * <p>Used by one thread at a time.
 */
final class XmlOutput {
  /** Logs that one response may hold open. */
  static final int MAX_LOGS = 16;

  private static final int FIRST_BYTES = 512;

  /** Of a response that is not accounted for: the state is returned however much others hold. */
  private static final int FREE_BYTES = 2048;

  private static final int CHUNK_BYTES = 64 << 10;

  /** Responses up to this size may use the last quarter of the budget, too. */
  private static final int SMALL_BYTES = 64 << 10;

  private static final int SCRATCH_CHARS = 256;

  /** What one character of a text takes at most: an ampersand. */
  private static final int MAX_BYTES_PER_CHAR = 5;

  private static final byte[] AMPERSAND = {'&', 'a', 'm', 'p', ';'};
  private static final byte[] LESS = {'&', 'l', 't', ';'};
  private static final byte[] GREATER = {'&', 'g', 't', ';'};
  private static final byte[] CARRIAGE_RETURN = {'&', '#', '1', '3', ';'};
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private final MemoryBudget budget;
  private final MemoryBudget.Account account;
  private final List<RpcResponse.Part> parts = new ArrayList<>(1);
  private final char[] scratch = new char[SCRATCH_CHARS];
  private byte[] chunk;
  private int size;
  private long capacity;
  private long accounted;
  private int logs;

  /**
   * @param account of {@code budget}; what is written is held in it, and stays there when this is
   *     forgotten
   */
  XmlOutput(MemoryBudget budget, MemoryBudget.Account account) {
    this.budget = budget;
    this.account = account;
    hold(FIRST_BYTES);
    chunk = new byte[FIRST_BYTES];
  }

  /** What was written; nothing can be written after it. */
  RpcResponse response() {
    endChunk();
    return new RpcResponse(parts);
  }

  /** Writes what is XML already. */
  void markup(byte[] xml) {
    room(xml.length);
    System.arraycopy(xml, 0, chunk, size, xml.length);
    size += xml.length;
  }

  /** Writes a text as the content of an element. */
  void text(String text) {
    int length = text.length();
    for (int start = 0, end; start < length; start = end) {
      end = Math.min(length, start + SCRATCH_CHARS);
      if (end < length && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      text.getChars(start, end, scratch, 0);
      text(scratch, 0, end - start);
    }
  }

  /** Writes a text as the content of an element; one that ends in half a character loses it. */
  void text(char[] text, int start, int end) {
    room(MAX_BYTES_PER_CHAR * (end - start));
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (c > '>' && c < 0x80) {
        chunk[size++] = (byte) c;
      } else if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        chunk[size++] = (byte) (0xc0 | (c >> 6));
        chunk[size++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c) && c < 0xfffe) {
        chunk[size++] = (byte) (0xe0 | (c >> 12));
        chunk[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        chunk[size++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text[i + 1])) {
        int point = Character.toCodePoint(c, text[++i]);
        chunk[size++] = (byte) (0xf0 | (point >> 18));
        chunk[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        chunk[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        chunk[size++] = (byte) (0x80 | (point & 0x3f));
      } else {
        put(REPLACEMENT);
      }
    }
  }

  private void ascii(char c) {
    switch (c) {
      case '&' -> put(AMPERSAND);
      case '<' -> put(LESS);
      case '>' -> put(GREATER);
      case '\r' -> put(CARRIAGE_RETURN);
      case '\t', '\n' -> chunk[size++] = (byte) c;
      default -> {
        if (c < ' ') {
          put(REPLACEMENT);
        } else {
          chunk[size++] = (byte) c;
        }
      }
    }
  }

  private void put(byte[] bytes) {
    for (byte b : bytes) {
      chunk[size++] = b;
    }
  }

  /**
   * Leaves a gap where a log is read into when the response is sent. The log is the response's from
   * now on, refused or not.
   */
  void log(HeldLog log) {
    endChunk();
    parts.add(new RpcResponse.Part.Log(log));
    if (++logs > MAX_LOGS) {
      throw new OversizeException("more than " + MAX_LOGS + " long logs in one response");
    }
  }

  /** Writes what {@code other} has collected, which must not be used any more. */
  void append(RpcResponse other) {
    endChunk();
    parts.addAll(other.parts());
    hold(other.heldBytes());
  }

  /** Copies what was written last, and writes on from the beginning; for pieces of a stream. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(chunk, size);
    size = 0;
    return taken;
  }

  private void endChunk() {
    if (size > 0) {
      parts.add(new RpcResponse.Part.Xml(chunk, size));
      chunk = new byte[0];
      size = 0;
    }
  }

  private void room(int bytes) {
    if (chunk.length - size >= bytes) {
      return;
    }
    int next = CHUNK_BYTES;
    if (chunk.length >= CHUNK_BYTES) {
      endChunk();
    } else {
      next = Math.min(CHUNK_BYTES, Math.max(FIRST_BYTES, 2 * chunk.length));
    }
    int wanted = Math.max(size + bytes, next);
    hold(wanted - chunk.length);
    chunk = Arrays.copyOf(chunk, wanted);
  }

  private void hold(long bytes) {
    capacity += bytes;
    long limit = budget.limit();
    if (capacity > limit / 2) {
      throw new OversizeException(
          "a response of more than " + limit / 2 + " bytes, which is all that one may take");
    }
    if (capacity <= FREE_BYTES) {
      return;
    }
    long more = capacity - accounted;
    boolean large = capacity > SMALL_BYTES && budget.held() + more > limit - limit / 4;
    if (large || !account.take(more)) {
      throw new OversizeException("too much waits to be sent to clients already");
    }
    accounted = capacity;
  }
}
