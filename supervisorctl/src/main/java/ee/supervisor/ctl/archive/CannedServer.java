package ee.supervisor.ctl.archive;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Responds to every call as a supervisord with one program would, so that a client can be
 * exercised.
 */
final class CannedServer implements Closeable {
  private static final String INFO =
      "<value><struct>"
          + member("name", "<string>web</string>")
          + member("group", "<string>web</string>")
          + member("statename", "<string>RUNNING</string>")
          + member("state", "<int>20</int>")
          + member("description", "<string>pid 1, uptime 0:00:01</string>")
          + member("pid", "<int>1</int>")
          + "</struct></value>";

  private final ServerSocket socket;

  CannedServer() throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "canned server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private static String member(String name, String value) {
    return "<member><name>" + name + "</name><value>" + value + "</value></member>";
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        converse(client);
      } catch (IOException e) {
        // the client or we ourselves have gone; the next accept shows which
      }
    }
  }

  private static void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = client.getOutputStream();
    int length = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
      } else if (line.isEmpty()) {
        char[] body = new char[length];
        for (int got = 0; got < length; ) {
          got += Math.max(in.read(body, got, length - got), 0);
        }
        out.write(response(new String(body)).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private static String response(String call) {
    String value = "<value><string>3.0</string></value>";
    if (call.contains("getAllProcessInfo")) {
      value = "<value><array><data>" + INFO + "</data></array></value>";
    } else if (call.contains("getProcessInfo")) {
      value = INFO;
    } else if (call.contains("startProcess")) {
      value = "<value><boolean>1</boolean></value>";
    }
    String body =
        "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n"
            + value
            + "</param>\n</params>\n</methodResponse>\n";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
