package ee.supervisor.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that a configuration is in; some, such as a pipe, can be read only once. */
public interface ConfigFiles {
  /** Files that can be read as often as one likes. */
  ConfigFiles ON_DISK =
      new ConfigFiles() {
        @Override
        public boolean exists(Path file) {
          return Files.exists(file);
        }

        @Override
        public byte[] read(Path file) throws IOException {
          return Files.readAllBytes(file);
        }
      };

  /** Whether the file is there, or was when it could be read. */
  boolean exists(Path file);

  /**
   * All that is in it.
   *
   * @throws IOException when it cannot be read
   */
  byte[] read(Path file) throws IOException;
}
