package ee.supervisor.web.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.http.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.concurrent.Executor;

/**
 * A followed log as {@code text/event-stream}: each message is a JSON string with the next piece of
 * the log, lines and all. Bytes that are no UTF-8 become U+FFFD.
 */
final class LogFeed implements ByteSource {
  private static final int PIECE_BYTES = 16_384;

  private final ByteSource log;
  private final ByteBuffer bytes = ByteBuffer.allocate(PIECE_BYTES);
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer pending = UTF_8.encode(": following\n\n");

  LogFeed(ByteSource log) {
    this.log = log;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!pending.hasRemaining() && !advance()) {
      return 0;
    }
    int count = Math.min(target.remaining(), pending.remaining());
    target.put(pending.slice().limit(count));
    pending.position(pending.position() + count);
    return count;
  }

  private boolean advance() throws IOException {
    while (log.read(bytes) > 0) {
      bytes.flip();
      CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
      decoder.decode(bytes, text, false);
      // half a character waits for its other half
      bytes.compact();
      if (text.flip().hasRemaining()) {
        pending = UTF_8.encode("data: " + JsonWriter.string(text.toString()) + "\n\n");
        return true;
      }
    }
    return false;
  }

  @Override
  public void onReadable(Executor executor, Runnable callback) {
    log.onReadable(executor, callback);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
