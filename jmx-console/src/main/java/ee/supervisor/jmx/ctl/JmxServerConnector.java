package ee.supervisor.jmx.ctl;

import ee.supervisor.client.Server;
import ee.supervisor.client.ServerConnector;
import ee.supervisor.jmx.client.JmxAddress;
import java.util.Optional;

/** Connects supervisorctl by JMX; found by it when its URL is of no other kind. */
public final class JmxServerConnector implements ServerConnector {

  @Override
  public boolean accepts(String url) {
    return JmxAddress.parse(url).isPresent();
  }

  @Override
  public Server connect(String url, Optional<String> username, Optional<String> password) {
    Optional<String[]> credentials =
        username.flatMap(name -> password.map(word -> new String[] {name, word}));
    return new JmxServer(JmxAddress.parse(url).orElseThrow(), credentials);
  }
}
