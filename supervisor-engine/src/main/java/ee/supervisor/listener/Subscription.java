package ee.supervisor.listener;

/** A place on the {@link EventBus} that can be given up. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends it: nothing is heard after this returns. A second call does nothing. */
  @Override
  void close();
}
