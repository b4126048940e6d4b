package ee.supervisor.client;

import java.io.IOException;
import java.io.InputStream;

/** Calls the remote interface of one supervisord. Not for use by several threads at once. */
public interface Server {

  /**
   * Calls a method and waits for its result.
   *
   * @param method with its namespace, such as {@code supervisor.getState}
   * @param arguments strings, integers, booleans and lists of them
   * @return {@code Integer}, {@code Boolean}, {@code Double}, {@code String}, {@code byte[]},
   *     {@code List} or {@code Map} by name
   * @throws RpcFault if supervisord refused the call
   * @throws IOException if it cannot be reached or didn't respond as it should
   */
  Object call(String method, Object... arguments) throws IOException, RpcFault;

  /**
   * Opens a log that goes on for as long as both sides want it.
   *
   * @param path {@code /mainlogtail} or {@code /logtail/NAME/CHANNEL}
   * @return the log's last part and what is added to it; may be closed by another thread, which
   *     ends a read that waits
   * @throws IOException if it cannot be opened
   */
  InputStream follow(String path) throws IOException;

  /** Lets go of the connection, if there is one; the next call makes another. */
  void disconnect();
}
