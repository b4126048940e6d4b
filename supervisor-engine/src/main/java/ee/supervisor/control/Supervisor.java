package ee.supervisor.control;

import ee.supervisor.config.Configuration;
import ee.supervisor.event.Event;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What every door calls: XML-RPC, REST, JMX, the page. Reads return at once from an immutable
 * snapshot; commands are carried out by the control loop and complete later. No method blocks, and
 * none waits inside a lock.
 *
 * <p>A refused command completes exceptionally with {@link SupervisorException}. Names are {@code
 * group:process} or {@code process} alone, as in the manual; {@code group:*} is a door's business
 * (see {@link Namespec}).
 */
public interface Supervisor {

  /** RUNNING, or RESTARTING / SHUTDOWN once asked to stop. */
  SupervisorState state();

  /** The configuration read last ({@code reloadConfig} replaces it), active or not. */
  Configuration configuration();

  /** The active groups by priority, then name, each with its processes by priority. */
  List<GroupInfo> groups();

  /** Every process of the active groups, by group name, then process name. */
  List<ProcessInfo> processes();

  /**
   * The process of that name.
   *
   * @throws SupervisorException BAD_NAME when there is none
   */
  ProcessInfo process(String name);

  /** What has been counted and timed since supervisord started; read at once, at any time. */
  Measurements measurements();

  /** supervisord's process id. */
  int pid();

  /** Completes in the control loop's next turn: the sign that it is alive. */
  CompletionStage<Void> ping();

  /** The activity log, for what is built around the supervisor. */
  ActivityLog log();

  /** The file of the activity log, if it goes to a file. */
  Optional<Path> logfile();

  /** Stops all processes in order, then supervisord. Completes when the request is noted. */
  CompletionStage<Void> shutdown();

  /**
   * Stops all processes, reads the configuration anew and starts again. Completes when the request
   * is noted.
   */
  CompletionStage<Void> restart();

  /**
   * Reads the configuration and returns what differs from what is active; CANT_REREAD when it is
   * wrong.
   */
  CompletionStage<ConfigChanges> reloadConfig();

  /** What {@link #reloadConfig} found last and the active groups do not follow yet. */
  ConfigChanges pendingChanges();

  /**
   * Reads the configuration and has the active groups follow it: those it no longer has are stopped
   * and removed, then those that changed are replaced, then new ones are added, one group after the
   * other. A group in which a program says {@code rolling_update} follows as {@link #updateGroup}
   * says. CANT_REREAD when it is wrong; FAILED when a process cannot be stopped: then its group and
   * those whose turn had not come are as before.
   *
   * @return completes with what differed once all groups follow
   */
  default CompletionStage<ConfigChanges> update() {
    return update(UpdateOptions.ALL);
  }

  /** As {@link #update()}, for some groups or only for what has changed in them; BAD_NAME. */
  CompletionStage<ConfigChanges> update(UpdateOptions options);

  /**
   * Has an active group follow the configuration read last, process by process: those that are as
   * before go on, and those that say {@code rolling_update} are restarted one after the other. A
   * group is replaced as a whole if neither {@code onlyChanged} nor one of its programs asks for
   * this, or if what its processes share has changed. BAD_NAME; FAILED with how far it came.
   *
   * @return completes with what was done to which process; empty for a group that was replaced
   */
  CompletionStage<List<ProcessResult>> updateGroup(String group, boolean onlyChanged);

  /** Reads the configuration and tells what an update would do, and does nothing; CANT_REREAD. */
  CompletionStage<UpdatePlan> plan(UpdateOptions options);

  /** Makes a group of the configuration active; ALREADY_ADDED, BAD_NAME. */
  CompletionStage<Void> addGroup(String group);

  /** Makes a stopped group inactive; STILL_RUNNING, BAD_NAME. */
  CompletionStage<Void> removeGroup(String group);

  /** Who needs whom among the active processes. */
  List<DependencyLink> dependencies();

  /** How long all took that starts with supervisord, at its last start or restart. */
  StartUp startUp();

  /**
   * The names of the running processes that need a process, or one of a group, directly or not.
   *
   * @param name also {@code group:*}
   */
  List<String> dependents(String name);

  /** As {@link #startProcess}, whatever it needs. */
  CompletionStage<Void> startProcessAlone(String name, boolean wait);

  /** As {@link #startGroup}, whatever its processes need. */
  CompletionStage<List<ProcessResult>> startGroupAlone(String group, boolean wait);

  /** Stops a process, and before it those that need it. */
  CompletionStage<List<ProcessResult>> stopProcessWithDependents(String name, boolean wait);

  /** As {@link #stopProcessWithDependents}, for the processes of a group. */
  CompletionStage<List<ProcessResult>> stopGroupWithDependents(String group, boolean wait);

  /**
   * Starts a process; with {@code wait} completes once it is RUNNING or has failed. What it needs
   * is brought up before; SPAWN_ERROR when that cannot be had, and it goes on waiting.
   */
  CompletionStage<Void> startProcess(String name, boolean wait);

  /** Starts the processes of a group that are not running. */
  CompletionStage<List<ProcessResult>> startGroup(String group, boolean wait);

  /** Starts all processes that are not running. */
  CompletionStage<List<ProcessResult>> startAll(boolean wait);

  /** Stops a process; with {@code wait} completes once it has stopped. */
  CompletionStage<Void> stopProcess(String name, boolean wait);

  /** Stops the running processes of a group. */
  CompletionStage<List<ProcessResult>> stopGroup(String group, boolean wait);

  /** Stops all running processes. */
  CompletionStage<List<ProcessResult>> stopAll(boolean wait);

  /**
   * Stops a process if it runs, then starts it; completes once it is RUNNING or has failed. One
   * that cannot be stopped is not started.
   */
  CompletionStage<Void> restartProcess(String name);

  /**
   * Stops the running processes of a group, then starts all. Completes with how it went for each:
   * first those that could not be stopped, which are not started, then the others.
   */
  CompletionStage<List<ProcessResult>> restartGroup(String group);

  /** Restarts all processes, as {@link #restartGroup} those of a group. */
  CompletionStage<List<ProcessResult>> restartAll();

  /**
   * Restarts a process and waits until it is ready, or else RUNNING. The stage completes normally
   * however that went, and the roll goes on if nobody waits for it. ALREADY_STARTED when the
   * process belongs to a roll that is under way.
   */
  CompletionStage<RollReport> rollProcess(String name, RollOptions options);

  /**
   * Restarts the processes of a group a few at a time, the next when those before are ready, until
   * one fails; as {@link #rollProcess} otherwise.
   */
  CompletionStage<RollReport> rollGroup(String group, RollOptions options);

  /** Restarts all processes, as {@link #rollGroup} those of a group. */
  CompletionStage<RollReport> rollAll(RollOptions options);

  /** Sends a signal, by name ({@code HUP}, {@code SIGHUP}) or number; BAD_SIGNAL, NOT_RUNNING. */
  CompletionStage<Void> signalProcess(String name, String signal);

  /** Signals the processes of a group that can be signalled. */
  CompletionStage<List<ProcessResult>> signalGroup(String group, String signal);

  /** Signals all processes that can be signalled. */
  CompletionStage<List<ProcessResult>> signalAll(String signal);

  /** Writes to a process's stdin; NOT_RUNNING, NO_FILE when its stdin is closed. */
  CompletionStage<Void> sendProcessStdin(String name, Bytes data);

  /** Emits a REMOTE_COMMUNICATION event. */
  CompletionStage<Void> sendRemoteCommEvent(String type, Bytes data);

  /** Empties the activity log; NO_FILE, FAILED. */
  CompletionStage<Void> clearLog();

  /** Empties a process's logs; FAILED. */
  CompletionStage<Void> clearProcessLogs(String name);

  /** Empties the logs of all processes. */
  CompletionStage<List<ProcessResult>> clearAllProcessLogs();

  /** Closes and opens all log files again, as SIGUSR2 does. */
  CompletionStage<Void> reopenLogs();

  /**
   * Hears every event, in order, on the control loop: the listener must hand it on and return at
   * once.
   *
   * @return closes the subscription
   */
  AutoCloseable subscribe(Consumer<Event> listener);
}
