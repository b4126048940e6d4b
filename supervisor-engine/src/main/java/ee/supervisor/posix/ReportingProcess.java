package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Another process of ours, in our process group, that reports when it has done what it was started
 * for. It does so by a pipe that nothing else knows of: what a program writes to stdout, an agent
 * or an interface of a third party may write as well.
 */
public final class ReportingProcess {
  private static final int FIRST_UNUSED = 10;

  /** Descriptor of the pipe in the process; 3 before it is kept for {@link QuitSignal}. */
  private static final int REPORT = 4;

  private static final byte[] DONE = "done\n".getBytes(US_ASCII);

  private final int pid;
  private final Fd report;

  private ReportingProcess(int pid, Fd report) {
    this.pid = pid;
    this.report = report;
  }

  /**
   * Starts it, with nothing to read and with this process's stdout and stderr.
   *
   * @param file the program, absolute
   * @param argv its arguments, its own name first
   * @param environment all its variables
   */
  public static ReportingProcess start(
      Path file, List<String> argv, Map<String, String> environment) throws PosixException {
    SpawnAttributes attributes = SpawnAttributes.inOurGroup();
    try (Pipe pipe = Kernel.pipe();
        Fd nothing =
            Kernel.moved(Kernel.open(Path.of("/dev/null"), Kernel.O_RDONLY, 0), FIRST_UNUSED);
        Fd writeEnd = Kernel.moved(pipe.writeEnd(), FIRST_UNUSED);
        SpawnFileActions actions =
            new SpawnFileActions(List.of(nothing, Fd.adopt(1), Fd.adopt(2), nothing, writeEnd));
        NativeMemory path = NativeMemory.ofString(file.toString());
        NativeMemory arguments = NativeMemory.ofStrings(argv);
        NativeMemory variables = NativeMemory.ofEnvironment(environment);
        NativeMemory pid = new NativeMemory(Integer.BYTES)) {
      Native.checkNumber(
          LibC.posix_spawn(
              pid.address(),
              path.address(),
              actions.address(),
              attributes.address(),
              arguments.address(),
              variables.address()),
          "posix_spawn(" + file + ")");
      return new ReportingProcess(pid.getInt(0), Kernel.moved(pipe.readEnd(), FIRST_UNUSED));
    }
  }

  /** In the process that {@link #start} made: reports that it is done. Once. */
  public static void done() throws PosixException {
    try (Fd report = Fd.adopt(REPORT)) {
      ByteBuffer word = ByteBuffer.allocateDirect(DONE.length).put(DONE).flip();
      Kernel.write(report, word);
    }
  }

  /** Waits until the process is done or has ended; true when it is done. */
  public boolean awaitDone() throws PosixException {
    try (report) {
      ByteBuffer word = ByteBuffer.allocateDirect(DONE.length);
      while (word.hasRemaining() && Kernel.read(report, word) != 0) {
        // it is five bytes, but a signal may come between
      }
      return !word.hasRemaining();
    }
  }

  /** How the process ended; waits for that. */
  public WaitStatus await() throws PosixException {
    return Children.waitFor(pid, 0).orElseThrow();
  }
}
