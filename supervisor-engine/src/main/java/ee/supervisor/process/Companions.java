package ee.supervisor.process;

import ee.supervisor.output.OutputListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several that go along with the same children.
 *
 * @param each told in this order
 */
record Companions(List<Companion> each) implements Companion {
  Companions {
    each = List.copyOf(each);
  }

  @Override
  public Map<String, String> variables() throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (Companion one : each) {
      variables.putAll(one.variables());
    }
    return variables;
  }

  @Override
  public Optional<String> pidVariable() {
    return each.stream().flatMap(one -> one.pidVariable().stream()).findFirst();
  }

  @Override
  public OutputListener tap(ManagedProcess process, int pid, OutputListener listener) {
    OutputListener tapped = listener;
    for (Companion one : each) {
      tapped = one.tap(process, pid, tapped);
    }
    return tapped;
  }

  @Override
  public void launched(ManagedProcess process) {
    each.forEach(one -> one.launched(process));
  }

  @Override
  public void unused() {
    each.forEach(Companion::unused);
  }

  @Override
  public void released() {
    each.forEach(Companion::released);
  }
}
