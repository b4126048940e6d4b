package ee.supervisor.front;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * Drops what Netty would log: what goes wrong with a connection is its client's doing, and counted;
 * what concerns an operator the front says itself.
 */
final class SilentLogger extends AbstractInternalLogger {
  private static final long serialVersionUID = 1L;

  private SilentLogger(String name) {
    super(name);
  }

  /** Makes silent loggers for all of Netty. */
  static final class Factory extends InternalLoggerFactory {
    @Override
    protected InternalLogger newInstance(String name) {
      return new SilentLogger(name);
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public void trace(String message) {}

  @Override
  public void trace(String format, Object argument) {}

  @Override
  public void trace(String format, Object first, Object second) {}

  @Override
  public void trace(String format, Object... arguments) {}

  @Override
  public void trace(String message, Throwable failure) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void debug(String message) {}

  @Override
  public void debug(String format, Object argument) {}

  @Override
  public void debug(String format, Object first, Object second) {}

  @Override
  public void debug(String format, Object... arguments) {}

  @Override
  public void debug(String message, Throwable failure) {}

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public void info(String message) {}

  @Override
  public void info(String format, Object argument) {}

  @Override
  public void info(String format, Object first, Object second) {}

  @Override
  public void info(String format, Object... arguments) {}

  @Override
  public void info(String message, Throwable failure) {}

  @Override
  public boolean isWarnEnabled() {
    return false;
  }

  @Override
  public void warn(String message) {}

  @Override
  public void warn(String format, Object argument) {}

  @Override
  public void warn(String format, Object first, Object second) {}

  @Override
  public void warn(String format, Object... arguments) {}

  @Override
  public void warn(String message, Throwable failure) {}

  @Override
  public boolean isErrorEnabled() {
    return false;
  }

  @Override
  public void error(String message) {}

  @Override
  public void error(String format, Object argument) {}

  @Override
  public void error(String format, Object first, Object second) {}

  @Override
  public void error(String format, Object... arguments) {}

  @Override
  public void error(String message, Throwable failure) {}
}
