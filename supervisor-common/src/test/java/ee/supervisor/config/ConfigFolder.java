package ee.supervisor.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with a {@code supervisord.conf}, read for a test as on a machine with the host name
 * {@code host1}, the environment that {@link #env} gives, and the {@link KnownUsers}.
 */
final class ConfigFolder {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/root"));
  private Overrides overrides = Overrides.none();

  ConfigFolder(Path directory) {
    this.directory = directory;
  }

  ConfigFolder env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ConfigFolder overrides(Overrides given) {
    overrides = given;
    return this;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  ConfigFolder file(String name, String text) {
    return file(name, text.getBytes(UTF_8));
  }

  ConfigFolder file(String name, byte[] bytes) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Host host() {
    return new Host(
        environment,
        Path.of("/"),
        "host1",
        0,
        "/tmp",
        KnownUsers.INSTANCE,
        name -> Files.isDirectory(Path.of("/").resolve(name)),
        ConfigFiles.ON_DISK,
        true);
  }

  ConfigFile source() {
    return new ConfigFile(path("supervisord.conf").toString(), overrides, host());
  }

  /** Reads {@code text} as the main file. */
  Configuration read(String text) throws ConfigException {
    return file("supervisord.conf", text).source().load();
  }

  /** Reads a main file of a {@code [supervisord]} section and what is given. */
  Configuration readWith(String sections) throws ConfigException {
    return read("[supervisord]\n" + sections);
  }

  /** The message for a main file of a {@code [supervisord]} section and what is given. */
  String errorWith(String sections) {
    return error("[supervisord]\n" + sections);
  }

  /** The message for {@code text} as the main file. */
  String error(String text) {
    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(text));
    if (failure == null) {
      throw new AssertionError("accepted:\n" + text);
    }
    return failure.getMessage();
  }

  /** The processes of {@code [program:x]} with the options given, its command being {@code cat}. */
  List<ProcessConfig> programs(String options) throws ConfigException {
    return readWith("[program:x]\ncommand=cat\n" + options).groups().get(0).processes();
  }

  /** The one process of {@code [program:x]} with the options given. */
  ProcessConfig program(String options) throws ConfigException {
    return programs(options).get(0);
  }

  /** The message for {@code [program:x]} with the options given, less the part that names it. */
  String programError(String options) {
    String message = errorWith("[program:x]\ncommand=cat\n" + options);
    String whereabouts = " in section 'program:x' (file: '%s')".formatted(path("supervisord.conf"));
    if (!message.endsWith(whereabouts)) {
      throw new AssertionError("does not name its section: " + message);
    }
    return message.substring(0, message.length() - whereabouts.length());
  }
}
