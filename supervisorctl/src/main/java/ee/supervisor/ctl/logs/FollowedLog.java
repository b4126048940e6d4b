package ee.supervisor.ctl.logs;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads one log from its last part on, line by line, until it is closed. */
public final class FollowedLog implements Closeable {
  private static final int PAST_BYTES = 64 << 10;

  private final Server server;
  private final LogSource source;
  private InputStream log;
  private boolean closed;

  /**
   * Reads a log.
   *
   * @param server a client of its own
   * @param process whose log it is
   * @param stderr whether that of stderr is meant
   */
  public FollowedLog(Server server, String process, boolean stderr) {
    this.server = server;
    this.source = new LogSource(process, stderr ? Channel.STDERR : Channel.STDOUT);
  }

  /**
   * Hands out each line.
   *
   * @param reader is called on this thread
   * @throws IOException if the log cannot be read; not if it ends or is closed
   * @throws RpcFault if the process has no such log
   */
  public void forEach(Consumer<String> reader) throws IOException, RpcFault {
    String past =
        String.valueOf(server.call(source.channel().reader(), source.process(), -PAST_BYTES, 0));
    InputStream opened = server.follow(source.path());
    synchronized (this) {
      log = opened;
      if (closed) {
        opened.close();
      }
    }
    int end = past.lastIndexOf('\n') + 1;
    past.substring(0, end).lines().forEach(reader);
    // a line that has only begun goes on in what follows
    new LineReader(Overlap.after(opened, past), past.substring(end)).forEach(reader);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (log != null) {
      log.close();
    }
    server.disconnect();
  }
}
