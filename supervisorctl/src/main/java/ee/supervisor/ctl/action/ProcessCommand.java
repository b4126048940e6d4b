package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does one thing to the processes and groups that an operator named. */
final class ProcessCommand {
  private final Session session;
  private final Verb verb;
  private final Optional<Duration> timeout;
  private final Object[] extra;

  /**
   * Prepares to do it.
   *
   * @param timeout how long to wait for each name, or empty for as long as it takes
   * @param extra what the methods take behind the name
   */
  ProcessCommand(Session session, Verb verb, Optional<Duration> timeout, Object... extra) {
    this.session = session;
    this.verb = verb;
    this.timeout = timeout;
    this.extra = extra;
  }

  /** Does it to all processes if {@code all} is among the names, else to each name. */
  void apply(List<String> names) throws IOException, RpcFault {
    if (names.contains("all")) {
      toAll();
      return;
    }
    for (String name : names) {
      Namespec namespec = Namespec.parse(name);
      if (namespec.process().isEmpty()) {
        toGroup(namespec.group());
      } else {
        toProcess(name, namespec);
      }
    }
  }

  /**
   * Does it to each name by a method that takes processes and groups, and answers with a struct for
   * each process it was done to.
   *
   * @param option for which Supervisor's own server is not enough
   */
  void applyBy(String method, String option, List<String> names) throws IOException, RpcFault {
    for (String name : names) {
      Namespec namespec = Namespec.parse(name);
      try {
        tellAll(call(name, method, with(name)));
      } catch (CallTimeoutException e) {
        tellStates(
            info ->
                info.text("group").equals(namespec.group())
                    && namespec.process().map(info.text("name")::equals).orElse(true));
      } catch (RpcFault fault) {
        if (fault.code() == FaultCode.UNKNOWN_METHOD) {
          Extension.tellMissing(session, option);
          return;
        }
        if (fault.code() == FaultCode.BAD_NAME && namespec.process().isEmpty()) {
          session.print(namespec.group() + ": ERROR (no such group)");
          session.exitStatus(verb.unknownGroupStatus());
        } else {
          tell(CallResult.of(namespec, fault));
        }
      }
    }
  }

  private void toAll() throws IOException, RpcFault {
    try {
      tellAll(call("all", verb.onAll(), extra));
    } catch (CallTimeoutException e) {
      tellStates(info -> true);
    }
  }

  private void toGroup(String group) throws IOException, RpcFault {
    try {
      tellAll(call(group + ":*", verb.onGroup(), with(group)));
    } catch (CallTimeoutException e) {
      tellStates(info -> info.text("group").equals(group));
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.BAD_NAME) {
        throw fault;
      }
      session.print(group + ": ERROR (no such group)");
      session.exitStatus(verb.unknownGroupStatus());
    }
  }

  private void toProcess(String name, Namespec namespec) throws IOException {
    try {
      call(name, verb.onProcess(), with(name));
      session.print(verb.tell().apply(CallResult.done(namespec)));
    } catch (RpcFault fault) {
      tell(CallResult.of(namespec, fault));
    } catch (CallTimeoutException e) {
      tellStatesOf(namespec);
    }
  }

  private void tellStatesOf(Namespec namespec) throws IOException {
    try {
      tellStates(
          info ->
              info.text("group").equals(namespec.group())
                  && info.text("name").equals(namespec.process().orElseThrow()));
    } catch (RpcFault fault) {
      tell(CallResult.of(namespec, fault));
    }
  }

  private Object call(String name, String method, Object... arguments)
      throws IOException, RpcFault, CallTimeoutException {
    return new PatientCall(session, timeout).call(name + ": " + verb.going(), method, arguments);
  }

  private Object[] with(String name) {
    Object[] arguments = new Object[extra.length + 1];
    arguments[0] = name;
    System.arraycopy(extra, 0, arguments, 1, extra.length);
    return arguments;
  }

  private void tellAll(Object results) {
    for (Struct struct : Struct.listOf(results)) {
      tell(CallResult.of(struct));
    }
  }

  private void tell(CallResult result) {
    session.print(verb.tell().apply(result));
    if (verb.equals(Verb.START) && result.status() != FaultCode.SUCCESS) {
      FailedStart.explain(session, result);
    }
    if (result.status() != verb.harmlessFault() && result.status() != FaultCode.SUCCESS) {
      session.exitStatus(ExitStatus.ofFault(result.status()));
    }
  }

  /** Says how far the processes had come when the time was over. */
  private void tellStates(Predicate<Struct> asked) throws IOException, RpcFault {
    Object infos = session.server().call("supervisor.getAllProcessInfo");
    for (Struct info : Struct.listOf(infos)) {
      if (asked.test(info)) {
        tellState(info);
      }
    }
  }

  private void tellState(Struct info) {
    String name = Namespec.of(info.text("group"), info.text("name"));
    String state = info.text("statename");
    if (verb.goalStates().contains(state)) {
      session.print(verb.tell().apply(new CallResult(name, FaultCode.SUCCESS, "OK")));
    } else {
      String seconds = timeout.map(Duration::toSeconds).map(String::valueOf).orElse("");
      session.print(name + ": ERROR (timeout: " + state + " after " + seconds + " s)");
      session.exitStatus(ExitStatus.GENERIC);
    }
  }
}
