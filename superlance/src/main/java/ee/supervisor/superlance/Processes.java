package ee.supervisor.superlance;

import java.io.IOException;
import java.util.List;

/** What a watcher may do with supervisord's processes. Calls wait until the thing is done. */
interface Processes {

  /** All of them. */
  List<WatchedProcess> all() throws IOException;

  /**
   * Stops a process.
   *
   * @param name its namespec
   * @throws StartStopRefusedException if supervisord said no
   */
  void stop(String name) throws IOException, StartStopRefusedException;

  /**
   * Starts a process.
   *
   * @param name its namespec
   * @throws StartStopRefusedException if supervisord said no, or it did not stay up
   */
  void start(String name) throws IOException, StartStopRefusedException;
}
