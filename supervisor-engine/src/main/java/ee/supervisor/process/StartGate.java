package ee.supervisor.process;

/**
 * Decides whether a process that is to start may start now: others may have to be there first.
 * Confined to the control loop.
 */
public interface StartGate {
  /** Lets everything through. */
  StartGate OPEN =
      new StartGate() {
        @Override
        public boolean admits(ManagedProcess process, Runnable later) {
          return true;
        }

        @Override
        public void forget(ManagedProcess process) {}

        @Override
        public void changed(ManagedProcess process) {}

        @Override
        public boolean awaitsEndOf(ManagedProcess process) {
          return false;
        }
      };

  /**
   * Whether a process may start now.
   *
   * @param later starts it; run when it may, unless it is forgotten before
   */
  boolean admits(ManagedProcess process, Runnable later);

  /** A process is not to start any more, or has started without asking. */
  void forget(ManagedProcess process);

  /** Something about a process has changed: its state, whether it is ready, what it waits for. */
  void changed(ManagedProcess process);

  /** Whether another waits for this one to end: then it may end as soon as it likes. */
  boolean awaitsEndOf(ManagedProcess process);
}
