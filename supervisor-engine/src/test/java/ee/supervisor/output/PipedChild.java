package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ee.supervisor.event.Channel;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.Pipe;
import ee.supervisor.posix.PosixException;
import ee.supervisor.text.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The child's side of the pipes, in the test's hands, and what the listener heard. */
class PipedChild implements OutputListener, AutoCloseable {
  private final Pipe stdin = Kernel.pipe();
  private final Pipe stdout = Kernel.pipe();
  private final Pipe stderr = Kernel.pipe();
  final ChildStreams streams;

  /** {@code "log stdout: text"}, {@code "comm stdout: text"}, {@code "protocol: text"}. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** While true, nothing that was heard is done. */
  volatile boolean holding;

  final ProcessLogs logs;
  private final List<Runnable> held = new ArrayList<>();

  PipedChild(OutputLoop loop, ProcessLogs logs) throws PosixException {
    this.logs = logs;
    for (Fd ours : List.of(stdin.writeEnd(), stdout.readEnd(), stderr.readEnd())) {
      Kernel.setNonBlocking(ours);
    }
    Kernel.setNonBlocking(stdout.writeEnd());
    streams =
        loop.attach(
            logs,
            4711,
            new OutputLoop.Ends(
                Optional.of(stdin.writeEnd()), stdout.readEnd(), Optional.of(stderr.readEnd())),
            this);
  }

  /** Writes to stdout, each character as one byte; it must fit into the pipe. */
  PipedChild say(String text) throws PosixException {
    return say(text.getBytes(ISO_8859_1));
  }

  PipedChild say(byte[] data) throws PosixException {
    write(stdout.writeEnd(), data);
    return this;
  }

  PipedChild complain(String text) throws PosixException {
    write(stderr.writeEnd(), text.getBytes(ISO_8859_1));
    return this;
  }

  /** Writes as much as the pipe takes. */
  int sayWhatFits(int most) throws PosixException {
    ByteBuffer data = ByteBuffer.allocateDirect(most);
    return Math.max(0, Kernel.write(stdout.writeEnd(), data));
  }

  private static void write(Fd fd, byte[] data) throws PosixException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(data.length).put(data).flip();
    while (buffer.hasRemaining()) {
      Kernel.write(fd, buffer);
    }
  }

  /** Reads from stdin until {@code count} bytes are there. */
  String listen(int count) throws PosixException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(count);
    while (buffer.hasRemaining() && Kernel.read(stdin.readEnd(), buffer) > 0) {}
    return ISO_8859_1.decode(buffer.flip()).toString();
  }

  void closeStdin() {
    stdin.readEnd().close();
  }

  void closeOutput() {
    stdout.writeEnd().close();
    stderr.writeEnd().close();
  }

  /** Exits, leaving the pipes open as a grandchild would; returns when all is drained. */
  void exit() throws Exception {
    streams.drainAndClose().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  void release() {
    holding = false;
    synchronized (held) {
      held.forEach(Runnable::run);
      held.clear();
    }
  }

  @Override
  public void processLog(Channel channel, Bytes data, Runnable done) {
    hear("log " + channel, data, done);
  }

  @Override
  public void communication(Channel channel, Bytes data, Runnable done) {
    hear("comm " + channel, data, done);
  }

  @Override
  public void protocol(Bytes data, Runnable done) {
    hear("protocol", data, done);
  }

  private void hear(String kind, Bytes data, Runnable done) {
    heard.add(kind + ": " + new String(data.toByteArray(), ISO_8859_1));
    if (holding) {
      synchronized (held) {
        held.add(done);
      }
    } else {
      done.run();
    }
  }

  @Override
  public void close() {
    closeStdin();
    closeOutput();
  }
}
