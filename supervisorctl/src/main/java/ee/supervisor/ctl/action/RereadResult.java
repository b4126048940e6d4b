package ee.supervisor.ctl.action;

import java.util.List;

/**
 * Says what reading the configuration again brought.
 *
 * @param added groups that are new
 * @param changed groups that differ
 * @param removed groups that are gone
 */
record RereadResult(List<String> added, List<String> changed, List<String> removed) {

  /** The result of {@code supervisor.reloadConfig}. */
  static RereadResult of(Object result) {
    List<?> outer = Struct.list(result);
    List<?> lists = Struct.list(outer.isEmpty() ? outer : outer.get(0));
    if (lists.size() != 3) {
      throw new UnexpectedResultException("the server sent " + result + " instead of three lists");
    }
    return new RereadResult(
        Struct.strings(lists.get(0)), Struct.strings(lists.get(1)), Struct.strings(lists.get(2)));
  }
}
