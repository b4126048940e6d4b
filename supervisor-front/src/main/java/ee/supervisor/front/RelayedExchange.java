package ee.supervisor.front;

import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.budget.MemoryBudget;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that the server behind serves: passed on when it has come whole, so that no thread over
 * there waits for a client, with who makes it; the response is passed back as it comes. Confined to
 * the event loop.
 */
final class RelayedExchange implements Transfer, BackendConnection.Receiver {
  /** The most that is read of the server behind at a time. */
  static final int PIECE_BYTES = 4096;

  /** Between two neighbours on the way, and nobody else's business (RFC 9110, 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect");

  /** What the front says itself, whatever a client claims. */
  private static final Set<String> OWN =
      Set.of(
          FrontSecret.HEADER.toLowerCase(Locale.ROOT),
          StatedCaller.HEADER.toLowerCase(Locale.ROOT),
          "content-length",
          "host",
          "authorization");

  /** What the pages remember of a language that was chosen. */
  private static final Pattern CHOSEN = Pattern.compile("supervisor-language=([a-z]{2})");

  /** The front sends them with each response. */
  private static final Set<String> OWN_OF_RESPONSE = Set.of("content-length", "date", "server");

  private final ClientConnection client;
  private final Front front;
  private final RequestHead head;
  private final byte[] body;
  private final String stated;
  private final MemoryBudget.Account account;
  private Optional<BackendConnection> connection = Optional.empty();
  private long sentAt;
  private boolean responded;
  private boolean reading;
  private boolean sending;
  private boolean ended;
  private boolean open;

  /**
   * @param stated who makes it, as {@link StatedCaller} has it
   */
  RelayedExchange(
      ClientConnection client, Front front, RequestHead head, byte[] body, String stated) {
    this.client = client;
    this.front = front;
    this.head = head;
    this.body = body;
    this.stated = stated;
    account = front.streams().open();
  }

  /** The request, for a server that believes what the front says. */
  FullHttpRequest request(FrontSecret secret) {
    HttpHeaders headers = new DefaultHttpHeaders();
    copy(head.headers(), headers, OWN);
    headers.set(HttpHeaderNames.HOST, head.host().orElseThrow());
    headers.set(FrontSecret.HEADER, secret.hex());
    headers.set(StatedCaller.HEADER, stated);
    if (body.length > 0 || head.header("Content-Length").isPresent()) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    }
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.valueOf(head.method()),
        head.target().origin(),
        Unpooled.wrappedBuffer(body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  private static void copy(HttpHeaders from, HttpHeaders to, Set<String> left) {
    Set<String> dropped = new HashSet<>(HOP_BY_HOP);
    dropped.addAll(left);
    for (String named : from.getAll(HttpHeaderNames.CONNECTION)) {
      for (String name : named.split(",", -1)) {
        dropped.add(name.trim().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** Goes to the server by {@code by}. */
  void sendBy(BackendConnection by, FrontSecret secret) {
    connection = Optional.of(by);
    sentAt = System.nanoTime();
    by.send(request(secret), this);
  }

  /** Whether it has been sent, and nothing has come back. */
  boolean isWaiting() {
    return connection.isPresent() && !responded && !ended;
  }

  /** When it was sent. */
  long sentAt() {
    return sentAt;
  }

  /** Whether its client has gone, or has been sent something else. */
  boolean isOver() {
    return ended;
  }

  /** Whether a person waits for it, who would rather see a page that loads again. */
  boolean isOfBrowserPage() {
    return head.isOfBrowserPage();
  }

  /** The languages that its client understands, what its user has chosen first. */
  String languages() {
    String chosen =
        head.header("Cookie")
            .map(cookies -> CHOSEN.matcher(cookies))
            .filter(Matcher::find)
            .map(found -> found.group(1) + ",")
            .orElse("");
    return chosen + head.header("Accept-Language").orElse("");
  }

  /** An error in the form that its client expects. */
  ee.supervisor.http.HttpResponse error(int status, String detail) {
    return client.error(status, detail);
  }

  /** Lets the client know why there will be no response of the server's. */
  void refuse(ee.supervisor.http.HttpResponse response) {
    if (!ended) {
      Optional<BackendConnection> left = connection;
      end();
      left.ifPresent(BackendConnection::abandon);
      client.respondInstead(response);
    }
  }

  /** As {@link #refuse(ee.supervisor.http.HttpResponse)}, in the usual form of errors. */
  void refuse(int status, String detail) {
    if (!ended) {
      refuse(client.error(status, detail));
    }
  }

  @Override
  public void head(HttpResponse response, BackendConnection from) {
    responded = true;
    if (isEventStream(response) && !client.follow()) {
      refuse(503, ClientConnection.TOO_MANY_FOLLOW);
      return;
    }
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    copy(response.headers(), headers, OWN_OF_RESPONSE);
    String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    int status = response.status().code();
    boolean hasBody = !head.isHead() && status != 204 && status != 304;
    ResponseHead.Framing framing;
    long told = -1;
    if (!hasBody || length != null) {
      framing = ResponseHead.Framing.LENGTH;
      told = length == null ? -1 : Long.parseLong(length);
    } else {
      framing =
          head.version().minorVersion() > 0
              ? ResponseHead.Framing.CHUNKED
              : ResponseHead.Framing.UNTIL_CLOSED;
      open = true;
      client.endPending();
    }
    client.sendHead(status, headers, framing, told);
    proceed();
  }

  private static boolean isEventStream(HttpResponse response) {
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    return type.startsWith("text/event-stream");
  }

  @Override
  public void piece(HttpContent piece) {
    reading = false;
    if (ended) {
      return;
    }
    if (piece.content().isReadable()) {
      sending = true;
      client.sendPiece(piece.content().retainedSlice(), this::taken);
      sending = false;
    } else {
      account.give(PIECE_BYTES);
    }
    if (ended) {
      // its client left amid the piece
      return;
    } else if (piece instanceof LastHttpContent) {
      connection = Optional.empty();
      end();
      client.finishBody();
    } else {
      proceed();
    }
  }

  private void taken() {
    account.give(PIECE_BYTES);
    if (!sending) {
      proceed();
    }
  }

  @Override
  public void broken(BackendConnection from) {
    if (ended) {
      return;
    }
    connection = Optional.empty();
    if (responded) {
      // what has come of it cannot be taken back
      client.close();
    } else if (from.isReused() && mayBeRepeated()) {
      front.backend().pass(this);
    } else {
      refuse(502, "the server broke off");
    }
  }

  /** Sent twice it does no more than once. */
  private boolean mayBeRepeated() {
    return List.of("GET", "HEAD", "OPTIONS").contains(head.method());
  }

  @Override
  public void proceed() {
    if (responded && !ended && !reading && hasRoom()) {
      reading = true;
      connection.ifPresent(BackendConnection::read);
    }
  }

  /** A client that takes all it is sent is sent more, however little room others leave. */
  private boolean hasRoom() {
    return (client.hasRoom() && account.take(PIECE_BYTES)) || client.hasTakenAll();
  }

  @Override
  public void abandon() {
    if (!ended) {
      Optional<BackendConnection> left = connection;
      end();
      left.ifPresent(BackendConnection::abandon);
    }
  }

  private void end() {
    ended = true;
    connection = Optional.empty();
    account.close();
    front.backend().done(this);
  }

  @Override
  public boolean mayEnd() {
    return !open;
  }
}
