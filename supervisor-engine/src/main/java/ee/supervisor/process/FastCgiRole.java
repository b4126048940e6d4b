package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.posix.Fd;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A FastCGI program: its stdin is the socket that its group shares. */
final class FastCgiRole extends ProgramRole {
  private final ProcessServices services;
  private final SharedSocket socket;

  /** How often it has the socket: got on the spawner's thread, given back on the loop. */
  private final AtomicInteger held = new AtomicInteger();

  FastCgiRole(String group, ProcessConfig config, ProcessServices services, SharedSocket socket) {
    super(group, config, services);
    this.services = services;
    this.socket = socket;
  }

  /** The socket is counted, and open as long as somebody has it. */
  @Override
  public boolean isPreparedAhead() {
    return false;
  }

  @Override
  public Optional<Fd> stdin() throws IOException {
    Fd shared = socket.acquire();
    held.incrementAndGet();
    return Optional.of(shared);
  }

  @Override
  public void released(ManagedProcess process) {
    unused();
  }

  @Override
  public void unused() {
    if (held.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
      services.spawner().call(socket::release);
    }
  }
}
