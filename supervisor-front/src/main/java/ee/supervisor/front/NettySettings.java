package ee.supervisor.front;

import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * Configures Netty, before its first class is loaded, that it serves one small process: no threads,
 * arenas or caches that a supervisor has no use for, and not a word on the console.
 */
final class NettySettings {

  private NettySettings() {}

  /** Has to come before anything of Netty is used; idempotent. */
  static void apply() {
    // heap buffers that the collector takes: an idle supervisor keeps no pools
    set("io.netty.allocator.type", "unpooled");
    set("io.netty.noPreferDirect", "true");
    // both would reach into the JDK, which newer ones warn of
    set("io.netty.noUnsafe", "true");
    set("io.netty.noKeySetOptimization", "true");
    set("io.netty.transport.noNative", "true");
    // else all network interfaces are looked through for a hardware address, to number channels
    set("io.netty.machineId", "00:00:00:00:00:00:00:01");
    set("io.netty.processId", "1");
    set("io.netty.leakDetection.level", "disabled");
    InternalLoggerFactory.setDefaultFactory(new SilentLogger.Factory());
  }

  /** Who runs it may know better. */
  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
