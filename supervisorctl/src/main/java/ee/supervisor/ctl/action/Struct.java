package ee.supervisor.ctl.action;

import java.util.List;
import java.util.Map;

/**
 * Reads the members of a struct that came from a server.
 *
 * @param members the members by name
 */
record Struct(Map<?, ?> members) {

  /** The struct that a server sent. */
  static Struct of(Object value) {
    if (value instanceof Map<?, ?> members) {
      return new Struct(members);
    }
    throw new UnexpectedResultException("the server sent " + value + " instead of a struct");
  }

  /** The structs of an array that a server sent. */
  static List<Struct> listOf(Object value) {
    return list(value).stream().map(Struct::of).toList();
  }

  /** The strings of an array that a server sent. */
  static List<String> strings(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  /** An array that a server sent. */
  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new UnexpectedResultException("the server sent " + value + " instead of an array");
  }

  String text(String name) {
    return String.valueOf(member(name));
  }

  int number(String name) {
    if (member(name) instanceof Integer number) {
      return number;
    }
    throw new UnexpectedResultException(
        "the server sent " + name + "=" + member(name) + " instead of a number");
  }

  boolean flag(String name) {
    Object value = member(name);
    return Boolean.TRUE.equals(value) || (value instanceof Integer number && number != 0);
  }

  /** The member of that name. */
  Object member(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw new UnexpectedResultException("the server sent a struct without " + name);
    }
    return value;
  }
}
