package ee.supervisor.ctl.action;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Interrupt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Finds out how states change at a server that tells nobody: by asking again and again. */
final class StateChanges {
  private final Session session;
  private final EventLine line;
  private final Map<String, Struct> known = new HashMap<>();

  StateChanges(Session session, EventLine line) {
    this.session = session;
    this.line = line;
  }

  /** Shows each change, until Ctrl-C. */
  void follow() throws IOException, RpcFault {
    CountDownLatch interrupted = new CountDownLatch(1);
    Interrupt interrupt = Interrupt.take(interrupted::countDown);
    try {
      look(false);
      while (!interrupted.await(1, TimeUnit.SECONDS)) {
        look(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      interrupt.giveBack();
    }
  }

  private void look(boolean tell) throws IOException, RpcFault {
    for (Struct info : Struct.listOf(session.server().call("supervisor.getAllProcessInfo"))) {
      Struct before = known.put(info.text("group") + ":" + info.text("name"), info);
      String from = before == null ? "UNKNOWN" : before.text("statename");
      boolean again = before != null && before.number("pid") != info.number("pid");
      if (tell && (again || !info.text("statename").equals(from))) {
        write(line.of(json(info, from)));
      }
    }
  }

  private static String json(Struct info, String from) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "PROCESS_STATE_" + info.text("statename"));
    event.put("at", Instant.now().toString());
    event.put("group", info.text("group"));
    event.put("process", info.text("name"));
    event.put("pid", info.number("pid"));
    event.put("from", from);
    event.put("to", info.text("statename"));
    return JsonWriter.string(event);
  }

  private void write(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    session.write(bytes, bytes.length);
  }
}
