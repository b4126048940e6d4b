package ee.supervisor.posix;

import ee.supervisor.posix.SpawnResult.Failed;
import ee.supervisor.posix.SpawnResult.Step;
import java.util.List;

/** Makes children by posix_spawn(3). Confined to the spawner thread. */
final class ChildMaker implements AutoCloseable {
  private final Children children;
  private final ChildPlace place;
  private final SpawnAttributes attributes = new SpawnAttributes();
  private final int ownUid = CurrentProcess.uid();
  private final NativeMemory pid = new NativeMemory(Integer.BYTES);

  ChildMaker(Children children, ChildPlace place) throws PosixException {
    this.children = children;
    this.place = place;
  }

  SpawnResult make(SpawnRequest request) {
    ChildPipes pipes;
    try {
      pipes = ChildPipes.open(request);
    } catch (PosixException e) {
      return new Failed(Step.PIPES, e.errno());
    }
    SpawnResult result = make(request, pipes);
    if (result instanceof Failed) {
      pipes.close();
    }
    return result;
  }

  private SpawnResult make(SpawnRequest request, ChildPipes pipes) {
    try (SpawnFileActions actions = pipes.fileActions()) {
      Program program = prepare(request);
      place.addTo(actions);
      int error = spawn(program, actions);
      if (error != 0 && !isLackOfProcesses(error)) {
        UnspawnableException complaint =
            UnspawnableException.exec(request.argv().get(0), new Errno(error));
        error = spawn(Program.standIn(complaint.getMessage()), actions);
      }
      return error == 0 ? adopt(pipes) : new Failed(Step.FORK, new Errno(error));
    } catch (PosixException e) {
      return new Failed(Step.PIPES, e.errno());
    }
  }

  /** Takes the thread to where the child shall be, and tells what to execute there. */
  private Program prepare(SpawnRequest request) throws PosixException {
    Program program =
        place.withUmask(
            new Program(request.file(), request.argv(), request.environment()), request.umask());
    place.goHome();
    try {
      if (request.uid().orElse(ownUid) != ownUid) {
        UserSwitch user = UserSwitch.to(request.uid().getAsInt());
        user.enter(request, place);
        return user.program(program);
      }
      place.enter(request.directory());
      return program;
    } catch (UnspawnableException e) {
      return Program.standIn(e.getMessage());
    }
  }

  private static boolean isLackOfProcesses(int error) {
    return List.of(Errno.EAGAIN, Errno.ENOMEM).contains(new Errno(error));
  }

  /** Returns 0 or the error number. */
  private int spawn(Program program, SpawnFileActions actions) {
    try (NativeMemory file = NativeMemory.ofString(program.file());
        NativeMemory argv = NativeMemory.ofStrings(program.argv());
        NativeMemory environment = NativeMemory.ofEnvironment(program.environment())) {
      return OpenFileLimit.spawn(
          () ->
              LibC.posix_spawn(
                  pid.address(),
                  file.address(),
                  actions.address(),
                  attributes.address(),
                  argv.address(),
                  environment.address()),
          () -> pid.getInt(0));
    }
  }

  private SpawnResult adopt(ChildPipes pipes) throws PosixException {
    int number = pid.getInt(0);
    try {
      PidFd child = PidFd.open(number);
      children.add(child);
      return pipes.handOver(child);
    } catch (PosixException e) {
      // Out of descriptors: a child whose end we could not see must not run.
      Kernel.killGroup(number, Signals.SIGKILL);
      Children.waitFor(number, 0);
      throw e;
    }
  }

  @Override
  public void close() {
    place.close();
  }
}
