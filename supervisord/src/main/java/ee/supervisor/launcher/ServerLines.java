package ee.supervisor.launcher;

import ee.supervisor.config.Configuration;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.rpc.PluginInterfaces;

/** Logs which servers there are, as the reference does when it opens them. */
final class ServerLines {
  private final ActivityLog log;

  ServerLines(ActivityLog log) {
    this.log = log;
  }

  /** One line for each interface of each server, and one for a server without a password. */
  void tell(Configuration configuration) {
    for (HttpServerConfig server : configuration.httpServers()) {
      for (RpcInterfaceConfig rpcInterface : configuration.rpcInterfaces()) {
        log.info(PluginInterfaces.made(rpcInterface));
      }
      boolean asks =
          server instanceof HttpServerConfig.Unix unix
              ? !unix.peers().isEmpty()
              : !configuration.access().users().isEmpty();
      if (server.username().isEmpty() && !asks) {
        log.critical(
            "Server '" + server.section() + "' running without any HTTP authentication checking");
      }
    }
  }
}
