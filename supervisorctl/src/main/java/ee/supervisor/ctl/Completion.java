package ee.supervisor.ctl;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Knows how a word that was begun in the shell can go on. */
final class Completion implements Function<String, List<String>> {
  private final ActionTable actions;
  private CtlSession session;
  private List<Map<?, ?>> infos;

  Completion(ActionTable actions) {
    this.actions = actions;
  }

  /** Says whom to ask for the names of processes. */
  void use(CtlSession asked) {
    session = asked;
  }

  /** Forgets the names of processes: they may be others after an action. */
  void forget() {
    infos = null;
  }

  /**
   * Completes the last word.
   *
   * @param line what has been typed up to the cursor
   * @return all words that it can become
   */
  @Override
  public List<String> apply(String line) {
    String text = line.stripLeading();
    int space = text.indexOf(' ');
    String last = text.substring(text.lastIndexOf(' ') + 1);
    Completes kind =
        space < 0
            ? Completes.ACTIONS
            : actions
                .find(text.substring(0, space))
                .map(Action::completes)
                .orElse(Completes.NOTHING);
    List<String> words =
        switch (kind) {
          case NOTHING -> List.of();
          case ACTIONS -> actions.names();
          case GROUPS -> groups();
          case PROCESSES -> processes(last);
        };
    return words.stream().filter(word -> word.startsWith(last)).toList();
  }

  private List<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    infos().forEach(info -> groups.add(String.valueOf(info.get("group"))));
    return new ArrayList<>(groups);
  }

  private List<String> processes(String begun) {
    Set<String> words = new LinkedHashSet<>();
    for (Map<?, ?> info : infos()) {
      String group = String.valueOf(info.get("group"));
      String name = String.valueOf(info.get("name"));
      if (begun.contains(":") || !name.equals(group)) {
        words.add(group + ":" + name);
        words.add(group + ":*");
      } else {
        words.add(name);
      }
    }
    return new ArrayList<>(words);
  }

  /** Asks once between two lines: the Tab key may be pressed often. */
  private List<Map<?, ?>> infos() {
    if (infos == null) {
      infos = new ArrayList<>();
      try {
        if (session.server().call("supervisor.getAllProcessInfo") instanceof List<?> list) {
          for (Object element : list) {
            if (element instanceof Map<?, ?> info) {
              infos.add(info);
            }
          }
        }
      } catch (IOException | RpcFault | IllegalArgumentException e) {
        // no server, no names; the next action says what is wrong
      } finally {
        session.disconnect();
      }
    }
    return infos;
  }
}
