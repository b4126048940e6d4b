package ee.supervisor.rpc;

import static java.util.stream.Collectors.joining;

import ee.supervisor.clock.LocalTime;
import ee.supervisor.text.PythonText;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Shows an argument as Python prints it: faults quote what they complain about. */
final class PythonValue {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private PythonValue() {}

  /** As {@code str()} does. */
  static String shown(Object value) {
    return value instanceof String text ? text : inside(value);
  }

  /** The name of its type: faults name it for what cannot be used. */
  static String type(Object value) {
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Number) {
      return value instanceof Double ? "float" : "int";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Map) {
      return "dict";
    }
    if (value instanceof Date) {
      return "datetime.datetime";
    }
    return value == RpcArguments.Nil.NIL ? "NoneType" : "str";
  }

  /** As it stands inside a list or dictionary: a text in quotes. */
  private static String inside(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof String text) {
      return PythonText.repr(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PythonValue::inside).collect(joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> inside(member.getKey()) + ": " + inside(member.getValue()))
          .collect(joining(", ", "{", "}"));
    }
    if (value instanceof Date date) {
      return DATE_TIME.format(LocalTime.of(date.toInstant()));
    }
    return value.toString();
  }
}
