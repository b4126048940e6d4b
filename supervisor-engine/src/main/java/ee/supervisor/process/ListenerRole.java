package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.event.ProcessState;
import ee.supervisor.listener.EventListener;
import ee.supervisor.listener.ListenerPool;
import ee.supervisor.output.OutputListener;
import ee.supervisor.posix.Fd;
import ee.supervisor.text.Bytes;
import java.util.Optional;

/** An event listener: its stdin and stdout speak the event protocol with its pool. */
final class ListenerRole implements ChildLauncher.Role {
  private final ListenerPool pool;
  private final ProcessConfig config;
  private final ProcessServices services;
  private Optional<EventListener> life = Optional.empty();

  ListenerRole(ListenerPool pool, ProcessConfig config, ProcessServices services) {
    this.pool = pool;
    this.config = config;
    this.services = services;
  }

  @Override
  public Optional<Fd> stdin() {
    return Optional.empty();
  }

  @Override
  public void launched(ManagedProcess process) {
    EventListener listener = new Life(process);
    life = Optional.of(listener);
    pool.listenerStarted(listener);
  }

  @Override
  public void released(ManagedProcess process) {
    life.ifPresent(pool::listenerExited);
    life = Optional.empty();
  }

  @Override
  public OutputListener listener(ManagedProcess process, int pid) {
    return new OutputListener() {
      @Override
      public void processLog(Channel channel, Bytes data, Runnable done) {
        done.run();
      }

      @Override
      public void communication(Channel channel, Bytes data, Runnable done) {
        done.run();
      }

      @Override
      public void protocol(Bytes data, Runnable done) {
        HandedOver.to(
            services.loop(),
            () -> {
              // What a former life said after its end is nobody's business any more.
              if (process.child().filter(c -> c.pid() == pid).isPresent()) {
                life.ifPresent(l -> pool.listenerOutput(l, data));
              }
            },
            done);
      }
    };
  }

  /** One life of the listener: its pool must not take a successor for the one it spoke with. */
  private final class Life implements EventListener {
    private final ManagedProcess process;

    Life(ManagedProcess process) {
      this.process = process;
    }

    @Override
    public String name() {
      return config.name();
    }

    @Override
    public boolean isRunning() {
      return process.state() == ProcessState.RUNNING;
    }

    @Override
    public boolean send(Bytes envelope) {
      if (process.child().isEmpty() || process.isStopRequested()) {
        return false;
      }
      process
          .writeStdin(envelope)
          .whenComplete(
              (accepted, error) -> {
                if (error != null || !accepted) {
                  services.loop().execute(() -> pool.sendFailed(this));
                }
              });
      return true;
    }
  }
}
