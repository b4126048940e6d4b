package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Speaks to a server byte by byte, as no HTTP library would. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final AutoCloseable connection;
  private final InputStream in;
  private final OutputStream out;

  private RawClient(AutoCloseable connection, InputStream in, OutputStream out) {
    this.connection = connection;
    this.in = in;
    this.out = out;
  }

  static RawClient of(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
  }

  /** One that breaks off when it is closed, as a client that was killed. */
  static RawClient breakingOff(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoLinger(true, 0);
    return of(socket);
  }

  static RawClient connect(int port) throws IOException {
    return connect(InetAddress.getLoopbackAddress(), port);
  }

  static RawClient connect(InetAddress address, int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
    return of(socket);
  }

  static RawClient connect(Path file) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
    return new RawClient(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
  }

  RawClient send(String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
    return this;
  }

  /** Sends nothing more, and still listens. */
  void endOutput() throws IOException {
    ((Socket) connection).shutdownOutput();
  }

  /** Sends a request and takes the response. */
  String ask(String text) throws IOException {
    return send(text).response();
  }

  /** Status line, headers and as much of the body as is announced. */
  String response() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    String length = header(head.toString(), "Content-Length");
    int count = length.isEmpty() ? 0 : Integer.parseInt(length);
    return head + new String(in.readNBytes(count), ISO_8859_1);
  }

  /** The value of a header, empty where it is missing. */
  static String header(String response, String name) {
    return response
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  /** All that comes until the server closes the connection. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(ISO_8859_1);
  }

  /** Some bytes that come next. */
  String some() throws IOException {
    byte[] bytes = new byte[8192];
    int count = in.read(bytes);
    return count < 0 ? "" : new String(bytes, 0, count, ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
