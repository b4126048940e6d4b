package ee.supervisor.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that gives others supervisord's process id for as long as it runs. While it is claimed
 * it is locked, so that of two supervisords started on one configuration at the same time one
 * notices before it has touched anything of the other's.
 *
 * <p>The lock is on a byte that the configuration chooses: two configurations that name the same
 * pid file, as those do that name none, may run beside each other, as under Supervisor.
 */
final class Pidfile {
  private static final int MODE = 0666;

  /** A file that is longer holds no process id. */
  private static final int LONGEST = 32;

  private final Path path;
  private final String content = CurrentProcess.pid() + "\n";
  private final Optional<Fd> lock;

  private Pidfile(Path path, Optional<Fd> lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the file ours before it says so. What is no regular file (/dev/null, a FIFO) or cannot be
   * locked is nobody's.
   *
   * @param configuration the file that was read
   * @throws ClaimedException when a supervisord on the same configuration has it
   */
  static Pidfile claim(Path path, Path configuration) throws ClaimedException {
    long place = Integer.toUnsignedLong(configuration.toAbsolutePath().normalize().hashCode());
    try {
      while (true) {
        Fd fd = opened(path, Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_NONBLOCK);
        if (!Kernel.status(fd).isRegularFile()) {
          fd.close();
          return new Pidfile(path, Optional.empty());
        }
        if (!Kernel.tryLock(fd, place)) {
          fd.close();
          throw new ClaimedException(path);
        }
        if (Kernel.status(fd).links() > 0) {
          return new Pidfile(path, Optional.of(fd));
        }
        // removed by whoever had the lock until now
        fd.close();
      }
    } catch (PosixException e) {
      return new Pidfile(path, Optional.empty());
    }
  }

  private static Fd opened(Path path, int flags) throws PosixException {
    return Kernel.open(DescriptorPath.toOpen(path), flags, MODE);
  }

  /** As {@link #claim}, for a supervisord that runs: it goes on, whoever else has the file. */
  static Pidfile claimAgain(Path path, Path configuration, ActivityLog log) {
    try {
      return claim(path, configuration);
    } catch (ClaimedException e) {
      log.critical(e.getMessage());
      return new Pidfile(path, Optional.empty());
    }
  }

  /** Writes it. A supervisord without its pid file runs all the same, and says so. */
  void write(ActivityLog log) {
    int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_TRUNC | Kernel.O_NONBLOCK;
    ByteBuffer text = ByteBuffer.allocateDirect(LONGEST).put(content.getBytes(US_ASCII)).flip();
    // not to wait for the reader of a FIFO
    try (Fd fd = opened(path, flags)) {
      Kernel.write(fd, text);
      log.info("supervisord started with pid " + content.strip());
    } catch (PosixException e) {
      log.critical("could not write pidfile " + path);
    }
  }

  /**
   * Removes it if it is a regular file, or a link to one, that names this process, or was claimed
   * and is still empty. What another has written since is that one's.
   */
  void remove() {
    try {
      if (Files.isRegularFile(path) && Files.size(path) <= LONGEST) {
        String found = Files.readString(path, US_ASCII);
        boolean claimed =
            found.isEmpty()
                && lock.isPresent()
                && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        if (claimed || found.equals(content)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      // as the reference: a pid file that somebody made undeletable is no reason not to end
    }
    lock.ifPresent(Fd::close);
  }

  /** Another supervisord runs on the same configuration. */
  static final class ClaimedException extends Exception {
    private static final long serialVersionUID = 1L;

    ClaimedException(Path path) {
      super("another supervisord runs on this configuration: it has locked the pidfile " + path);
    }
  }
}
