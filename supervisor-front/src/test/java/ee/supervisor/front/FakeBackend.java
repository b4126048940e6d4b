package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for the server behind: takes requests one by one, and does with them what a test says. */
final class FakeBackend implements AutoCloseable {

  /** What is done with a request. */
  @FunctionalInterface
  interface Behaviour {
    void respond(String request, Socket connection) throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Behaviour behaviour;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  FakeBackend(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    thread(this::accept);
  }

  /** One that sends the same response each time. */
  static FakeBackend responding(String response) throws IOException {
    return new FakeBackend((request, connection) -> write(connection, response));
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  int port() {
    return server.getLocalPort();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "fake-backend");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        open.add(connection);
        connections.incrementAndGet();
        thread(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      while (true) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
          int next = in.read();
          if (next < 0) {
            return;
          }
          request.append((char) next);
        }
        String length = RawClient.header(request.toString(), "Content-Length");
        if (!length.isEmpty()) {
          request.append(new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1));
        }
        requests.add(request.toString());
        behaviour.respond(request.toString(), connection);
      }
    } catch (Exception e) {
      // broken off
    } finally {
      ended.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
