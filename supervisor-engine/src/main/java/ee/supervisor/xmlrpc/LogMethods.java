package ee.supervisor.xmlrpc;

import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The methods that read, tail and clear logs, and write to a process's stdin. */
final class LogMethods {
  private static final String NAME = "its name, or group:name";

  /** How much of a log is held in memory until its response is sent. */
  private static final int MAX_HELD_BYTES = 65_536;

  private final Supervisor supervisor;
  private final Executor readers;

  LogMethods(Supervisor supervisor, Executor readers) {
    this.supervisor = supervisor;
    this.readers = readers;
  }

  List<RpcMethod> all() {
    List<RpcMethod> methods = new ArrayList<>();
    withAliases(methods, readLog(), "readMainLog");
    withAliases(methods, read("stdout", ProcessInfo::stdoutLogfile), "readProcessLog");
    withAliases(methods, read("stderr", ProcessInfo::stderrLogfile));
    withAliases(methods, tail("stdout", ProcessInfo::stdoutLogfile), "tailProcessLog");
    withAliases(methods, tail("stderr", ProcessInfo::stderrLogfile));
    withAliases(methods, clearProcessLogs(), "clearProcessLog");
    methods.add(
        RpcMethod.named("clearLog")
            .describedAs("Empties supervisord's own log.")
            .returns("boolean", "true")
            // it holds the record of what everybody did
            .needs(Role.ADMIN)
            .calling(arguments -> supervisor.clearLog().thenApply(done -> true)));
    methods.add(
        RpcMethod.named("clearAllProcessLogs")
            .describedAs("Empties the logs of all processes.")
            .returns("array", "a struct for each: name, group, status, description")
            .needs(Role.OPERATOR)
            .calling(
                arguments -> supervisor.clearAllProcessLogs().thenApply(ProcessResultStruct::all)));
    methods.add(sendProcessStdin());
    return methods;
  }

  private static void withAliases(List<RpcMethod> methods, RpcMethod method, String... aliases) {
    methods.add(method);
    for (String alias : aliases) {
      methods.add(method.alias(alias));
    }
  }

  private RpcMethod readLog() {
    return RpcMethod.named("readLog")
        .describedAs("Reads a piece of supervisord's own log.")
        .parameter("int", "offset", "where it begins; negative: that many bytes before the end")
        .parameter("int", "length", "number of bytes, 0 for all that follow")
        .returns("string", "the piece")
        .needs(Role.VIEWER)
        .calling(
            arguments -> {
              long offset = arguments.number(0);
              long length = arguments.number(1);
              return reading(() -> read(supervisor.logfile(), offset, length));
            });
  }

  private RpcMethod read(String channel, Function<ProcessInfo, Optional<Path>> logfile) {
    return RpcMethod.named("readProcess" + capital(channel) + "Log")
        .describedAs("Reads a piece of the " + channel + " log of a process.")
        .parameter("string", "name", NAME)
        .parameter("int", "offset", "where it begins; negative: that many bytes before the end")
        .parameter("int", "length", "number of bytes, 0 for all that follow")
        .returns("string", "the piece")
        .needs(Role.VIEWER)
        .calling(
            arguments -> {
              Optional<Path> file = logfile.apply(process(arguments));
              long offset = arguments.number(1);
              long length = arguments.number(2);
              return reading(() -> read(file, offset, length));
            });
  }

  private RpcMethod tail(String channel, Function<ProcessInfo, Optional<Path>> logfile) {
    return RpcMethod.named("tailProcess" + capital(channel) + "Log")
        .describedAs(
            "Reads what the "
                + channel
                + " log of a process has gained. When it grew beyond offset + length,\n"
                + "its last byte is read and the overflow flag set; the offset that comes back is\n"
                + "the one to ask with next.")
        .parameter("string", "name", NAME)
        .parameter("int", "offset", "where to begin")
        .parameter("int", "length", "the most bytes to return")
        .returns("array", "[string bytes, int offset, boolean overflow]")
        .needs(Role.VIEWER)
        .calling(
            arguments -> {
              Optional<Path> file = logfile.apply(process(arguments));
              long offset = arguments.number(1);
              long length = arguments.number(2);
              return reading(() -> tail(file, offset, length));
            });
  }

  private RpcMethod clearProcessLogs() {
    return RpcMethod.named("clearProcessLogs")
        .describedAs("Empties the logs of a process.")
        .parameter("string", "name", NAME)
        .returns("boolean", "true")
        .needs(Role.OPERATOR)
        .calling(
            arguments -> {
              process(arguments);
              return supervisor.clearProcessLogs(arguments.name(0)).thenApply(done -> true);
            });
  }

  private RpcMethod sendProcessStdin() {
    return RpcMethod.named("sendProcessStdin")
        .describedAs("Writes to the stdin of a process; text is sent in UTF-8, base64 as it is.")
        .parameter("string", "name", NAME)
        .parameter("string", "chars", "what to write")
        .returns("boolean", "true")
        .needs(Role.OPERATOR)
        .calling(
            arguments -> {
              Bytes data = arguments.bytes(1);
              String name = arguments.name(0);
              InfoMethods.requireOne(name);
              return supervisor.sendProcessStdin(name, data).thenApply(done -> true);
            });
  }

  private ProcessInfo process(RpcArguments arguments) {
    return InfoMethods.process(supervisor, arguments.name(0));
  }

  /** Something read from a disk. */
  private interface Reading {
    Object read() throws LogException;
  }

  private CompletionStage<Object> reading(Reading reading) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reading.read();
          } catch (LogException e) {
            throw refusal(e);
          }
        },
        readers);
  }

  private static Object read(Optional<Path> file, long offset, long length) throws LogException {
    if (file.isEmpty()) {
      throw new SupervisorException(Fault.NO_FILE);
    }
    return content(LogReader.locate(file.get(), offset, length));
  }

  /** What is long is left where it is until it is sent. */
  private static Object content(LogReader.Piece piece) throws LogException {
    return piece.length() > MAX_HELD_BYTES ? piece.hold() : piece.read();
  }

  private static List<Object> tail(Optional<Path> file, long offset, long length)
      throws LogException {
    if (file.isEmpty()) {
      return List.of("", 0, false);
    }
    LogReader.TailPiece tail = LogReader.locateTail(file.get(), offset, length);
    Object content = tail.piece().length() == 0 ? "" : content(tail.piece());
    return List.of(content, tail.offset(), tail.overflow());
  }

  private static SupervisorException refusal(LogException e) {
    return switch (e.reason()) {
      case NO_FILE -> new SupervisorException(Fault.NO_FILE, e.getMessage());
      case BAD_ARGUMENTS -> new SupervisorException(Fault.BAD_ARGUMENTS);
      case FAILED -> new SupervisorException(Fault.FAILED);
    };
  }

  private static String capital(String channel) {
    return Character.toUpperCase(channel.charAt(0)) + channel.substring(1);
  }
}
