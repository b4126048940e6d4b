package ee.supervisor.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls a supervisord by XML-RPC over http, https or a Unix-domain socket. */
public final class XmlRpcServer implements Server {
  // far above what supervisord sends, far below what would exhaust us
  private static final int MAX_RESPONSE_BYTES = 256 * 1024 * 1024;
  private static final byte[] NOTHING = {};

  private final ServerUrl url;
  private final Credentials credentials;

  /** Volatile: a call that is given up is disconnected by another thread than its own. */
  private volatile HttpConnection connection;

  /**
   * Makes a client; it connects when it is first used.
   *
   * @param url where the server listens
   * @param credentials who we are
   */
  public XmlRpcServer(ServerUrl url, Credentials credentials) {
    this.url = url;
    this.credentials = credentials;
  }

  @Override
  public Object call(String method, Object... arguments) throws IOException, RpcFault {
    byte[] body = XmlRpcCall.body(method, List.of(arguments));
    HttpConnection used = connection;
    if (used == null) {
      used = Dialer.connect(url);
      connection = used;
    }
    boolean reusable = false;
    try {
      ServerResponse response = used.exchange("POST", "/RPC2", headers("text/xml"), body);
      if (response.status() != 200) {
        throw new HttpStatusException(response.status(), response.reason());
      }
      byte[] result = response.body().readNBytes(MAX_RESPONSE_BYTES);
      if (result.length == MAX_RESPONSE_BYTES) {
        throw new XmlRpcFormatException(
            "an XML-RPC response of more than " + MAX_RESPONSE_BYTES + " bytes");
      }
      reusable = response.keepAlive();
      return XmlRpcResponse.parse(result);
    } finally {
      if (!reusable) {
        drop(used);
      }
    }
  }

  @Override
  public InputStream follow(String path) throws IOException {
    HttpConnection own = Dialer.connect(url);
    try {
      ServerResponse response = own.exchange("GET", path, headers("*/*"), NOTHING);
      if (response.status() != 200) {
        throw new HttpStatusException(response.status(), response.reason());
      }
      return response.body();
    } catch (IOException e) {
      own.close();
      throw e;
    }
  }

  private Map<String, String> headers(String accept) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", url instanceof ServerUrl.Tcp tcp ? tcp.hostHeader() : "localhost");
    headers.put("User-Agent", "supervisorctl");
    headers.put("Content-Type", "text/xml");
    headers.put("Accept", accept);
    credentials.header().ifPresent(value -> headers.put("Authorization", value));
    return headers;
  }

  @Override
  public void disconnect() {
    HttpConnection open = connection;
    if (open != null) {
      drop(open);
    }
  }

  /** Closes that one, and not the one that a call after a given-up one may have opened by now. */
  private void drop(HttpConnection used) {
    if (connection == used) {
      connection = null;
    }
    try {
      used.close();
    } catch (IOException e) {
      // the call has returned or failed already
    }
  }
}
