package ee.supervisor.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Holds the head of an HTTP response, and its body as far as it has come.
 *
 * @param status the code, such as 200
 * @param reason the words beside the code, perhaps empty
 * @param keepAlive whether the connection may carry another request
 * @param body what follows the head, without its chunking; ends with the response
 */
record ServerResponse(int status, String reason, boolean keepAlive, InputStream body) {
  private static final int MAX_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 100;

  /**
   * Reads a head.
   *
   * @param in what the server sends
   * @return the response
   * @throws ConnectionLostException if the server closed the connection before it responded
   * @throws IOException if the connection breaks or what comes isn't HTTP
   */
  static ServerResponse read(InputStream in) throws IOException {
    String line;
    try {
      line = line(in);
    } catch (EOFException e) {
      throw new ConnectionLostException();
    }
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/")) {
      throw new IOException("not an HTTP response: \"" + line + "\"");
    }
    int status = number(words[1], 10, line);
    Map<String, String> headers = headers(in);
    boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
    String length = headers.get("content-length");
    boolean endless = !chunked && length == null;
    String connection = headers.getOrDefault("connection", "");
    boolean close =
        "HTTP/1.0".equals(words[0])
            ? !"keep-alive".equalsIgnoreCase(connection)
            : "close".equalsIgnoreCase(connection);
    InputStream body =
        chunked
            ? new ChunkedInput(in)
            : endless ? in : new LimitedInput(in, number(length, 10, "Content-Length: " + length));
    return new ServerResponse(status, words.length > 2 ? words[2] : "", !close && !endless, body);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < MAX_HEADERS; i++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    throw new IOException("an HTTP response of more than " + MAX_HEADERS + " headers");
  }

  static int number(String text, int radix, String where) throws IOException {
    try {
      return Integer.parseInt(text.trim(), radix);
    } catch (NumberFormatException e) {
      throw new IOException("not an HTTP response: \"" + where + "\"", e);
    }
  }

  /** Reads up to the next line end, which is not part of what is returned. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (line.length() < MAX_LINE_BYTES) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the server closed the connection in the middle of its response");
      }
      if (b == '\n') {
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
          line.setLength(end);
        }
        return line.toString();
      }
      line.append((char) b);
    }
    throw new IOException("an HTTP response with a line of more than " + MAX_LINE_BYTES + " bytes");
  }
}
