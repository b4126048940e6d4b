package ee.supervisor.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A response; its length, and what HTTP itself needs, is the server's business.
 *
 * @param status such as 200
 * @param headers in the order sent
 * @param body what follows them
 */
public record HttpResponse(int status, Map<String, String> headers, Body body) {

  /** What is sent after the headers. */
  public sealed interface Body {

    /**
     * All of it, in memory.
     *
     * @param bytes not copied, nobody may change them
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(byte[] bytes) implements Body {}

    /**
     * Read while it is sent, since it may be larger than the heap.
     *
     * @param length in bytes, exactly: it is announced before the first is read
     * @param source is opened and read where a disk may be waited for, and closed whatever happens,
     *     opened or not; one that fails before its end ends the connection
     */
    record Streamed(long length, Source source) implements Body {}

    /**
     * Goes on until the client leaves, or the source ends.
     *
     * @param source is opened and read where a disk may be waited for, and closed whatever happens
     */
    record Endless(ByteSource.Opener source) implements Body {}
  }

  /** Opens what a {@link Body.Streamed} sends, and holds what that takes. */
  @FunctionalInterface
  public interface Source extends Closeable {
    /**
     * Opens it; once.
     *
     * @throws IOException when it cannot be read
     */
    InputStream open() throws IOException;

    /** Lets go of all that it holds, and closes what it has opened; idempotent. */
    @Override
    default void close() throws IOException {}
  }

  /**
   * What a client gets that gets nothing else: a page with the few words that go with the status
   * for people.
   */
  public static HttpResponse error(int status) {
    return text(status, "text/html", errorPage(status));
  }

  /** The page of {@link #error}. */
  public static String errorPage(int status) {
    return "<!DOCTYPE html>\n<title>Error %d</title>\n<h1>%d %s</h1>\n"
        .formatted(status, status, reason(status));
  }

  /** The words for an error's status, as Supervisor has them. */
  public static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 411 -> "Length Required";
      case 413 -> "Request Entity Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }

  /** A response that is text, in UTF-8. */
  public static HttpResponse text(int status, String contentType, String text) {
    return new HttpResponse(
        status, Map.of("Content-Type", contentType), new Body.Whole(text.getBytes(UTF_8)));
  }
}
