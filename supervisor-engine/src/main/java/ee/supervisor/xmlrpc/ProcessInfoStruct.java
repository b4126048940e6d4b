package ee.supervisor.xmlrpc;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The struct of {@code getProcessInfo}: its keys, their order and their types.
 *
 * @param process as it was
 * @param now when it was asked for
 */
record ProcessInfoStruct(ProcessInfo process, Instant now) implements WireValue {
  private static final byte[] NAME = ValueWriter.name("name");
  private static final byte[] GROUP = ValueWriter.name("group");
  private static final byte[] START = ValueWriter.name("start");
  private static final byte[] STOP = ValueWriter.name("stop");
  private static final byte[] NOW = ValueWriter.name("now");
  private static final byte[] STATE = ValueWriter.name("state");
  private static final byte[] STATENAME = ValueWriter.name("statename");
  private static final byte[] SPAWNERR = ValueWriter.name("spawnerr");
  private static final byte[] EXITSTATUS = ValueWriter.name("exitstatus");
  private static final byte[] LOGFILE = ValueWriter.name("logfile");
  private static final byte[] STDOUT_LOGFILE = ValueWriter.name("stdout_logfile");
  private static final byte[] STDERR_LOGFILE = ValueWriter.name("stderr_logfile");
  private static final byte[] PID = ValueWriter.name("pid");
  private static final byte[] DESCRIPTION = ValueWriter.name("description");

  @Override
  public void write(ValueWriter out) {
    String stdout = logfile(process.config().stdout(), process.stdoutLogfile());
    String stderr = logfile(process.config().stderr(), process.stderrLogfile());
    out.beginStruct();
    out.member(NAME, process.name());
    out.member(GROUP, process.group());
    out.member(START, process.start().getEpochSecond());
    out.member(STOP, process.stop().getEpochSecond());
    out.member(NOW, now.getEpochSecond());
    out.member(STATE, process.state().code());
    out.member(STATENAME, process.state().name());
    out.member(SPAWNERR, process.spawnError());
    out.member(EXITSTATUS, process.exitStatus());
    out.member(LOGFILE, stdout);
    out.member(STDOUT_LOGFILE, stdout);
    out.member(STDERR_LOGFILE, stderr);
    out.member(PID, process.pid());
    out.member(DESCRIPTION, ProcessDescription.of(process, now));
    out.endStruct();
  }

  /** A file is shown as the configuration has it, to the letter. */
  private static String logfile(ChannelConfig channel, Optional<Path> file) {
    return channel.logfile() instanceof LogDestination.File named
        ? named.name()
        : file.map(Path::toString).orElse("");
  }
}
