package ee.supervisor.jmx;

import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * supervisord itself, as JMX clients see it; emits the notifications of all processes too, so that
 * one subscription is enough.
 */
@Description("supervisord: its state, all processes at once, and the commands of supervisorctl")
public interface SupervisorMXBean {

  // ---- attributes

  @Description("RUNNING, RESTARTING, SHUTDOWN or FATAL")
  String getStateName();

  @Description("The state as a number, as the XML-RPC interface gives it (1 is RUNNING)")
  int getState();

  @Description("The identifier of this supervisord in its configuration")
  String getIdentification();

  @Description("The release of Supervisor whose interface this is")
  String getSupervisorVersion();

  @Description("The version of the XML-RPC interface")
  String getApiVersion();

  @Description("supervisord's process id")
  int getPid();

  @Description("When supervisord was started")
  Date getStartTime();

  @Description("Processor time supervisord has used, in seconds")
  double getCpuSeconds();

  @Description("Processor time supervisord used lately, in percent of one processor")
  double getCpuPercent();

  @Description("supervisord's resident memory in bytes")
  long getResidentBytes();

  @Description("The file of the activity log, empty if it goes to none")
  String getLogfile();

  @Description("Size of the activity log's file in bytes, without rotated ones")
  long getLogBytes();

  @Description("The names of the active groups, by priority")
  List<String> getGroupNames();

  @Description("Every process of the active groups at one moment, by group and name")
  List<ProcessStatus> getProcesses();

  @Description("Every process of the configuration read last, active or not, by name")
  List<ConfiguredProcess> getConfiguredProcesses();

  @Description("How many processes are in which state")
  Map<String, Integer> getStateCounts();

  @Description("PROCESS_COMMUNICATION notifications dropped because too many were waiting")
  long getDroppedCommunications();

  // ---- supervisord

  @Description("Stops all processes, then supervisord; returns when that has begun")
  void shutdown();

  @Description("Stops all processes, reads the configuration anew and starts again")
  void reload();

  @Description("Reads the configuration again and returns what differs; changes nothing")
  Changes reread();

  @Description("Reads the configuration anew and adds, removes and replaces groups accordingly")
  Changes update();

  @Description("Updates some groups, or of each only the processes that changed")
  Changes update(
      @Description("Names of groups; none for all") List<String> groups,
      @Description("Whether processes that are as before go on") boolean onlyChanged);

  @Description("Reads the configuration and returns what an update would do; changes nothing")
  PlannedUpdate plan(
      @Description("Names of groups; none for all") List<String> groups,
      @Description("Whether processes that are as before would go on") boolean onlyChanged);

  @Description("Makes a group of the configuration active")
  void addGroup(@Description("Its name") String group);

  @Description("Makes a stopped group inactive")
  void removeGroup(@Description("Its name") String group);

  // ---- processes

  @ReadOnly
  @Description("Returns one process")
  ProcessStatus process(@Description("process or group:process") String name);

  @Description("Starts a process")
  void startProcess(
      @Description("process or group:process") String name,
      @Description("Whether to wait until it runs") boolean wait);

  @Description("Starts the processes of a group that do not run")
  List<Outcome> startGroup(
      @Description("Its name") String group,
      @Description("Whether to wait until they run") boolean wait);

  @Description("Starts all processes that do not run")
  List<Outcome> startAll(@Description("Whether to wait until they run") boolean wait);

  @Description("Stops a process")
  void stopProcess(
      @Description("process or group:process") String name,
      @Description("Whether to wait until it has stopped") boolean wait);

  @Description("Stops the running processes of a group")
  List<Outcome> stopGroup(
      @Description("Its name") String group,
      @Description("Whether to wait until they have stopped") boolean wait);

  @Description("Stops all running processes")
  List<Outcome> stopAll(@Description("Whether to wait until they have stopped") boolean wait);

  @Description("Restarts a process and waits until it is ready")
  RollOutcome rollProcess(
      @Description("process or group:process") String name,
      @Description("Seconds it may take, 0 for the usual") long timeout);

  @Description("Restarts the processes of a group, the next when those before are ready")
  RollOutcome rollGroup(
      @Description("Its name") String group,
      @Description("How many at a time") long batch,
      @Description("Seconds that each may take, 0 for the usual") long timeout);

  @Description("Restarts all processes, the next when those before are ready")
  RollOutcome rollAll(
      @Description("How many at a time") long batch,
      @Description("Seconds that each may take, 0 for the usual") long timeout);

  @Description("Sends a signal to a process")
  void signalProcess(
      @Description("process or group:process") String name,
      @Description("A name, HUP or SIGHUP, or a number") String signal);

  @Description("Sends a signal to the processes of a group")
  List<Outcome> signalGroup(
      @Description("Its name") String group,
      @Description("A name, HUP or SIGHUP, or a number") String signal);

  @Description("Sends a signal to all processes")
  List<Outcome> signalAll(@Description("A name, HUP or SIGHUP, or a number") String signal);

  @Description("Writes a text to a process's standard input")
  void sendProcessStdin(
      @Description("process or group:process") String name,
      @Description("The text, sent in UTF-8; end it with a line feed") String text);

  @Description("Emits a REMOTE_COMMUNICATION event to the event listeners")
  void sendRemoteCommEvent(
      @Description("Its type") String type, @Description("Its data, sent in UTF-8") String data);

  // ---- logs

  @ReadOnly
  @Description("Reads a part of the activity log")
  String readLog(
      @Description("First byte; negative: that many bytes from the end, and length 0") long offset,
      @Description("Number of bytes, 0 for all that follow") long length);

  @ReadOnly
  @Description("Reads a part of a process's log")
  String readProcessLog(
      @Description("process or group:process") String name,
      @Description("stdout or stderr") String channel,
      @Description("First byte; negative: that many bytes from the end, and length 0") long offset,
      @Description("Number of bytes, 0 for all that follow") long length);

  @ReadOnly
  @Description("Reads the end of a process's log")
  LogTail tailProcessLog(
      @Description("process or group:process") String name,
      @Description("stdout or stderr") String channel,
      @Description("First byte") long offset,
      @Description("Number of bytes") long length);

  @ReadOnly
  @Description("Reads what a log holds from a place on, byte for byte, for clients that follow it")
  LogSlice follow(
      @Description("process or group:process; empty for the activity log") String name,
      @Description("stdout or stderr; ignored for the activity log") String channel,
      @Description("First byte; negative: that many bytes from the end") long offset);

  @Description("Empties the activity log")
  void clearLog();

  @Description("Empties a process's log files")
  void clearProcessLogs(@Description("process or group:process") String name);

  @Description("Empties the log files of all processes")
  List<Outcome> clearAllProcessLogs();

  @Description("Closes and opens all log files again, after a log rotator moved them")
  void reopenLogs();
}
