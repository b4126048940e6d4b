package ee.supervisor.ctl.top;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Has the server start and stop programs, several at a time, while the screen goes on. */
final class Orders {
  private static final int AT_ONCE = 8;

  /** What can be done to a program. */
  enum Verb {
    START("start", "started"),
    STOP("stop", "stopped"),
    RESTART("restart", "restarted");

    private final String word;
    private final String past;

    Verb(String word, String past) {
      this.word = word;
      this.past = past;
    }

    String word() {
      return word;
    }
  }

  private final Supplier<Server> servers;
  private final Consumer<String> teller;

  /** Clients that nobody works with at the moment. */
  private final Queue<Server> idle = new ConcurrentLinkedQueue<>();

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "order");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Prepares.
   *
   * @param servers makes a client of the server for each thread
   * @param teller is given what an operator should read, on a thread of this class
   */
  Orders(Supplier<Server> servers, Consumer<String> teller) {
    this.servers = servers;
    this.teller = teller;
  }

  /** Does it to each program. */
  void give(Verb verb, List<Program> programs) {
    AtomicInteger left = new AtomicInteger(programs.size());
    AtomicInteger failed = new AtomicInteger();
    for (Program program : programs) {
      executor.execute(
          () -> {
            String trouble = carryOut(verb, program);
            if (!trouble.isEmpty()) {
              failed.incrementAndGet();
              teller.accept(program.name() + ": " + trouble);
            }
            if (left.decrementAndGet() == 0 && failed.get() == 0) {
              teller.accept(
                  programs.size() == 1
                      ? program.name() + ": " + verb.past
                      : programs.size() + " programs: " + verb.past);
            }
          });
    }
  }

  /** What went wrong, or empty. */
  private String carryOut(Verb verb, Program program) {
    Server free = idle.poll();
    Server server = free == null ? servers.get() : free;
    try {
      if (verb != Verb.START) {
        stop(server, program, verb == Verb.RESTART);
      }
      if (verb != Verb.STOP) {
        server.call("supervisor.startProcess", program.id(), false);
      }
      return "";
    } catch (RpcFault fault) {
      return fault.text();
    } catch (IOException | RuntimeException e) {
      server.disconnect();
      return String.valueOf(e.getMessage());
    } finally {
      idle.add(server);
    }
  }

  private static void stop(Server server, Program program, boolean forRestart)
      throws IOException, RpcFault {
    try {
      server.call("supervisor.stopProcess", program.id(), forRestart);
    } catch (RpcFault fault) {
      if (!forRestart || fault.code() != FaultCode.NOT_RUNNING) {
        throw fault;
      }
    }
  }
}
