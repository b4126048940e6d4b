package ee.supervisor.event;

import ee.supervisor.text.Bytes;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Events of every kind, each with the payload that the reference gives it. */
public final class SampleEvents {
  private static final String OF_APP = "processname:app_00 groupname:web ";

  private SampleEvents() {}

  /** Pairs of event and payload. */
  public static Stream<Arguments> payloads() {
    return Stream.of(
        Arguments.of(change(ProcessState.STARTING), OF_APP + "from_state:BACKOFF tries:3"),
        Arguments.of(change(ProcessState.BACKOFF), OF_APP + "from_state:BACKOFF tries:3"),
        Arguments.of(change(ProcessState.RUNNING), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(change(ProcessState.STOPPING), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(change(ProcessState.STOPPED), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(
            change(ProcessState.EXITED), OF_APP + "from_state:BACKOFF expected:0 pid:4711"),
        Arguments.of(
            new Event.ProcessStateChanged(
                "app_00", "web", ProcessState.RUNNING, ProcessState.EXITED, 4711, 0, true),
            OF_APP + "from_state:RUNNING expected:1 pid:4711"),
        Arguments.of(change(ProcessState.FATAL), OF_APP + "from_state:BACKOFF"),
        Arguments.of(change(ProcessState.UNKNOWN), OF_APP + "from_state:BACKOFF"),
        Arguments.of(
            output(Channel.STDOUT, Bytes.utf8("line\n")),
            OF_APP + "pid:4711 channel:stdout\nline\n"),
        Arguments.of(
            output(Channel.STDERR, Bytes.utf8("grüße 😀")),
            OF_APP + "pid:4711 channel:stderr\ngrüße 😀"),
        Arguments.of(
            output(Channel.STDOUT, bytes(0xff, 0xfe, '\n')),
            OF_APP + "pid:4711 channel:stdout\nUndecodable: b'\\xff\\xfe\\n'"),
        Arguments.of(message(Bytes.utf8("secret")), OF_APP + "pid:4711\nsecret"),
        Arguments.of(
            message(bytes('\'', 0xc0, 0x80)), OF_APP + "pid:4711\nUndecodable: b\"'\\xc0\\x80\""),
        Arguments.of(
            new Event.ProcessCommunication(
                "app_00", "web", 4711, Channel.STDERR, Bytes.utf8("over err")),
            OF_APP + "pid:4711\nover err"),
        Arguments.of(
            new Event.RemoteCommunication("my type", Bytes.utf8("däta")), "type:my type\ndäta"),
        Arguments.of(new Event.SupervisorStateChanged(true), ""),
        Arguments.of(new Event.SupervisorStateChanged(false), ""),
        Arguments.of(new Event.Tick(5, 1700000000L), "when:1700000000"),
        Arguments.of(new Event.Tick(60, 1699999980L), "when:1699999980"),
        Arguments.of(new Event.Tick(3600, 1699999200L), "when:1699999200"),
        Arguments.of(new Event.GroupAdded("web"), "groupname:web\n"),
        Arguments.of(new Event.GroupRemoved("web"), "groupname:web\n"),
        Arguments.of(
            new Event.DependencyFailed("web", "site", "db"),
            "processname:web groupname:site dependency:db"),
        Arguments.of(new Event.ReadinessChanged("app_00", "web", 4711, true), OF_APP + "pid:4711"),
        Arguments.of(
            new Event.ReadinessChanged("app_00", "web", 4711, false), OF_APP + "pid:4711"));
  }

  private static Event change(ProcessState to) {
    return new Event.ProcessStateChanged("app_00", "web", ProcessState.BACKOFF, to, 4711, 3, false);
  }

  private static Event output(Channel channel, Bytes data) {
    return new Event.ProcessLog("app_00", "web", 4711, channel, data);
  }

  private static Event message(Bytes data) {
    return new Event.ProcessCommunication("app_00", "web", 4711, Channel.STDOUT, data);
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.copyOf(bytes);
  }
}
