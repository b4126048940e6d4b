package ee.supervisor.jmx.client;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;

/**
 * Reads from and commands a supervisord through its JMX bean; every call goes over the network and
 * waits. For any thread.
 *
 * <p>A {@link SecurityException} from any of them means that the user's role does not allow it.
 */
public final class SupervisorClient {
  private static final ObjectName SUPERVISOR = supervisor();

  private final MBeanServerConnection connection;

  /** Talks through {@code connection}, which stays the caller's to close. */
  public SupervisorClient(MBeanServerConnection connection) {
    this.connection = connection;
  }

  private static ObjectName supervisor() {
    try {
      return new ObjectName("ee.supervisor:type=Supervisor");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is a supervisord in that JVM. */
  public boolean isThere() throws IOException {
    return connection.isRegistered(SUPERVISOR);
  }

  /**
   * An attribute of supervisord's bean.
   *
   * @param name such as {@code StateName}
   * @throws IOException if the connection broke, or there is no such bean or attribute
   */
  public Object attribute(String name) throws IOException {
    try {
      return connection.getAttribute(SUPERVISOR, name);
    } catch (JMException e) {
      throw new IOException("no supervisord there: " + e.getMessage(), e);
    }
  }

  /** Every process of the active groups, by group and name. */
  public List<ProcessRow> processes() throws IOException {
    return Arrays.stream((CompositeData[]) attribute("Processes")).map(ProcessRow::of).toList();
  }

  /**
   * The process of that name.
   *
   * @throws CallRefusedException BAD_NAME when there is none
   */
  public ProcessRow process(String name) throws IOException, CallRefusedException {
    return ProcessRow.of((CompositeData) invoke("process", name));
  }

  /** Starts a process and waits until it runs. */
  public void start(String name) throws IOException, CallRefusedException {
    invoke("startProcess", name, true);
  }

  /** Stops a process and waits until it has stopped. */
  public void stop(String name) throws IOException, CallRefusedException {
    invoke("stopProcess", name, true);
  }

  /**
   * What a log holds from a place on.
   *
   * @param name of a process, empty for supervisord's own log
   * @param channel {@code stdout} or {@code stderr}
   * @param offset first byte; negative for that many bytes from the end
   * @throws CallRefusedException NO_FILE when no such log is kept
   */
  public LogPiece follow(String name, String channel, long offset)
      throws IOException, CallRefusedException {
    return LogPiece.of((CompositeData) invoke("follow", name, channel, offset));
  }

  /**
   * Calls an operation of supervisord's bean.
   *
   * @param arguments strings, longs and booleans, as the operation has them
   * @throws CallRefusedException when supervisord refused
   */
  public Object invoke(String operation, Object... arguments)
      throws IOException, CallRefusedException {
    String[] signature =
        Arrays.stream(arguments).map(SupervisorClient::type).toArray(String[]::new);
    try {
      return connection.invoke(SUPERVISOR, operation, arguments, signature);
    } catch (RuntimeMBeanException e) {
      RuntimeException cause = e.getTargetException();
      if (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException) {
        throw new CallRefusedException(cause.getMessage());
      }
      throw e;
    } catch (JMException e) {
      throw new IOException("no supervisord there: " + e.getMessage(), e);
    }
  }

  private static String type(Object argument) {
    if (argument instanceof Long) {
      return "long";
    }
    return argument instanceof Boolean ? "boolean" : String.class.getName();
  }

  /** Has {@code listener} hear all that supervisord's bean sends: of all processes and groups. */
  public void subscribe(NotificationListener listener) throws IOException {
    try {
      connection.addNotificationListener(SUPERVISOR, listener, null, null);
    } catch (JMException e) {
      throw new IOException("no supervisord there: " + e.getMessage(), e);
    }
  }

  /** Ends a subscription; one that has ended already is none of the caller's worries. */
  public void unsubscribe(NotificationListener listener) throws IOException {
    try {
      connection.removeNotificationListener(SUPERVISOR, listener);
    } catch (JMException alreadyGone) {
      return;
    }
  }
}
