package ee.supervisor.launcher.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file of another process manager, to be written as a {@code supervisord.conf}. */
public final class ForeignFile {
  /** Larger than any that people write. */
  private static final int LONGEST = 4 << 20;

  private static final String HEAD =
      """
      ; Made from %s by supervisord --import.
      ; Read the comments, then: supervisord --check -c FILE

      [supervisord]
      logfile = %%(here)s/supervisord.log
      pidfile = %%(here)s/supervisord.pid
      childlogdir = %%(here)s

      [unix_http_server]
      file = %%(here)s/supervisor.sock

      [rpcinterface:supervisor]
      supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

      [supervisorctl]
      serverurl = unix://%%(here)s/supervisor.sock
      """;

  private final String name;
  private final Path path;

  /**
   * @param name as it was given; errors name it so
   */
  public ForeignFile(String name) {
    this.name = name;
    this.path = Path.of(name).toAbsolutePath().normalize();
  }

  /**
   * The configuration that does what the file asks for, with a comment for all that none can.
   *
   * @throws ImportException when the file cannot be read, is of no known kind, or is wrong
   */
  public String toConfiguration() throws ImportException {
    List<Program> programs = programs();
    Set<String> names = new HashSet<>();
    for (Program program : programs) {
      if (!names.add(program.name())) {
        throw new ImportException(name, "two programs are called " + program.name());
      } else if (!program.hasCommand()) {
        throw new ImportException(
            name,
            "the command of " + program.name() + " has a control character, such as a line end");
      }
    }
    StringBuilder text = new StringBuilder(HEAD.formatted(Words.oneLine(name)));
    for (Program program : programs) {
      text.append('\n').append(program);
    }
    return text.toString();
  }

  private List<Program> programs() throws ImportException {
    String file = String.valueOf(path.getFileName());
    if (file.matches("(?i).*\\.([cm]?js|ts)")) {
      throw new ImportException(
          name,
          "this is a program, which only Node can run; write it as JSON first: node -p"
              + " 'JSON.stringify(require(\"./"
              + file
              + "\"))' > ecosystem.config.json");
    } else if (file.matches("(?i).*\\.ya?ml")) {
      throw new ImportException(name, "YAML is not read; write it as JSON first");
    } else if (file.endsWith(".json")) {
      return new Pm2File(name, path.getParent(), text()).programs();
    } else if (file.endsWith(".service")) {
      return List.of(new UnitFile(name, file, text()).program());
    } else if (file.matches("(?i)Procfile(\\..+)?|.+\\.procfile")) {
      return new Procfile(name, path.getParent(), text()).programs();
    }
    throw new ImportException(
        name,
        "only a systemd unit (NAME.service), a file of pm2 (NAME.json) or a Procfile can be"
            + " imported");
  }

  private String text() throws ImportException {
    try {
      if (Files.isDirectory(path)) {
        throw new ImportException(name, "is a directory");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LONGEST + 1);
      }
      if (bytes.length > LONGEST) {
        throw new ImportException(name, "is larger than " + (LONGEST >> 20) + " MB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new ImportException(name, "no such file");
    } catch (CharacterCodingException e) {
      throw new ImportException(name, "is not UTF-8");
    } catch (IOException e) {
      throw new ImportException(name, "cannot be read: " + e.getMessage());
    }
  }
}
