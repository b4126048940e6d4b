package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.Action;
import java.util.List;

/** Lists the actions that are always there. */
public final class StandardActions {

  private StandardActions() {}

  /**
   * Makes the actions that {@code help} lists.
   *
   * @return one object for each, without state
   */
  public static List<Action> all() {
    return List.of(
        new AddAction(),
        new AvailAction(),
        new ClearAction(),
        new LeaveAction("exit", HelpTexts.EXIT),
        new FgAction(),
        new MaintailAction(),
        new OpenAction(),
        new PidAction(),
        new LeaveAction("quit", HelpTexts.QUIT),
        new ReloadAction(),
        new RemoveAction(),
        new RereadAction(),
        StartStopAction.RESTART,
        new ShutdownAction(),
        new SignalAction(),
        StartStopAction.START,
        new StatusAction(),
        StartStopAction.STOP,
        new TailAction(),
        new UpdateAction(),
        new VersionAction());
  }

  /**
   * Makes the action that the end of input stands for.
   *
   * @return an action that {@code help} doesn't list
   */
  public static Action endOfInput() {
    return new LeaveAction("EOF", "");
  }
}
