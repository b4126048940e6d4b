package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A stream that keeps what is printed to it. */
final class RecordedStream extends PrintStream {
  private final ByteArrayOutputStream bytes;

  RecordedStream() {
    this(new ByteArrayOutputStream());
  }

  private RecordedStream(ByteArrayOutputStream bytes) {
    super(bytes, true, UTF_8);
    this.bytes = bytes;
  }

  String text() {
    return bytes.toString(UTF_8);
  }
}
