package ee.supervisor.posix;

import java.util.Optional;

/** The pipes between us and one child, while it is being made. */
final class ChildPipes implements AutoCloseable {
  /** A pipe this wide fills, and wakes its reader, a tenth as often as one of 64 KiB. */
  private static final int CAPACITY_BYTES = 1 << 20;

  private static final boolean IS_ROOT = CurrentProcess.uid() == 0;

  private final Optional<Pipe> stdin;
  private final Pipe stdout;
  private final Optional<Pipe> stderr;
  private final Fd givenStdin;
  private boolean handedOver;

  private ChildPipes(Optional<Pipe> stdin, Pipe stdout, Optional<Pipe> stderr, Fd givenStdin) {
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.givenStdin = givenStdin;
  }

  static ChildPipes open(SpawnRequest request) throws PosixException {
    try (Acquired acquired = new Acquired()) {
      Optional<Pipe> stdin = Optional.empty();
      if (request.stdin().isEmpty()) {
        stdin = Optional.of(makeInput(acquired));
      }
      Pipe stdout = makeOutput(acquired);
      Optional<Pipe> stderr =
          request.redirectStderr() ? Optional.empty() : Optional.of(makeOutput(acquired));
      Fd givenStdin = stdin.map(Pipe::readEnd).or(request::stdin).orElseThrow();
      ChildPipes pipes = new ChildPipes(stdin, stdout, stderr, givenStdin);
      acquired.keep();
      return pipes;
    }
  }

  private static Pipe makeInput(Acquired acquired) throws PosixException {
    Pipe made = acquired.add(Kernel.pipe());
    Pipe pipe = new Pipe(made.readEnd(), acquired.add(OpenFileLimit.forChild(made.writeEnd())));
    Kernel.setNonBlockingAlone(pipe.writeEnd());
    return pipe;
  }

  private static Pipe makeOutput(Acquired acquired) throws PosixException {
    Pipe made = acquired.add(Kernel.pipe());
    Pipe pipe = new Pipe(acquired.add(OpenFileLimit.forChild(made.readEnd())), made.writeEnd());
    Kernel.setNonBlockingAlone(pipe.readEnd());
    if (IS_ROOT) {
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
  SpawnResult.Spawned handOver(Child child) {
    SpawnResult.Spawned ours =
        new SpawnResult.Spawned(
            child, stdin.map(Pipe::writeEnd), stdout.readEnd(), stderr.map(Pipe::readEnd));
    stdin.ifPresent(pipe -> pipe.readEnd().close());
    stdout.writeEnd().close();
    stderr.ifPresent(pipe -> pipe.writeEnd().close());
    handedOver = true;
    return ours;
  }

  /** Closes all ends, unless there is a child and they were handed out. */
  @Override
  public void close() {
    if (!handedOver) {
      stdin.ifPresent(Pipe::close);
      stdout.close();
      stderr.ifPresent(Pipe::close);
    }
  }
}
