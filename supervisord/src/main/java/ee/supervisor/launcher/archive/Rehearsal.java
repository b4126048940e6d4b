package ee.supervisor.launcher.archive;

import ee.supervisor.control.Supervisor;
import ee.supervisor.front.Front;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.io.IOException;
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

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings)
      throws Exception {
    loadAll(Supervisor.class);
    loadAll(Front.class);
    loadAll(Rehearsal.class);
    // by name: the doors are compiled after the launcher
    loadAll(Class.forName("ee.supervisor.door.Doors"));
    return List.of();
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
