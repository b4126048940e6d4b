package ee.supervisor.launcher.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.control.Supervisor;
import ee.supervisor.front.Front;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * Loads every class of the engine, the launcher and the doors, so that the JVM writes all of them
 * into the class-data archive, whatever the rehearsal's configuration makes use of. A single class
 * that is not in the archive costs a start some 30 ms and more: its jar has to be opened and read.
 *
 * <p>{@code make-archive} names it as an RPC interface without methods: that is loaded the way all
 * are, and nothing else has to know of it.
 */
public final class Rehearsal implements RpcInterfaceFactory {
  private static final String CLASS = ".class";

  /** One thing of each kind that Payara serves. */
  private static final List<String> PASSED_ON =
      List.of("/index.html", "/api/v1/processes", "/health", "/metrics", "/assets/x");

  /** What a rehearsal by a Unix socket does without. */
  private static final List<String> NETWORK =
      List.of(
          "io.netty.channel.socket.nio.NioServerSocketChannel",
          "io.netty.channel.socket.nio.NioServerSocketChannel$NioServerSocketChannelConfig",
          "io.netty.channel.socket.DefaultServerSocketChannelConfig");

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings)
      throws Exception {
    loadAll(Supervisor.class);
    loadAll(Front.class);
    loadAll(Rehearsal.class);
    // by name: the doors are compiled after the launcher
    loadAll(Class.forName("ee.supervisor.web.Doors"));
    for (String name : NETWORK) {
      Class.forName(name, false, Front.class.getClassLoader());
    }
    Thread client = new Thread(() -> rehearse(settings), "supervisor-rehearsal");
    client.setDaemon(true);
    client.start();
    return List.of();
  }

  /** Asks for what Payara serves, and makes a file when it has been sent. */
  private static void rehearse(Map<String, String> settings) {
    try {
      for (String path : PASSED_ON) {
        String response;
        do {
          response = get(Path.of(settings.get("socket")), path);
        } while (response.startsWith("HTTP/1.0 503"));
      }
      Files.createFile(Path.of(settings.get("done")));
    } catch (IOException e) {
      System.err.println("no rehearsal: " + e);
    }
  }

  private static String get(Path socket, String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
    }
  }

  private static void loadAll(Class<?> one) throws Exception {
    CodeSource source = one.getProtectionDomain().getCodeSource();
    try (JarFile jar = new JarFile(Path.of(source.getLocation().toURI()).toFile())) {
      List<String> names =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith("ee/") && name.endsWith(CLASS))
              .filter(name -> !name.endsWith("package-info.class"))
              .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
              .toList();
      if (names.isEmpty()) {
        throw new IOException("no classes in " + jar.getName());
      }
      for (String name : names) {
        Class.forName(name, false, one.getClassLoader());
      }
    }
  }
}
