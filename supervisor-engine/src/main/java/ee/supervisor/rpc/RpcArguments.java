package ee.supervisor.rpc;

import ee.supervisor.access.Caller;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.text.Bytes;
import ee.supervisor.text.PythonText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The arguments of one RPC call, read as leniently as clients have come to rely on: a number where
 * a text is wanted, a text where a number is, anything where a boolean is.
 *
 * <p>Immutable. The values are {@code String}, {@code Long}, {@code Boolean}, {@code Double},
 * {@link Bytes} (sent as base64), {@code java.util.Date}, {@code List}, {@code Map} and {@link
 * Nil}.
 */
public final class RpcArguments {
  /** A whole number as Python reads one from text: blanks around it, underscores between digits. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+(_\\d+)*");

  /** What {@code <nil/>} says: no value. False as a boolean, and neither number nor name. */
  public enum Nil {
    NIL;

    @Override
    public String toString() {
      return "None";
    }
  }

  private final Caller caller;
  private final List<Object> values;

  /**
   * Arguments of a call.
   *
   * @param caller who makes it
   * @param values in the order the client sent them
   */
  public RpcArguments(Caller caller, List<?> values) {
    this.caller = caller;
    this.values = List.copyOf(values);
  }

  /** Who calls. */
  public Caller caller() {
    return caller;
  }

  /** How many there are. */
  public int size() {
    return values.size();
  }

  /** Whether the argument at {@code index} was given. */
  public boolean has(int index) {
    return index < values.size();
  }

  /** The arguments as they are. */
  public List<Object> values() {
    return values;
  }

  /**
   * The argument at {@code index} as text; numbers and booleans as Python prints them.
   *
   * @throws SupervisorException INCORRECT_PARAMETERS for an array or a struct
   */
  public String text(int index) {
    Object value = values.get(index);
    if (value instanceof List || value instanceof Map) {
      throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
    }
    return PythonValue.shown(value);
  }

  /**
   * The argument at {@code index} as the name of a process: text, and nothing that could be taken
   * for it.
   *
   * @throws MistypedException when it is something else
   */
  public String name(int index) {
    if (values.get(index) instanceof String || values.get(index) instanceof Bytes) {
      return text(index);
    }
    throw MistypedException.of(
        "AttributeError",
        "'%s' object has no attribute 'split'".formatted(PythonValue.type(values.get(index))));
  }

  /**
   * The argument at {@code index} as bytes: base64 as sent, text in UTF-8.
   *
   * @throws SupervisorException INCORRECT_PARAMETERS for what is neither
   */
  public Bytes bytes(int index) {
    Object value = values.get(index);
    if (value instanceof Bytes bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      return Bytes.utf8(text);
    }
    throw value == Nil.NIL
        ? new SupervisorException(Fault.INCORRECT_PARAMETERS)
        : new SupervisorException(Fault.INCORRECT_PARAMETERS, PythonValue.shown(value));
  }

  /**
   * The argument at {@code index} as a whole number; what lies outside of {@code long} becomes the
   * nearest it can hold.
   *
   * @throws SupervisorException INCORRECT_PARAMETERS when it is of a type that cannot be one
   * @throws MistypedException when it is a text that is not one
   */
  public long number(int index) {
    Object value = values.get(index);
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof String text) {
      if (WHOLE_NUMBER.matcher(text.strip()).matches()) {
        return parse(text.strip().replace("_", ""));
      }
      throw MistypedException.of(
          "ValueError", "invalid literal for int() with base 10: " + PythonText.repr(text));
    }
    throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
  }

  /**
   * The argument at {@code index} as Python would judge it in a condition: zero and what is empty
   * are false. {@code absent} where it was not given.
   */
  public boolean truth(int index, boolean absent) {
    if (!has(index)) {
      return absent;
    }
    Object value = values.get(index);
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Bytes bytes) {
      return bytes.length() > 0;
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return value instanceof Map<?, ?> map ? !map.isEmpty() : value != Nil.NIL;
  }

  /**
   * The argument at {@code index} as an array.
   *
   * @throws SupervisorException INCORRECT_PARAMETERS when it is not one
   */
  public List<?> list(int index) {
    if (values.get(index) instanceof List<?> list) {
      return list;
    }
    throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
  }

  /**
   * The argument at {@code index} as calls that can be made one after the other.
   *
   * @throws MistypedException when it is no array, or one with something else than structs in it
   */
  public List<?> calls(int index) {
    if (values.get(index) instanceof List<?> list) {
      Object other = list.stream().filter(call -> !(call instanceof Map)).findFirst().orElse(null);
      if (other == null) {
        return list;
      }
      throw MistypedException.of(
          "AttributeError",
          "'%s' object has no attribute 'get'".formatted(PythonValue.type(other)));
    }
    throw MistypedException.of(
        "TypeError",
        "'%s' object is not subscriptable".formatted(PythonValue.type(values.get(index))));
  }

  /**
   * The argument at {@code index} as a struct.
   *
   * @throws SupervisorException INCORRECT_PARAMETERS when it is not one
   */
  public Map<?, ?> struct(int index) {
    if (values.get(index) instanceof Map<?, ?> map) {
      return map;
    }
    throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
  }

  /**
   * An argument of a type or form that Supervisor itself does not expect either: its client sees an
   * HTTP error 500, no fault, and so does ours. The message is Python's, which a multicall shows.
   */
  public static final class MistypedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MistypedException(String message) {
      super(message, null, false, false);
    }

    private static MistypedException of(String pythonClass, String text) {
      return new MistypedException("<class '%s'>:%s".formatted(pythonClass, text));
    }
  }

  private static long parse(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
