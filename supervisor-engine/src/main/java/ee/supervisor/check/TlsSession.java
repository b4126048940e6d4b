package ee.supervisor.check;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The TLS of one connection, without its socket. Any certificate will do, as for a check of
 * Kubernetes: the question is whether somebody answers, mostly on this very machine. Confined to
 * one thread.
 */
final class TlsSession {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final ByteBuffer outgoing;
  private final ByteBuffer plain;
  private ByteBuffer incoming;
  private boolean begun;
  private boolean ended;

  /** Takes what was decrypted. */
  interface Sink {
    void add(ByteBuffer data);
  }

  /** Made with the first session: to load all that TLS takes is not for everybody. */
  private static final class Context {
    static final SSLContext ANY_CERTIFICATE = make();

    private static SSLContext make() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, new SecureRandom());
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no TLS", e);
      }
    }
  }

  private TlsSession(SSLEngine engine) {
    this.engine = engine;
    outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    incoming = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize()).limit(0);
  }

  static TlsSession with(String host, int port) {
    SSLEngine engine = Context.ANY_CERTIFICATE.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    return new TlsSession(engine);
  }

  /** What has to be sent, to be consumed. */
  ByteBuffer outgoing() {
    return outgoing;
  }

  /** Takes what was received. */
  void received(ByteBuffer data) {
    ByteBuffer next = ByteBuffer.allocate(incoming.remaining() + data.remaining());
    incoming = next.put(incoming).put(data).flip();
  }

  /**
   * Makes something to be sent: of {@code request}, or what the handshake takes.
   *
   * @return whether there is something, or something has changed
   */
  boolean encrypt(ByteBuffer request) throws SSLException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    runTasks();
    boolean wraps =
        switch (engine.getHandshakeStatus()) {
          case NEED_WRAP -> true;
          case NOT_HANDSHAKING, FINISHED -> request.hasRemaining();
          default -> false;
        };
    if (wraps) {
      outgoing.clear();
      boolean handshaking =
          engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP;
      SSLEngineResult result = engine.wrap(handshaking ? NOTHING : request, outgoing);
      outgoing.flip();
      return result.getStatus() == SSLEngineResult.Status.OK;
    }
    return false;
  }

  /**
   * Decrypts some of what was received.
   *
   * @return whether there was something
   */
  boolean decrypt(Sink sink) throws SSLException {
    runTasks();
    if (ended || !incoming.hasRemaining()) {
      return false;
    }
    plain.clear();
    int before = incoming.remaining();
    SSLEngineResult result = engine.unwrap(incoming, plain);
    runTasks();
    sink.add(plain.flip());
    ended = result.getStatus() == SSLEngineResult.Status.CLOSED;
    return ended || incoming.remaining() < before;
  }

  /** Whether the other side has said that nothing more comes. */
  boolean hasEnded() {
    return ended;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static final class TrustingAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine of) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine of) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
