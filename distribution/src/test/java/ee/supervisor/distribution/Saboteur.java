package ee.supervisor.distribution;

import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A third party's interface that breaks the engine for good: it closes the epoll descriptors of the
 * engine's loops once the file that it is told of is there.
 */
public final class Saboteur implements RpcInterfaceFactory {
  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings)
      throws IOException {
    // the engine is made before its interfaces, the front after them
    List<Integer> loops = epollDescriptors();
    Thread thread = new Thread(() -> closeWhen(Path.of(settings.get("file")), loops), "saboteur");
    thread.setDaemon(true);
    thread.start();
    return List.of();
  }

  private static List<Integer> epollDescriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(Saboteur::isEpoll)
          .map(fd -> Integer.valueOf(fd.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isEpoll(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:[eventpoll]");
    } catch (IOException e) {
      return false; // that of the listing itself
    }
  }

  private static void closeWhen(Path file, List<Integer> descriptors) {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(1_000_000);
    }
    try {
      Method close =
          Class.forName("ee.supervisor.posix.LibC").getDeclaredMethod("close", int.class);
      close.setAccessible(true);
      for (int descriptor : descriptors) {
        close.invoke(null, descriptor);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
