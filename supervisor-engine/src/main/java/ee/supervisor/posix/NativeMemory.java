package ee.supervisor.posix;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A block of memory that native calls may be pointed at. It lives in a direct buffer, which the
 * garbage collector frees once the block is out of use, and an {@link #address} alone does not
 * count as use: a block that lives for one call is closed after it.
 */
final class NativeMemory implements AutoCloseable {
  private static final int POINTER_BYTES = Long.BYTES;

  /** Null once it is closed. */
  private ByteBuffer bytes;

  private final long address;

  /** A zeroed block of {@code size} bytes. */
  NativeMemory(int size) {
    bytes = size <= SmallBlocks.BYTES ? SmallBlocks.take(size) : allocate(size);
    address = Native.addressOf(bytes);
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /**
   * Small blocks that were closed, to be used again: to make a child takes a dozen of them, and a
   * new direct buffer costs more than most of the calls that are pointed at it. Safe for all
   * threads.
   */
  private static final class SmallBlocks {
    /** The largest that is kept. */
    static final int BYTES = 512;

    private static final byte[] ZEROS = new byte[BYTES];
    private static final ByteBuffer[] FREE = new ByteBuffer[16];
    private static int count;

    private SmallBlocks() {}

    static ByteBuffer take(int size) {
      ByteBuffer block = takeFree();
      return block == null ? allocate(BYTES) : block.put(0, ZEROS, 0, size);
    }

    private static synchronized ByteBuffer takeFree() {
      return count == 0 ? null : FREE[--count];
    }

    static synchronized void giveBack(ByteBuffer block) {
      if (count < FREE.length) {
        FREE[count++] = block;
      }
    }
  }

  /** One {@code long}. */
  static NativeMemory ofLong(long value) {
    NativeMemory block = new NativeMemory(Long.BYTES);
    block.putLong(0, value);
    return block;
  }

  /** An array of {@code int}. */
  static NativeMemory ofInts(List<Integer> values) {
    NativeMemory block = new NativeMemory(values.size() * Integer.BYTES);
    for (int i = 0; i < values.size(); i++) {
      block.putInt(i * Integer.BYTES, values.get(i));
    }
    return block;
  }

  /** A copy of {@code content}. */
  static NativeMemory ofBytes(byte[] content) {
    NativeMemory block = new NativeMemory(content.length);
    block.bytes.put(0, content);
    return block;
  }

  /** {@code text} in UTF-8 with a NUL behind it: a {@code char *}. */
  static NativeMemory ofString(String text) {
    byte[] encoded = NativeText.encode(text);
    NativeMemory block = new NativeMemory(encoded.length + 1);
    block.bytes.put(0, encoded);
    return block;
  }

  /** A NULL-terminated array of strings in UTF-8, as argv and envp are. */
  static NativeMemory ofStrings(List<String> texts) {
    byte[][] encoded = new byte[texts.size()][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = NativeText.encode(texts.get(i));
    }
    return ofEncoded(encoded);
  }

  private static NativeMemory ofEncoded(byte[]... encoded) {
    int table = (encoded.length + 1) * POINTER_BYTES;
    int size = table;
    for (byte[] each : encoded) {
      size += each.length + 1;
    }
    NativeMemory block = new NativeMemory(size);
    int offset = table;
    for (int i = 0; i < encoded.length; i++) {
      block.bytes.putLong(i * POINTER_BYTES, block.address + offset);
      block.bytes.put(offset, encoded[i]);
      offset += encoded[i].length + 1;
    }
    return block;
  }

  /** An environment as execve(2) takes it. */
  static NativeMemory ofEnvironment(Map<String, String> variables) {
    if (variables instanceof ChildEnvironment known) {
      return ofEncoded(known.encoded());
    }
    byte[][] encoded = new byte[variables.size()][];
    int i = 0;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      encoded[i++] = NativeText.encode(variable.getKey() + "=" + variable.getValue());
    }
    return ofEncoded(encoded);
  }

  /** Where the block starts. */
  long address() {
    return address;
  }

  int getInt(int offset) {
    return bytes.getInt(offset);
  }

  /** The first {@code count} elements of an array of {@code int}. */
  List<Integer> getInts(int count) {
    return IntStream.range(0, count).mapToObj(i -> getInt(i * Integer.BYTES)).toList();
  }

  void putInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  long getLong(int offset) {
    return bytes.getLong(offset);
  }

  void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  /** Marks the end of its use; until here the collector leaves it alone. Idempotent. */
  @Override
  @SuppressWarnings("ReachabilityFenceUsage") // the caller's try statement is the finally block
  public void close() {
    Reference.reachabilityFence(this);
    if (bytes != null && bytes.capacity() == SmallBlocks.BYTES) {
      SmallBlocks.giveBack(bytes);
    }
    bytes = null;
  }

  int getUnsignedShort(int offset) {
    return Short.toUnsignedInt(bytes.getShort(offset));
  }
}
