package ee.supervisor.jmx.ctl;

import java.util.List;

/**
 * The arguments of a call.
 *
 * @param values strings, integers and booleans
 */
record Arguments(List<Object> values) {

  String text(int index) {
    return String.valueOf(values.get(index));
  }

  /** True if left out: every flag of {@code supervisor.*} means to wait. */
  boolean flag(int index) {
    return index >= values.size() || Boolean.TRUE.equals(values.get(index));
  }

  long number(int index) {
    return ((Number) values.get(index)).longValue();
  }

  long numberOr(int index, long absent) {
    return index < values.size() ? number(index) : absent;
  }
}
