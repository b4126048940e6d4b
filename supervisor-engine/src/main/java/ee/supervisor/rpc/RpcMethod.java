package ee.supervisor.rpc;

import static java.util.Objects.requireNonNull;

import ee.supervisor.config.Role;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One method of an XML-RPC namespace with what {@code system.methodHelp} and {@code
 * system.methodSignature} describe it.
 *
 * <pre>{@code
 * RpcMethod.named("stop")
 *     .describedAs("Stops a deployment.")
 *     .parameter("string", "service", "which one")
 *     .returns("boolean", "always true")
 *     .needs(Role.OPERATOR)
 *     .calling(arguments -> stop(arguments.text(0)));
 * }</pre>
 *
 * @param name its name without the namespace: letters, digits and underscores, no underscore first
 * @param description what it does, in plain words
 * @param parameters its parameters in order, the optional ones last
 * @param result what it returns
 * @param role what a user has to be to call it
 * @param body what it does
 */
public record RpcMethod(
    String name,
    String description,
    List<RpcParameter> parameters,
    RpcParameter result,
    Role role,
    RpcCall body) {

  /**
   * Checks the name and copies the list.
   *
   * @throws IllegalArgumentException when {@code name} could not be called from outside
   */
  public RpcMethod {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not a method name: " + name);
    }
    requireNonNull(description, "description");
    requireNonNull(result, "result");
    requireNonNull(role, "role");
    requireNonNull(body, "body");
    parameters = List.copyOf(parameters);
  }

  /** Starts the description of a method of that name. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The same method under another name, for clients that still use the old one. */
  public RpcMethod alias(String otherName) {
    return new RpcMethod(otherName, description, parameters, result, role, body);
  }

  /** The same method, doing something else. */
  public RpcMethod calling(RpcCall otherBody) {
    return new RpcMethod(name, description, parameters, result, role, otherBody);
  }

  /** The response of {@code system.methodSignature}: the result's type, then the parameters'. */
  public List<String> signature() {
    List<String> types = new ArrayList<>();
    types.add(result.type());
    parameters.forEach(parameter -> types.add(parameter.type()));
    return List.copyOf(types);
  }

  /** The response of {@code system.methodHelp}. */
  public String help() {
    StringBuilder text = new StringBuilder(description).append('\n');
    for (RpcParameter parameter : parameters) {
      text.append("\n@param ").append(parameter.type()).append(' ').append(parameter.name());
      text.append("  ").append(parameter.meaning());
    }
    text.append("\n@return ").append(result.type());
    if (!result.meaning().isEmpty()) {
      text.append(" result  ").append(result.meaning());
    }
    return text.append('\n').toString();
  }

  /**
   * Calls it.
   *
   * @return completes with the result or exceptionally
   * @throws SupervisorException INCORRECT_PARAMETERS when the number of arguments is wrong, and
   *     what {@link #body} throws
   */
  public CompletionStage<?> call(RpcArguments arguments) {
    long required = parameters.stream().filter(RpcParameter::required).count();
    if (arguments.size() < required || arguments.size() > parameters.size()) {
      throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
    }
    return body.call(arguments);
  }

  /** Collects what makes up a method; its last step is {@link #calling}. */
  public static final class Builder {
    private final String name;
    private final List<RpcParameter> parameters = new ArrayList<>();
    private String description = "";
    private RpcParameter result = new RpcParameter("boolean", "", "", true);
    private Role role = Role.ADMIN;

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
    }

    /** Sets what the method does, in plain words. */
    public Builder describedAs(String text) {
      description = text;
      return this;
    }

    /** Adds a parameter that every call must give. */
    public Builder parameter(String type, String parameterName, String meaning) {
      parameters.add(new RpcParameter(type, parameterName, meaning, true));
      return this;
    }

    /** Adds a parameter that a call may leave out. */
    public Builder optional(String type, String parameterName, String meaning) {
      parameters.add(new RpcParameter(type, parameterName, meaning, false));
      return this;
    }

    /** Sets what the method returns; a boolean if never called. */
    public Builder returns(String type, String meaning) {
      result = new RpcParameter(type, "", meaning, true);
      return this;
    }

    /**
     * Sets what a user has to be to call it; {@link Role#ADMIN} if never called. Calls of a method
     * that a {@link Role#VIEWER} may call count as reading and are not recorded.
     */
    public Builder needs(Role needed) {
      role = needed;
      return this;
    }

    /** Makes the method. */
    public RpcMethod calling(RpcCall body) {
      return new RpcMethod(name, description, parameters, result, role, body);
    }
  }
}
