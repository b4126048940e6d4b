package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.event.Event;
import ee.supervisor.output.OutputListener;
import ee.supervisor.posix.Fd;
import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.util.Optional;

/** An ordinary program: stdin is a pipe, and what it says may become events. */
class ProgramRole implements ChildLauncher.Role {
  private final String group;
  private final ProcessConfig config;
  private final ProcessServices services;

  ProgramRole(String group, ProcessConfig config, ProcessServices services) {
    this.group = group;
    this.config = config;
    this.services = services;
  }

  @Override
  public Optional<Fd> stdin() throws IOException {
    return Optional.empty();
  }

  @Override
  public void launched(ManagedProcess process) {}

  @Override
  public void released(ManagedProcess process) {}

  @Override
  public OutputListener listener(ManagedProcess process, int pid) {
    return new OutputListener() {
      @Override
      public void processLog(Channel channel, Bytes data, Runnable done) {
        publish(new Event.ProcessLog(config.name(), group, pid, channel, data), done);
      }

      @Override
      public void communication(Channel channel, Bytes data, Runnable done) {
        publish(new Event.ProcessCommunication(config.name(), group, pid, channel, data), done);
      }

      @Override
      public void protocol(Bytes data, Runnable done) {
        done.run();
      }
    };
  }

  private void publish(Event event, Runnable done) {
    HandedOver.to(services.loop(), () -> services.events().publish(event), done);
  }
}
