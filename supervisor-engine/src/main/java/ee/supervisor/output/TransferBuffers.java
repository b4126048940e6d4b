package ee.supervisor.output;

import java.nio.ByteBuffer;

/**
 * The direct buffers that a thread moves output with: made once, since making them costs more than
 * what they carry.
 *
 * @param input what was read
 * @param output what is to be written, when it isn't what was read
 */
record TransferBuffers(ByteBuffer input, ByteBuffer output) {
  /**
   * What a pipe holds by default. Larger ones are slower (256 KiB: 1.4 s of CPU for a GiB to tmpfs,
   * 64 KiB: 1.0 s), since they don't stay in the CPU's nearest caches.
   */
  static final int BYTES = 64 << 10;

  private static final ThreadLocal<TransferBuffers> OF_THREAD =
      ThreadLocal.withInitial(
          () ->
              new TransferBuffers(
                  ByteBuffer.allocateDirect(BYTES), ByteBuffer.allocateDirect(BYTES)));

  /** Those of this thread; whoever uses one has it to himself until he returns. */
  static TransferBuffers ofThread() {
    return OF_THREAD.get();
  }
}
