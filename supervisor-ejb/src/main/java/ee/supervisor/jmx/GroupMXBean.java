package ee.supervisor.jmx;

import java.util.List;
import java.util.Map;

/** One active process group, as JMX clients see it. */
@Description("A group of processes under supervisord's control")
public interface GroupMXBean {

  @Description("The group's name")
  String getName();

  @Description("PROGRAM, EVENTLISTENER or FCGI_PROGRAM")
  String getKind();

  @Description("Groups start in the order of this number, and stop in the opposite one")
  long getPriority();

  @Description("The names of its processes, by priority")
  List<String> getProcessNames();

  @Description("How many of its processes are in which state")
  Map<String, Integer> getStateCounts();

  @Description("Starts its processes that do not run and waits until they do")
  List<Outcome> start();

  @Description("Stops its running processes and waits until they have stopped")
  List<Outcome> stop();

  @Description("Stops its running processes, then starts all, and waits until they run")
  List<Outcome> restart();

  @Description("Restarts its processes, the next when those before are ready")
  RollOutcome roll(
      @Description("How many at a time") long batch,
      @Description("Seconds that each may take, 0 for the usual") long timeout);

  @Description("Sends a signal to its processes")
  List<Outcome> signal(@Description("A name, HUP or SIGHUP, or a number") String signal);
}
