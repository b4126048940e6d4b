package ee.supervisor.web.page;

import ee.supervisor.event.ProcessState;
import java.util.List;

/** A state as people see it: a word, and a colour that says no more than the word does. */
final class StateChip {
  /** All states in the order in which an operator wants to know of them. */
  static final List<ProcessState> WORST_FIRST =
      List.of(
          ProcessState.FATAL,
          ProcessState.UNKNOWN,
          ProcessState.BACKOFF,
          ProcessState.STOPPING,
          ProcessState.STARTING,
          ProcessState.EXITED,
          ProcessState.STOPPED,
          ProcessState.RUNNING);

  private StateChip() {}

  /** The chip for one process. */
  static Html of(Texts texts, ProcessState state) {
    return Html.of("<span class=\"chip {}\">{}</span>", cssClass(state), word(texts, state));
  }

  /** The word for {@code state}. */
  static String word(Texts texts, ProcessState state) {
    return texts.get("state." + state.name());
  }

  /** What colours the state. */
  static String cssClass(ProcessState state) {
    return switch (state) {
      case RUNNING -> "good";
      case STARTING, STOPPING -> "busy";
      case BACKOFF -> "warn";
      case FATAL, UNKNOWN -> "bad";
      case STOPPED, EXITED -> "idle";
    };
  }

  /** Whether somebody should look at a process in this state. */
  static boolean needsAttention(ProcessState state) {
    return switch (state) {
      case FATAL, BACKOFF, UNKNOWN -> true;
      case RUNNING, STARTING, STOPPING, STOPPED, EXITED -> false;
    };
  }
}
