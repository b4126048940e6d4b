package ee.supervisor.posix;

import ee.supervisor.guard.Guard;
import ee.supervisor.posix.SpawnResult.Failed;
import ee.supervisor.posix.SpawnResult.Step;
import ee.supervisor.protocol.Signals;
import java.util.List;

/** Makes children by posix_spawn(3). Confined to one thread of the spawner. */
final class ChildMaker implements AutoCloseable {
  private final Children children;
  private final ChildPlace place;
  private final Guard guard;
  private final SpawnAttributes attributes = new SpawnAttributes();
  private final int ownUid = CurrentProcess.uid();
  private final NativeMemory pid = new NativeMemory(Integer.BYTES);

  ChildMaker(Children children, ChildPlace place, Guard guard) throws PosixException {
    this.children = children;
    this.place = place;
    this.guard = guard;
  }

  /** Takes the thread back to where supervisord is. */
  void goHome() throws PosixException {
    place.goHome();
  }

  /** Makes a child or says why there is none, whatever is thrown on the way. */
  SpawnResult make(SpawnRequest request) {
    try (ChildPipes pipes = ChildPipes.open(request)) {
      return make(request, pipes);
    } catch (PosixException e) {
      return new Failed(Step.PIPES, e.errno());
    } catch (Throwable thrown) {
      guard.report("starting ", request.file(), thrown);
      return new Failed(Step.FORK, Errno.ENOMEM);
    }
  }

  /** As {@link #make(SpawnRequest)}, with pipes that are open; whoever opened them closes them. */
  SpawnResult make(SpawnRequest request, ChildPipes pipes) {
    try (SpawnFileActions actions = pipes.fileActions()) {
      Program program = prepare(request);
      place.addTo(actions);
      return children.birth(() -> make(request, program, actions, pipes));
    } catch (PosixException e) {
      return new Failed(Step.PIPES, e.errno());
    } catch (Throwable thrown) {
      guard.report("starting ", request.file(), thrown);
      return new Failed(Step.FORK, Errno.ENOMEM);
    }
  }

  private SpawnResult make(
      SpawnRequest request, Program program, SpawnFileActions actions, ChildPipes pipes)
      throws PosixException {
    int error = spawn(program, actions);
    if (error != 0 && !isLackOfProcesses(error)) {
      UnspawnableException complaint =
          UnspawnableException.exec(request.argv().get(0), new Errno(error));
      error = spawn(Program.standIn(complaint.getMessage()), actions);
    }
    return error == 0 ? adopt(pipes) : new Failed(Step.FORK, new Errno(error));
  }

  /** Takes the thread to where the child shall be, and says what to execute there. */
  private Program prepare(SpawnRequest request) throws PosixException {
    place.goHome();
    Program wanted = new Program(request.file(), request.argv(), request.environment());
    Program program =
        place.withUmask(
            request.pidVariable().map(wanted::withPidIn).orElse(wanted), request.umask());
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

  /** Out of descriptors or memory: a child whose end we could not see must not run. */
  private SpawnResult adopt(ChildPipes pipes) throws PosixException {
    int number = pid.getInt(0);
    boolean known = false;
    try {
      SpawnResult.Spawned spawned = pipes.handOver(children.adopt(number));
      known = true;
      return spawned;
    } finally {
      if (!known) {
        LibC.kill(-number, Signals.SIGKILL);
        children.forget(number);
      }
    }
  }

  @Override
  public void close() {
    place.close();
  }
}
