package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Status line and headers of one response, with what shows the client where its body ends: that is
 * the front's business, whoever made the response.
 *
 * @param version that of the request, as the reference has it
 * @param status such as 200
 * @param headers in order, without any about length or connection
 * @param framing how the body's end is marked
 * @param length of the body, where {@code framing} is {@link Framing#LENGTH}; negative for none to
 *     be stated
 * @param persistent whether the connection goes on
 */
record ResponseHead(
    HttpVersion version,
    int status,
    Iterable<Map.Entry<String, String>> headers,
    Framing framing,
    long length,
    boolean persistent) {

  /** How a client knows where a body ends. */
  enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSED
  }

  private static final int USUAL_BYTES = 256;

  /** Names in English whatever the locale; not RFC_1123_DATE_TIME, which leaves a day short. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The header as it was made last. */
  @SuppressWarnings("ArrayRecordComponent") // only written out
  private record Stamp(long second, byte[] line) {}

  private static volatile Stamp latest = new Stamp(0, new byte[0]);

  /** As it goes over the wire, with room for {@code more} bytes behind it. */
  ByteBuf encode(int more) {
    ByteBuf out = Unpooled.buffer(USUAL_BYTES + more);
    ascii(out, version.text());
    out.writeByte(' ');
    ascii(out, Integer.toString(status));
    out.writeByte(' ');
    ascii(out, HttpResponseStatus.valueOf(status).reasonPhrase());
    end(out);
    out.writeBytes(date());
    for (Map.Entry<String, String> header : headers) {
      line(out, header.getKey(), header.getValue());
    }
    switch (framing) {
      case LENGTH -> {
        if (length >= 0) {
          line(out, "Content-Length", Long.toString(length));
        }
      }
      case CHUNKED -> line(out, "Transfer-Encoding", "chunked");
      case UNTIL_CLOSED -> {}
    }
    if (!persistent) {
      line(out, "Connection", "close");
    } else if (version.minorVersion() == 0) {
      line(out, "Connection", "Keep-Alive");
    }
    end(out);
    return out;
  }

  private static byte[] date() {
    long second = System.currentTimeMillis() / 1000;
    Stamp known = latest;
    if (known.second() != second) {
      String line = "Date: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n";
      known = new Stamp(second, line.getBytes(US_ASCII));
      latest = known;
    }
    return known.line();
  }

  /** A line end in a value would begin a header of somebody else's. */
  private static void line(ByteBuf out, String name, String value) {
    ascii(out, name);
    out.writeByte(':').writeByte(' ');
    int start = out.writerIndex();
    out.writeCharSequence(value, ISO_8859_1);
    for (int i = start; i < out.writerIndex(); i++) {
      byte written = out.getByte(i);
      if (written == '\r' || written == '\n' || written == 0) {
        out.setByte(i, ' ');
      }
    }
    end(out);
  }

  private static void ascii(ByteBuf out, String text) {
    out.writeCharSequence(text, US_ASCII);
  }

  private static void end(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
  }
}
