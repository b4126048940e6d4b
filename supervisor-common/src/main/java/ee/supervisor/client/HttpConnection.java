package ee.supervisor.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Speaks HTTP/1.1 over a connection that is open: one request, one response, and again.
 *
 * <p>Hand-made: {@code java.net.http.HttpClient} starts several threads and takes longer to load
 * than a whole {@code supervisorctl status}, and it knows no Unix-domain sockets.
 */
final class HttpConnection implements Closeable {
  private final Closeable socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * Takes a connection over.
   *
   * @param socket what {@link #close} closes
   * @param in what the server sends
   * @param out what the server gets
   */
  HttpConnection(Closeable socket, InputStream in, OutputStream out) {
    this.socket = socket;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /**
   * Sends a request and reads the head of the response.
   *
   * @param method such as {@code POST}
   * @param target path and query
   * @param headers all headers but {@code Content-Length}
   * @param body the content, empty for none
   * @return the response, its body yet to be read; read it before the next request
   * @throws IOException if the connection breaks or what comes back isn't HTTP
   */
  ServerResponse exchange(String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] request = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, request, 0, headBytes.length);
    System.arraycopy(body, 0, request, headBytes.length, body.length);
    out.write(request);
    out.flush();
    return ServerResponse.read(in);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
