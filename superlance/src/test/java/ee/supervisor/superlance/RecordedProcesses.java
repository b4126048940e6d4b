package ee.supervisor.superlance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Processes that are what a test says they are; keeps what is done to them. */
final class RecordedProcesses implements Processes {
  final List<WatchedProcess> all = new ArrayList<>();
  final List<String> commands = new ArrayList<>();
  final Set<String> refused = new HashSet<>();

  @Override
  public List<WatchedProcess> all() {
    return all;
  }

  @Override
  public void stop(String name) throws StartStopRefusedException {
    command("stop " + name);
  }

  @Override
  public void start(String name) throws StartStopRefusedException {
    command("start " + name);
  }

  private void command(String command) throws StartStopRefusedException {
    commands.add(command);
    if (refused.contains(command)) {
      throw new StartStopRefusedException("<Fault 30: 'FAILED'>", null);
    }
  }
}
