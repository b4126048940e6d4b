package ee.supervisor.rpc;

import java.util.concurrent.CompletionStage;

/** What an RPC method does. */
@FunctionalInterface
public interface RpcCall {

  /**
   * Carries out one call. It must return at once; what takes time completes the stage later, from
   * any thread, and holds no thread of a door meanwhile.
   *
   * <p>The result may be a {@code String}, {@code Integer}, {@code Long} (capped to 32 bits),
   * {@code Boolean}, {@code Double}, {@link ee.supervisor.text.Bytes} (sent as text), a {@code
   * List} of these or a {@code Map} from {@code String} to these; never null.
   *
   * @param arguments what the client sent, in the number that the method's parameters allow
   * @return completes with the result, or exceptionally with {@link
   *     ee.supervisor.control.SupervisorException} for a fault of the client's making
   * @throws ee.supervisor.control.SupervisorException the same, thrown at once
   */
  CompletionStage<?> call(RpcArguments arguments);
}
