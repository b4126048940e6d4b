package ee.supervisor.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pipes between us and one child, while it is being made. */
final class ChildPipes implements AutoCloseable {
  /** A pipe this wide fills, and wakes its reader, a tenth as often as one of 64 KiB. */
  private static final int CAPACITY_BYTES = 1 << 20;

  private final Optional<Pipe> stdin;
  private final Pipe stdout;
  private final Optional<Pipe> stderr;
  private final Fd givenStdin;

  private ChildPipes(Optional<Pipe> stdin, Pipe stdout, Optional<Pipe> stderr, Fd givenStdin) {
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.givenStdin = givenStdin;
  }

  static ChildPipes open(SpawnRequest request) throws PosixException {
    List<Pipe> made = new ArrayList<>();
    try {
      Optional<Pipe> stdin = Optional.empty();
      if (request.stdin().isEmpty()) {
        stdin = Optional.of(makeInput(made));
      }
      Pipe stdout = makeOutput(made);
      Optional<Pipe> stderr =
          request.redirectStderr() ? Optional.empty() : Optional.of(makeOutput(made));
      return new ChildPipes(
          stdin, stdout, stderr, request.stdin().orElseGet(() -> made.get(0).readEnd()));
    } catch (PosixException e) {
      made.forEach(Pipe::close);
      throw e;
    }
  }

  private static Pipe make(List<Pipe> made) throws PosixException {
    Pipe pipe = Kernel.pipe();
    made.add(pipe);
    return pipe;
  }

  /** In place of the one made last, one of whose ends has moved. */
  private static Pipe keep(List<Pipe> made, Pipe moved) {
    made.set(made.size() - 1, moved);
    return moved;
  }

  private static Pipe makeInput(List<Pipe> made) throws PosixException {
    Pipe pipe = make(made);
    pipe = keep(made, new Pipe(pipe.readEnd(), OpenFileLimit.forChild(pipe.writeEnd())));
    Kernel.setNonBlocking(pipe.writeEnd());
    return pipe;
  }

  private static Pipe makeOutput(List<Pipe> made) throws PosixException {
    Pipe pipe = make(made);
    pipe = keep(made, new Pipe(OpenFileLimit.forChild(pipe.readEnd()), pipe.writeEnd()));
    Kernel.setNonBlocking(pipe.readEnd());
    if (CurrentProcess.uid() == 0) {
      // Others share 64 MiB of pipes; past that the kernel makes new ones of 8 KiB (pipe(7)).
      Kernel.trySetPipeCapacity(pipe.readEnd(), CAPACITY_BYTES);
    }
    return pipe;
  }

  /** What is done with the child's ends in the child. */
  SpawnFileActions fileActions() throws PosixException {
    return new SpawnFileActions(givenStdin, stdout.writeEnd(), stderr.orElse(stdout).writeEnd());
  }

  /** Closes the child's ends here and hands out ours. */
  SpawnResult.Spawned handOver(PidFd child) {
    stdin.ifPresent(pipe -> pipe.readEnd().close());
    stdout.writeEnd().close();
    stderr.ifPresent(pipe -> pipe.writeEnd().close());
    return new SpawnResult.Spawned(
        child, stdin.map(Pipe::writeEnd), stdout.readEnd(), stderr.map(Pipe::readEnd));
  }

  /** Closes all ends: there is no child. */
  @Override
  public void close() {
    stdin.ifPresent(Pipe::close);
    stdout.close();
    stderr.ifPresent(Pipe::close);
  }
}
