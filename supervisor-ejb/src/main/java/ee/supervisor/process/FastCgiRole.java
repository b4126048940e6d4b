package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.posix.Fd;
import java.io.IOException;
import java.util.Optional;

/** A FastCGI program: its stdin is the socket that its group shares. */
final class FastCgiRole extends ProgramRole {
  private final SharedSocket socket;

  FastCgiRole(String group, ProcessConfig config, ProcessServices services, SharedSocket socket) {
    super(group, config, services);
    this.socket = socket;
  }

  @Override
  public Optional<Fd> stdin() throws IOException {
    return Optional.of(socket.acquire());
  }

  @Override
  public void released(ManagedProcess process) {
    socket.release();
  }
}
