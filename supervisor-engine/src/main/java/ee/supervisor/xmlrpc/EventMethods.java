package ee.supervisor.xmlrpc;

import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import ee.supervisor.text.Bytes;
import java.util.List;

/** The method that lets a client speak to event listeners; it works in every state. */
final class EventMethods {
  private final Supervisor supervisor;

  EventMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        RpcMethod.named("sendRemoteCommEvent")
            .describedAs("Emits a REMOTE_COMMUNICATION event for the listeners that subscribed.")
            .parameter("string", "type", "value of the event's type key")
            .parameter("string", "data", "body of the event")
            .returns("boolean", "true")
            .calling(
                arguments ->
                    supervisor
                        .sendRemoteCommEvent(arguments.text(0), data(arguments))
                        .thenApply(done -> true)));
  }

  private static Bytes data(RpcArguments arguments) {
    return arguments.values().get(1) instanceof Bytes bytes ? bytes : Bytes.utf8(arguments.text(1));
  }
}
