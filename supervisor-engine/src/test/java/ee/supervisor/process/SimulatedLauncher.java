package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Makes simulated children, at once, later, or not at all. */
public final class SimulatedLauncher extends ChildLauncher {
  /** What becomes of an order. */
  public enum Answer {
    BORN_AT_ONCE,
    BORN,
    FAILS_AT_ONCE,
    FAILS,
    /** Nothing, until {@link #release}: the program's file system does not answer. */
    HANGS
  }

  private record Order(int number, Consumer<ChildProcess> launched, Consumer<String> failed) {}

  private final String group;
  private final ProcessConfig config;
  private final SimulatedLoop loop;
  private final boolean obedient;
  private final Duration drain;
  private final List<SimulatedChild> children = new ArrayList<>();
  private final Queue<Order> hanging = new ArrayDeque<>();
  private Answer answer = Answer.BORN;
  private int launches;
  private int failed;

  /**
   * Of one process.
   *
   * @param obedient whether its children end when they are asked to
   * @param drain how long their last output takes to be logged
   */
  public SimulatedLauncher(
      String group, ProcessConfig config, SimulatedLoop loop, boolean obedient, Duration drain) {
    super(group, config, loop, null, null, Companion.NONE);
    this.group = group;
    this.config = config;
    this.loop = loop;
    this.obedient = obedient;
    this.drain = drain;
  }

  /** What becomes of the orders from now on. */
  public void answer(Answer next) {
    answer = next;
  }

  /** The file system answers: the orders that hang are carried out, or fail. */
  public void release(boolean born) {
    for (Order order = hanging.poll(); order != null; order = hanging.poll()) {
      carryOut(order, born);
    }
  }

  /** All children there ever were, oldest first. */
  public List<SimulatedChild> children() {
    return children;
  }

  /** A process with such children. */
  public ManagedProcess process(ProcessServices services) {
    return new ManagedProcess(group, config, services, this);
  }

  /** A group of such processes. */
  public static ProcessGroup group(GroupConfig config, List<ManagedProcess> members) {
    return new ProcessGroup(config, members, Optional.empty());
  }

  /** How often a child was asked for. */
  public int launches() {
    return launches;
  }

  /** Which launch came to nothing last. */
  int failed() {
    return failed;
  }

  @Override
  void launch(ManagedProcess process, Consumer<ChildProcess> launched, Consumer<String> failed) {
    Order order = new Order(++launches, launched, failed);
    switch (answer) {
      case BORN_AT_ONCE -> carryOut(order, true);
      case FAILS_AT_ONCE -> carryOut(order, false);
      case BORN -> loop.loop().execute(() -> carryOut(order, true));
      case FAILS -> loop.loop().execute(() -> carryOut(order, false));
      case HANGS -> hanging.add(order);
    }
  }

  private void carryOut(Order order, boolean born) {
    if (born) {
      SimulatedChild child =
          new SimulatedChild(100 + children.size(), order.number, loop, obedient, drain);
      children.add(child);
      order.launched.accept(child);
    } else {
      failed = order.number;
      order.failed.accept("no child this time");
    }
  }

  @Override
  void launched(ManagedProcess process) {}

  @Override
  void released(ManagedProcess process) {}

  @Override
  void unused() {}

  @Override
  void prepareNext() {}

  @Override
  void forgetNext() {}

  @Override
  Optional<Path> stdoutLogfile() {
    return Optional.empty();
  }

  @Override
  Optional<Path> stderrLogfile() {
    return Optional.empty();
  }
}
