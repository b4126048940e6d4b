package ee.supervisor.jmx;

import java.util.Date;
import java.util.List;
import java.util.Map;

/** One supervised process, as JMX clients see it. No attribute blocks or fails. */
@Description("A process under supervisord's control")
public interface ProgramMXBean {

  @Description("The process's name")
  String getName();

  @Description("The name of the group it belongs to")
  String getGroup();

  @Description("STOPPED, STARTING, RUNNING, BACKOFF, STOPPING, EXITED, FATAL or UNKNOWN")
  String getStateName();

  @Description("The state as a number, as the XML-RPC interface gives it (20 is RUNNING)")
  int getState();

  @Description("How it fares, in one line, as supervisorctl status shows it")
  String getDescription();

  @Description("Its process id, 0 when it does not run")
  int getPid();

  @Description("Seconds since it was started, 0 when it does not run")
  long getUptimeSeconds();

  @Description("When it was last started, null if never")
  Date getStartTime();

  @Description("When it last ended, null if never")
  Date getStopTime();

  @Description("Exit code of its last end, -1 if a signal ended it")
  int getExitStatus();

  @Description("Why it could not be started or ended badly, empty if it did not")
  String getSpawnError();

  @Description(
      "Whether others may count on it: as its readiness check or the program itself says, or else whether it is RUNNING")
  boolean isReady();

  @Description("What the program says of itself, empty if nothing")
  String getStatusText();

  @Description("Failed starts in a row")
  int getTries();

  @Description("How often supervisord has started it again")
  long getRestarts();

  @Description("What it waits for before it is started, empty if it does not wait")
  List<String> getWaitsFor();

  @Description("How often it has ended, by exit code or signal")
  Map<String, Long> getExits();

  @Description("How often it could not be started at all")
  long getSpawnErrors();

  @Description("The file of its standard output, empty if none is kept")
  String getStdoutLogfile();

  @Description("Size of the standard output's file in bytes, without rotated ones")
  long getStdoutLogBytes();

  @Description("The file of its standard error, empty if none is kept")
  String getStderrLogfile();

  @Description("Size of the standard error's file in bytes, without rotated ones")
  long getStderrLogBytes();

  @Description("Processor time it has used, in seconds")
  double getCpuSeconds();

  @Description("Processor time it used lately, in percent of one processor")
  double getCpuPercent();

  @Description("Its resident memory in bytes")
  long getResidentBytes();

  @Description("How it is configured: option=value; of the environment only the names")
  List<String> getConfiguration();

  @Description("Starts it and waits until it runs")
  void start();

  @Description("Starts it, whatever it needs, and waits until it runs")
  void startAlone();

  @Description("Stops it and waits until it has stopped")
  void stop();

  @Description("Stops it, and before it those that need it; waits until all have stopped")
  List<Outcome> stopWithDependents();

  @Description("Stops it if it runs, then starts it, and waits until it runs")
  void restart();

  @Description("Sends it a signal")
  void signal(@Description("A name, HUP or SIGHUP, or a number") String signal);

  @Description("Writes a text to its standard input")
  void sendStdin(@Description("The text, sent in UTF-8; end it with a line feed") String text);

  @Description("Empties its log files")
  void clearLogs();

  @ReadOnly
  @Description("Reads a part of its standard output's log")
  String readStdoutLog(
      @Description("First byte; negative: that many bytes from the end, and length 0") long offset,
      @Description("Number of bytes, 0 for all that follow") long length);

  @ReadOnly
  @Description("Reads a part of its standard error's log")
  String readStderrLog(
      @Description("First byte; negative: that many bytes from the end, and length 0") long offset,
      @Description("Number of bytes, 0 for all that follow") long length);

  @ReadOnly
  @Description("Reads the end of its standard output's log")
  LogTail tailStdoutLog(
      @Description("First byte") long offset, @Description("Number of bytes") long length);

  @ReadOnly
  @Description("Reads the end of its standard error's log")
  LogTail tailStderrLog(
      @Description("First byte") long offset, @Description("Number of bytes") long length);
}
