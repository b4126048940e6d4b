package ee.supervisor.check;

import ee.supervisor.event.Channel;
import ee.supervisor.output.OutputListener;
import ee.supervisor.output.OutputTap;
import ee.supervisor.text.Bytes;
import java.util.Optional;

/**
 * A listener with something that sees the output as well.
 *
 * @param listener hears all that it would without
 * @param added what sees the output
 */
record TappedListener(OutputListener listener, OutputTap added) implements OutputListener {
  @Override
  public Optional<OutputTap> tap() {
    return Optional.of(added);
  }

  @Override
  public void processLog(Channel channel, Bytes data, Runnable done) {
    listener.processLog(channel, data, done);
  }

  @Override
  public void communication(Channel channel, Bytes data, Runnable done) {
    listener.communication(channel, data, done);
  }

  @Override
  public void protocol(Bytes data, Runnable done) {
    listener.protocol(data, done);
  }
}
