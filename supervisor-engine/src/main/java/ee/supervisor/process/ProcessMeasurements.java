package ee.supervisor.process;

/**
 * A process with what only who measures asks for.
 *
 * @param info as it was at one moment
 * @param stdoutBytesWritten bytes of its stdout written to the log file since its group became
 *     active, whatever was rotated or cleared since
 * @param stderrBytesWritten the same of its stderr
 */
public record ProcessMeasurements(
    ProcessInfo info, long stdoutBytesWritten, long stderrBytesWritten) {

  /** Of {@code process} now; for any thread. */
  public static ProcessMeasurements of(ManagedProcess process) {
    ChildLauncher launcher = process.launcher();
    return new ProcessMeasurements(
        process.info(), launcher.stdoutBytesWritten(), launcher.stderrBytesWritten());
  }
}
