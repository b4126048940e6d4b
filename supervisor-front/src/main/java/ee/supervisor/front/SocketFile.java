package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.posix.PermissionBits;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The file of {@code [unix_http_server]}: made with mode and owner as configured, never visible
 * without its mode, and taken away again when it is closed.
 */
public final class SocketFile implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int MAX_ATTEMPTS = 10;

  /** Type of a file in its mode, and that of a socket: inode(7). */
  private static final int S_IFMT = 0170000;

  private static final int S_IFSOCK = 0140000;

  private final Path path;
  private final ServerSocketChannel server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SocketFile(Path path, ServerSocketChannel server) {
    this.path = path;
    this.server = server;
  }

  /**
   * Makes the socket and listens on it. A stale socket that nobody serves is replaced, which stderr
   * tells; what is no socket stays, and is an error.
   *
   * @throws BindException when another program serves it
   * @throws OwnerException when it cannot be given to the owner that is configured
   * @throws IOException when it cannot be made for another reason
   */
  public static SocketFile bind(HttpServerConfig.Unix config) throws IOException {
    Path path = Path.of(config.file());
    Path temporary = Path.of(config.file() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(temporary);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(temporary), BACKLOG);
      Files.setPosixFilePermissions(temporary, PermissionBits.of(config.chmod()));
      own(temporary, path, config.chown());
      link(temporary, path);
      return new SocketFile(path, server);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Where clients find it. */
  public Path path() {
    return path;
  }

  /** Where connections come in. */
  ServerSocketChannel server() {
    return server;
  }

  /** Stops listening and takes the file away; idempotent. */
  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      Files.deleteIfExists(path);
      server.close();
    }
  }

  /** A link appears at once, complete with mode and owner, and only where there is nothing yet. */
  private static void link(Path temporary, Path path) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createLink(path, temporary);
        return;
      } catch (FileAlreadyExistsException e) {
        if (attempt == MAX_ATTEMPTS || isServed(path)) {
          throw (IOException) new BindException(path + " is in use").initCause(e);
        }
        if (!isReplaceable(path)) {
          throw (IOException) new IOException(path + " is there and no socket").initCause(e);
        }
        System.err.println("Unlinking stale socket " + path);
        Files.deleteIfExists(path);
      }
    }
  }

  /** A socket, a link, or the empty file that some make for want of a socket; nobody's data. */
  private static boolean isReplaceable(Path path) throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return true; // gone by now
    }
    if (there.isOther()) {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & S_IFMT) == S_IFSOCK;
    }
    return there.isSymbolicLink() || (there.isRegularFile() && there.size() == 0);
  }

  private static boolean isServed(Path path) {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      client.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII)));
      return true;
    } catch (IOException e) {
      // nobody accepts: it is what a program left that did not end in order
      return false;
    }
  }

  private static void own(Path file, Path shown, SocketOwner owner) throws IOException {
    try {
      if (owner.uid() != -1) {
        Files.setAttribute(file, "unix:uid", owner.uid());
      }
      if (owner.gid() != -1) {
        Files.setAttribute(file, "unix:gid", owner.gid());
      }
    } catch (IOException e) {
      throw new OwnerException(shown, owner, e);
    }
  }

  /** The socket cannot be given to the configured owner; the message is Supervisor's. */
  public static final class OwnerException extends IOException {
    private static final long serialVersionUID = 1L;

    OwnerException(Path file, SocketOwner owner, IOException cause) {
      super(
          "Not permitted to chown "
              + file
              + " to uid/gid ("
              + owner.uid()
              + ", "
              + owner.gid()
              + "); adjust \"sockchown\" value in config file or on command line to values that the"
              + " current user ("
              + System.getProperty("user.name")
              + ") can successfully chown",
          cause);
    }
  }
}
