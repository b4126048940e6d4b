package ee.supervisor.process;

/** An action the control loop will run once its time has come, unless it is cancelled. */
public interface Timer {

  /** Makes sure the action will not run any more; harmless if it has run. */
  void cancel();
}
