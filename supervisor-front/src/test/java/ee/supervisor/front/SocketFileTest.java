package ee.supervisor.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.SocketOwner;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path directory;

  private HttpServerConfig.Unix config(int mode, SocketOwner owner) {
    return new HttpServerConfig.Unix(
        "unix_http_server",
        directory.resolve("s.sock").toString(),
        mode,
        owner,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theSocketHasTheConfiguredModeAndNothingElseIsLeftBeside() throws Exception {
    try (SocketFile socket = SocketFile.bind(config(0751, SocketOwner.UNCHANGED))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
          .isEqualTo("rwxr-x--x");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(socket.path());
      }
    }
  }

  @Test
  void theSocketIsGoneWhenClosed() throws Exception {
    SocketFile socket = SocketFile.bind(config(0700, SocketOwner.UNCHANGED));
    socket.close();
    socket.close();
    assertThat(socket.path()).doesNotExist();
  }

  @Test
  void aStaleSocketIsReplaced() throws Exception {
    Path path = directory.resolve("s.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();
    try (SocketFile socket = SocketFile.bind(config(0700, SocketOwner.UNCHANGED));
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void anEmptyFileOrALinkIsReplaced() throws Exception {
    Path path = Files.createFile(directory.resolve("s.sock"));
    SocketFile.bind(config(0700, SocketOwner.UNCHANGED)).close();
    Files.createSymbolicLink(path, directory.resolve("nowhere"));
    SocketFile.bind(config(0700, SocketOwner.UNCHANGED)).close();
    assertThat(path).doesNotExist();
  }

  @Test
  void whatIsNoSocketIsLeftAlone() throws Exception {
    Path path = directory.resolve("s.sock");
    HttpServerConfig.Unix config = config(0700, SocketOwner.UNCHANGED);
    Files.writeString(path, "data");
    assertThatThrownBy(() -> SocketFile.bind(config)).hasMessage(path + " is there and no socket");
    assertThat(path).hasContent("data");

    Files.delete(path);
    Files.createDirectory(path);
    assertThatThrownBy(() -> SocketFile.bind(config)).hasMessage(path + " is there and no socket");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void aSocketThatAnotherServesIsLeftAlone() throws Exception {
    HttpServerConfig.Unix config = config(0700, SocketOwner.UNCHANGED);
    try (SocketFile first = SocketFile.bind(config)) {
      assertThatThrownBy(() -> SocketFile.bind(config)).isInstanceOf(BindException.class);
      assertThat(first.path()).exists();
    }
  }

  @Test
  void aMissingDirectoryIsTold() {
    HttpServerConfig.Unix config =
        new HttpServerConfig.Unix(
            "unix_http_server",
            directory.resolve("nope/s.sock").toString(),
            0700,
            SocketOwner.UNCHANGED,
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> SocketFile.bind(config))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(NoSuchFileException.class),
            e -> assertThat(e).hasMessageContaining("No such file"));
  }
}
