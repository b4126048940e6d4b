package ee.supervisor.jmx;

import java.util.List;

/** One process of an event listener pool, as JMX clients see it. */
@Description("An event listener under supervisord's control")
public interface EventListenerMXBean extends ProgramMXBean {

  @Description("Event types that its pool subscribes to")
  List<String> getEvents();

  @Description("Events that its pool keeps while no listener is ready")
  long getBufferSize();

  @Description("What judges the listener's results, as named in the configuration")
  String getResultHandler();

  @Description("ACKNOWLEDGED, READY, BUSY or UNKNOWN; empty while it does not run")
  String getListenerState();

  @Description("Events of its pool that wait for a listener")
  int getBufferedEvents();

  @Description("Events its pool has lost because its buffer was full")
  long getDiscardedEvents();
}
