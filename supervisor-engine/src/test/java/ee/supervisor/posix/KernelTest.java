package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(16);

  @Test
  void whatGoesIntoAPipeComesOutOfIt() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      buffer.put("hello".getBytes(UTF_8)).flip().position(1);
      assertThat(Kernel.write(pipe.writeEnd(), buffer)).isEqualTo(4);
      assertThat(buffer.remaining()).isZero();
      buffer.clear().position(2);
      assertThat(Kernel.read(pipe.readEnd(), buffer)).isEqualTo(4);
      assertThat(Bytes.from(buffer.flip().position(2))).isEqualTo(Bytes.utf8("ello"));
    }
  }

  @Test
  void anEmptyPipeWouldBlockAndAClosedOneIsAtItsEnd() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      Kernel.setNonBlocking(pipe.readEnd());
      assertThat(Kernel.read(pipe.readEnd(), buffer)).isEqualTo(Kernel.WOULD_BLOCK);
      pipe.writeEnd().close();
      assertThat(Kernel.read(pipe.readEnd(), buffer)).isZero();
    }
  }

  @Test
  void aFullPipeWouldBlock() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      Kernel.setNonBlocking(pipe.writeEnd());
      ByteBuffer large = ByteBuffer.allocateDirect(1 << 21);
      assertThat(Kernel.write(pipe.writeEnd(), large)).isPositive();
      assertThat(Kernel.write(pipe.writeEnd(), large)).isEqualTo(Kernel.WOULD_BLOCK);
    }
  }

  @Test
  void writingWhereNobodyReadsIsEpipe() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      pipe.readEnd().close();
      assertThatThrownBy(() -> Kernel.write(pipe.writeEnd(), buffer))
          .hasMessage("write(" + pipe.writeEnd() + "): EPIPE");
    }
  }

  @Test
  void aFileIsMadeWithItsModeAndAppendedTo(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("größe");
    int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_APPEND;
    for (String text : new String[] {"one", "two"}) {
      try (Fd file = Kernel.open(path, flags, 0640)) {
        Kernel.write(file, buffer.clear().put(text.getBytes(UTF_8)).flip());
      }
    }
    assertThat(Files.readString(path)).isEqualTo("onetwo");
    try (Fd file = Kernel.open(path, Kernel.O_RDONLY, 0)) {
      FileStatus status = Kernel.status(file);
      assertThat(status.isRegularFile()).isTrue();
      assertThat(status.size()).isEqualTo(6);
      assertThat(status.mode() & 0777).isEqualTo(0640);
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    assertThatThrownBy(() -> Kernel.open(Path.of("/no/such"), Kernel.O_RDONLY, 0))
        .isInstanceOf(PosixException.class)
        .hasMessage("open(/no/such): ENOENT");
  }

  @Test
  void aPipeIsAFifo() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      assertThat(Kernel.status(pipe.readEnd()).isFifo()).isTrue();
      assertThat(Kernel.status(pipe.readEnd()).isRegularFile()).isFalse();
    }
  }

  @Test
  void aDescriptorClosesItsNumberOnceThoughManyThreadsTry() throws Exception {
    Pipe pipe = Kernel.pipe();
    int number = pipe.readEnd().number();
    pipe.readEnd().close();
    try (Pipe next = Kernel.pipe()) {
      assertThat(next.readEnd().number()).isEqualTo(number);
      IntStream.range(0, 100).parallel().forEach(i -> pipe.readEnd().close());
      Kernel.setNonBlocking(next.readEnd());
      assertThat(Kernel.read(next.readEnd(), buffer)).isEqualTo(Kernel.WOULD_BLOCK);
    } finally {
      pipe.close();
    }
  }

  @Test
  void aClosedDescriptorIsRefused() throws Exception {
    Pipe pipe = Kernel.pipe();
    pipe.close();
    assertThat(pipe.readEnd()).hasToString("closed fd");
    assertThatThrownBy(() -> Kernel.read(pipe.readEnd(), buffer)).hasMessageContaining("EBADF");
  }

  @Test
  void aSignalToNobodyIsRefused() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    int pid = (int) gone.pid();
    assertThatThrownBy(() -> Kernel.kill(pid, Signals.SIGTERM))
        .hasMessage("kill(" + pid + ", SIGTERM): ESRCH");
    assertThatThrownBy(() -> Kernel.killGroup(pid, Signals.SIGTERM))
        .hasMessage("kill(group " + pid + ", SIGTERM): ESRCH");
  }

  @Test
  void everybodyCannotBeSignalled() {
    assertThatThrownBy(() -> Kernel.kill(-1, Signals.SIGTERM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Kernel.killGroup(0, Signals.SIGTERM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
