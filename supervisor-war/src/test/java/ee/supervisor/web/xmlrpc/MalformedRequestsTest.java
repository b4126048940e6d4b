package ee.supervisor.web.xmlrpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import ee.supervisor.xmlrpc.RpcClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand requests that nobody should send, over one door. */
class MalformedRequestsTest {
  private static final int REQUESTS = 10_000;

  /** Names that end nothing, so that a request which is well-formed after all does no harm. */
  private static final List<String> SEEDS =
      List.of(
          "<?xml version='1.0'?><methodCall><methodName>supervisor.getProcessInfo</methodName>"
              + "<params><param><value><string>cat</string></value></param></params></methodCall>",
          "<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>"
              + "<value><struct><member><name>methodName</name><value>supervisor.getState</value>"
              + "</member></struct></value></data></array></value></param></params></methodCall>",
          "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><methodCall><methodName>"
              + "&b;</methodName></methodCall>",
          "<methodCall><methodName>supervisor.readLog</methodName><params><param><value><int>0</int>"
              + "</value></param><param><value><i4>-1</i4></value></param></params></methodCall>");

  @Test
  void tenThousandMalformedRequestsChangeNothing(@TempDir Path directory) throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory).inet().program("cat", "/bin/cat");
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      await().until(() -> server.supervisor().process("cat").state() == ProcessState.RUNNING);
      int pid = server.supervisor().process("cat").pid();
      Random random = new Random(17);
      Map<Integer, Integer> responses = new TreeMap<>();
      for (int i = 0; i < REQUESTS; i++) {
        responses.merge(send(server.port(), mutated(random), random), 1, Integer::sum);
      }
      assertThat(responses.keySet()).isSubsetOf(0, 200, 400, 411, 413, 500);
      assertThat(responses.get(400)).isGreaterThan(REQUESTS / 3);
      assertThat(server.supervisor().process("cat").pid()).isEqualTo(pid);
      assertThat(new RpcClient(server.uri("/RPC2")).call("supervisor.getVersion")).isEqualTo("3.0");
    }
  }

  private static byte[] mutated(Random random) {
    String seed = SEEDS.get(random.nextInt(SEEDS.size()));
    byte[] body = seed.getBytes(UTF_8);
    switch (random.nextInt(5)) {
      case 0 -> body = Arrays.copyOf(body, random.nextInt(body.length));
      case 1 -> {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
      }
      case 2 ->
          body =
              ("<methodCall><methodName>a.b</methodName><params><param>"
                      + "<value><array><data>".repeat(1 + random.nextInt(400)))
                  .getBytes(UTF_8);
      case 3 -> {
        int at = seed.indexOf('>', random.nextInt(seed.length() - 1)) + 1;
        String inserted = "<value><nope a='" + "x".repeat(random.nextInt(2000)) + "'/>\u0000";
        body = (seed.substring(0, at) + inserted + seed.substring(at)).getBytes(UTF_8);
      }
      default -> random.nextBytes(body);
    }
    return body;
  }

  /** The status of the answer, 0 where the connection was closed without one. */
  private static int send(int port, byte[] body, Random random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      boolean truncated = random.nextInt(10) == 0;
      int length = truncated ? body.length + 1 + random.nextInt(100) : body.length;
      String head =
          "POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: " + length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);
      if (truncated) {
        return 0;
      }
      InputStream in = socket.getInputStream();
      String response = new String(in.readAllBytes(), ISO_8859_1);
      return response.isEmpty() ? 0 : Integer.parseInt(response.substring(9, 12));
    }
  }
}
