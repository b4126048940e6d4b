package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Shows which processes need which, and what their start-up was due to. */
final class GraphAction implements Action {

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public String help() {
    return HelpTexts.GRAPH;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    if (!argument.isEmpty() && !argument.equals("--dot")) {
      session.print("Error: graph takes no argument but --dot");
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      session.print(help());
      return;
    }
    try {
      Struct graph = Struct.of(session.server().call(Extension.GRAPH));
      if (argument.isEmpty()) {
        printText(session, graph);
      } else {
        printDot(session, graph);
      }
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.UNKNOWN_METHOD) {
        throw fault;
      }
      Extension.tellMissing(session, "graphs");
    }
  }

  private static void printText(Session session, Struct graph) {
    List<Struct> links = Struct.listOf(graph.member("links"));
    List<Struct> processes = Struct.listOf(graph.member("processes"));
    int width = processes.stream().mapToInt(one -> Columns.width(one.text("name"))).max().orElse(0);
    for (Struct process : processes) {
      String name = process.text("name");
      String state = Columns.pad(state(process), 20);
      session.print(
          (Columns.pad(name, width + 3)
                  + (session.onTerminal()
                      ? StateColour.of(process.text("statename")).paint(state)
                      : state)
                  + needs(links, name, process))
              .stripTrailing());
    }
    printStartUp(session, Struct.of(graph.member("startup")));
  }

  private static String state(Struct process) {
    return switch (process.text("ready")) {
      case "true" -> process.text("statename") + ", ready";
      case "false" ->
          process.text("statename").equals("RUNNING")
              ? "RUNNING, not ready"
              : process.text("statename");
      default -> process.text("statename");
    };
  }

  private static String needs(List<Struct> links, String name, Struct process) {
    List<String> needs =
        links.stream()
            .filter(link -> link.text("process").equals(name))
            .map(link -> link.text("needs") + " " + link.text("condition"))
            .toList();
    List<String> waits = Struct.strings(process.member("waits_for"));
    return (needs.isEmpty() ? "" : "needs " + String.join(", ", needs))
        + (waits.isEmpty() ? "" : "; waits for " + String.join(", ", waits));
  }

  private static void printStartUp(Session session, Struct startUp) {
    List<Struct> critical = Struct.listOf(startUp.member("critical"));
    if (critical.isEmpty()) {
      return;
    }
    session.print("");
    session.print(
        (startUp.flag("over") ? "Start-up took " : "Start-up has been going on for ")
            + seconds(startUp.number("took"))
            + "; the longest way through it:");
    for (Struct step : critical) {
      session.print(
          "  %s: %s, from %s to %s"
              .formatted(
                  step.text("process"),
                  seconds(step.number("to") - step.number("from")),
                  seconds(step.number("from")),
                  seconds(step.number("to"))));
    }
  }

  private static String seconds(int millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static void printDot(Session session, Struct graph) {
    session.print("digraph supervisor {");
    session.print("  rankdir=LR;");
    session.print("  node [shape=box, style=\"rounded,filled\"];");
    for (Struct process : Struct.listOf(graph.member("processes"))) {
      session.print(
          "  %s [label=%s, fillcolor=\"%s\"];"
              .formatted(
                  quoted(process.text("name")),
                  quoted(process.text("name") + "\n" + state(process)),
                  colour(process.text("statename"))));
    }
    for (Struct link : Struct.listOf(graph.member("links"))) {
      session.print(
          "  %s -> %s [label=%s];"
              .formatted(
                  quoted(link.text("needs")),
                  quoted(link.text("process")),
                  quoted(link.text("condition"))));
    }
    session.print("}");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static String colour(String state) {
    return switch (state) {
      case "RUNNING" -> "palegreen";
      case "STARTING", "STOPPING" -> "lightblue";
      case "BACKOFF" -> "khaki";
      case "FATAL", "UNKNOWN" -> "lightcoral";
      default -> "lightgrey";
    };
  }
}
