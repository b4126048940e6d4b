package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ee.supervisor.access.Admission;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Client;
import ee.supervisor.access.Session;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.access.Verdict;
import ee.supervisor.access.Visit;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.control.PendingResponses;
import ee.supervisor.http.ByteSource;
import ee.supervisor.http.ExactSource;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.login.FormLogin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.Closeable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One client: takes its requests one after the other, lets them in or not, and sends what a handler
 * or the server behind says. Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends its connection
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

  private static final long NANOS_PER_BODY_BYTE = 1_000_000;

  /** Of a response that is not accounted for: the state is returned however much others hold. */
  private static final int FREE_RESPONSE_BYTES = 2048;

  static final String TOO_MANY_FOLLOW = "too many follow a log or events already";

  private enum Stage {
    /** Between requests, or in the head of one. */
    IDLE,
    /** Held back after wrong passwords. */
    HELD_BACK,
    BODY,
    RESPONDING,
    /** It knows that the connection ends; what it still sends is thrown away. */
    LEAVING
  }

  private final Front front;
  private final Client client;
  private final Supplier<Admission> policy;
  private final RequestDecoder decoder;
  private final ClientPatience patience;
  private ChannelHandlerContext ctx;
  private ChannelHandlerContext decoderContext;

  private Stage stage = Stage.IDLE;
  private long since = System.nanoTime();
  private boolean hasAsked;
  private boolean inputEnded;
  private boolean isNextDue;
  private boolean closed;

  private RequestHead head;
  private Visit visit;
  private MemoryBudget.Account account;
  private CollectedBody body;
  private boolean isWhole;
  private long receivedBeforeBody;
  private Caller caller;
  private Optional<Session> session = Optional.empty();
  private boolean pending;
  private boolean following;
  private boolean persistent;
  private ResponseHead.Framing framing;
  private Transfer transfer;

  private long stalledSince;
  private long stalledBytes;
  private long stalledProgress;

  /**
   * @param policy that of its listener at the time of a request: a restart may bring another
   */
  ClientConnection(Front front, Client client, Supplier<Admission> policy, RequestDecoder decoder) {
    this.front = front;
    this.client = client;
    this.policy = policy;
    this.decoder = decoder;
    patience = front.patience();
  }

  /** Who has connected. */
  Client client() {
    return client;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    decoderContext = context.pipeline().context(decoder);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  // what comes in

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    try {
      hasAsked = true;
      if (closed || stage == Stage.LEAVING) {
        return;
      } else if (message instanceof io.netty.handler.codec.http.HttpRequest request) {
        if (stage == Stage.IDLE) {
          begin(request);
        }
      } else if (message instanceof HttpContent content) {
        collect(content);
      } else if (message == RequestDecoder.TOO_MUCH) {
        refuse(503, "there is no memory for this request at the moment");
      } else {
        refuseMalformed();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(io.netty.handler.codec.http.HttpRequest request) throws Exception {
    isWhole = false;
    Optional<RequestHead> parsed = RequestHead.parse(request);
    if (parsed.isEmpty()) {
      refuseMalformed();
      return;
    }
    head = parsed.get();
    visit = head.visit();
    persistent = head.isPersistent();
    account = front.services().budget().open();
    Duration delay = policy.get().delay(client, visit);
    if (delay.isZero()) {
      judge();
    } else if (front.holdBack()) {
      stage(Stage.HELD_BACK);
      ctx.executor().schedule(this::judgeLater, delay.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      refuse(503, "too many clients wait after wrong passwords");
    }
  }

  private void judgeLater() {
    front.heldBack();
    if (!closed) {
      try {
        judge();
      } catch (Exception e) {
        exceptionCaught(ctx, e);
      }
    }
  }

  private void judge() throws Exception {
    Admission admission = policy.get();
    Optional<String> foreign = admission.crossSite().refusal(head.method(), head::header);
    if (foreign.isPresent()) {
      refuse(403, foreign.get());
      return;
    }
    Verdict verdict = admission.judge(client, visit);
    if (verdict instanceof Verdict.Admitted admitted) {
      caller = admitted.caller();
      session = admitted.session();
      expectBody();
    } else if (verdict instanceof Verdict.Visiting) {
      // nobody: only what is open to everybody is served without a caller
      caller = null;
      session = Optional.empty();
      expectBody();
    } else if (verdict instanceof Verdict.LoginDue due) {
      sendToLogin(due.location());
    } else if (verdict instanceof Verdict.Unauthorized) {
      challenge(Verdict.Unauthorized.MESSAGE, Verdict.Unauthorized.CHALLENGE);
    } else if (verdict instanceof Verdict.SessionOver) {
      challenge(Verdict.SessionOver.MESSAGE, Verdict.SessionOver.CHALLENGE);
    } else if (verdict instanceof Verdict.TokenMissing) {
      refuse(403, Verdict.TokenMissing.MESSAGE);
    } else {
      refuse(400, Verdict.Malformed.MESSAGE);
    }
  }

  private void challenge(String message, String challenge) {
    persistent = false;
    HttpResponse page = error(401, message);
    Map<String, String> headers = new LinkedHashMap<>(page.headers());
    headers.put("WWW-Authenticate", challenge);
    respond(new HttpResponse(401, headers, page.body()));
  }

  /** What it has sent of a body is not read: the connection ends. */
  private void sendToLogin(String location) {
    persistent &= head.length() == 0;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Location", location);
    headers.put("Cache-Control", "no-store");
    respond(new HttpResponse(303, headers, new HttpResponse.Body.Whole(new byte[0])));
  }

  private void expectBody() throws Exception {
    if (head.length() > CollectedBody.MAX_BYTES) {
      refuse(413, "the body is larger than " + CollectedBody.MAX_BYTES + " bytes");
      return;
    } else if (caller == null && !isFormOfVisitor()) {
      refuse(413, "who is not logged in sends a form of known length, or nothing");
      return;
    }
    body = new CollectedBody(account, head.length());
    receivedBeforeBody = decoder.received();
    stage(Stage.BODY);
    if (head.length() != 0 && head.expectsContinue()) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
    }
    if (isWhole) {
      response();
    } else {
      nextPiece();
    }
  }

  private boolean isFormOfVisitor() {
    return head.length() == 0
        || (visit.isLogin() && head.length() > 0 && head.length() <= FormLogin.MAX_FORM_BYTES);
  }

  private void collect(HttpContent content) throws Exception {
    if (stage != Stage.BODY) {
      // the rest of a request that was refused, or the end of one that is held back
      isWhole = content instanceof LastHttpContent;
      return;
    } else if (content.decoderResult().isFailure()) {
      refuseMalformed();
      return;
    }
    switch (body.add(content.content())) {
      case TAKEN -> {
        if (content instanceof LastHttpContent) {
          response();
        } else {
          nextPiece();
        }
      }
      case TOO_LARGE -> refuse(413, "the body is larger than " + CollectedBody.MAX_BYTES);
      case NO_MEMORY -> refuse(503, "there is no memory for this request at the moment");
    }
  }

  private void nextPiece() throws Exception {
    decoder.next(decoderContext);
    readMore();
  }

  private void readMore() {
    if (!closed && !inputEnded && decoder.wantsBytes()) {
      ctx.read();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    readMore();
  }

  // who responds

  private void response() {
    decoder.hold();
    stage(Stage.RESPONDING);
    PendingResponses.begin();
    pending = true;
    byte[] bytes = body.toBytes();
    body = null;
    if (FormLogin.serves(visit)) {
      boolean isSecure = ctx.pipeline().get(SslHandler.class) != null;
      respond(front.services().login().respond(policy.get(), client, visit, bytes, isSecure));
      return;
    }
    Optional<HttpHandler> handler =
        caller == null ? Optional.empty() : front.services().handlers().find(head.target().path());
    if (handler.isPresent()) {
      ask(handler.get(), bytes);
    } else if (head.host().isEmpty() || !head.target().isWellEscaped()) {
      // the server behind would log a stack trace
      refuseMalformed();
    } else {
      RelayedExchange exchange = new RelayedExchange(this, front, head, bytes, stated());
      transfer = exchange;
      front.backend().pass(exchange);
    }
  }

  /** Who makes the request, for the server behind. */
  private String stated() {
    return caller == null
        ? StatedCaller.VISITOR
        : new StatedCaller(caller, client.listener(), session.map(Session::token)).format();
  }

  private void ask(HttpHandler handler, byte[] bytes) {
    CompletableFuture<HttpResponse> response;
    try {
      response =
          handler
              .handle(
                  new HttpRequest(
                      head.method(),
                      head.target().path(),
                      head.target().query(),
                      head.plainHeaders(bytes.length),
                      bytes,
                      caller))
              .toCompletableFuture();
    } catch (Throwable e) {
      // whatever is wrong with one handler, the others go on
      response = CompletableFuture.failedFuture(e);
    }
    if (response.isDone()) {
      handled(response);
    } else {
      CompletableFuture<HttpResponse> later = response;
      response.whenComplete((done, failure) -> later(() -> handled(later)));
    }
  }

  /** Has the event loop do something for this client; what goes wrong ends it, and it alone. */
  void later(Runnable work) {
    ctx.executor()
        .execute(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                exceptionCaught(ctx, e);
              }
            });
  }

  private void handled(CompletableFuture<HttpResponse> response) {
    if (closed) {
      if (!response.isCompletedExceptionally()) {
        letGo(response.join());
      }
      return;
    }
    if (response.isCompletedExceptionally()) {
      front.warn("a request for " + head.target().path() + " failed: " + failure(response));
      respond(error(500, "supervisord failed"));
    } else {
      respond(response.join());
    }
  }

  /** Nobody is left to take {@code response}, which may hold files and memory. */
  private void letGo(HttpResponse response) {
    if (response.body() instanceof HttpResponse.Body.Streamed streamed) {
      BodyPump.close(streamed.source());
    }
  }

  private static String failure(CompletableFuture<HttpResponse> response) {
    Throwable[] found = new Throwable[1];
    response.exceptionally(
        failure -> {
          found[0] = failure;
          return null;
        });
    return String.valueOf(found[0]);
  }

  HttpResponse error(int status, String detail) {
    return ErrorBody.response(status, head == null ? "/" : head.target().path(), detail);
  }

  private void refuseMalformed() {
    front.counts().malformedRequest();
    refuse(400, "malformed");
  }

  /** Says why not, and ends the connection. */
  private void refuse(int status, String detail) {
    persistent = false;
    respond(error(status, detail));
  }

  // what goes out

  /** Sends a response of this process's own. */
  void respond(HttpResponse response) {
    HttpResponse.Body content = response.body();
    if (content instanceof HttpResponse.Body.Whole whole) {
      sendWhole(response, whole.bytes());
    } else if (content instanceof HttpResponse.Body.Streamed streamed) {
      pump(
          response,
          ResponseHead.Framing.LENGTH,
          streamed.length(),
          () -> new ExactSource(streamed.source().open(), streamed.length()),
          streamed.source());
    } else if (content instanceof HttpResponse.Body.Endless endless) {
      if (!follow()) {
        refuse(503, TOO_MANY_FOLLOW);
        return;
      }
      endPending();
      pump(response, openFraming(), -1, endless.source(), () -> {});
    }
  }

  /** Takes a place among those that a response without end is sent to, if there is one. */
  boolean follow() {
    following = front.connections().mayFollow(this);
    return following;
  }

  /** Whether the response that it gets has no end. */
  boolean isFollowing() {
    return following;
  }

  /** How the end of a body is marked whose length nobody knows. */
  private ResponseHead.Framing openFraming() {
    return version().minorVersion() > 0
        ? ResponseHead.Framing.CHUNKED
        : ResponseHead.Framing.UNTIL_CLOSED;
  }

  private HttpVersion version() {
    return head == null ? HttpVersion.HTTP_1_1 : head.version();
  }

  private void sendWhole(HttpResponse response, byte[] bytes) {
    stage(Stage.RESPONDING);
    if (account != null && bytes.length > FREE_RESPONSE_BYTES && !account.take(bytes.length)) {
      if (response.status() == 200) {
        refuse(503, "there is no memory for this response at the moment");
        return;
      }
      persistent = false;
    }
    boolean hasBody = head == null || !head.isHead();
    ByteBuf start =
        head(
                response.status(),
                response.headers().entrySet(),
                ResponseHead.Framing.LENGTH,
                bytes.length)
            .encode(hasBody ? bytes.length : 0);
    if (hasBody) {
      start.writeBytes(bytes);
    }
    ctx.writeAndFlush(start).addListener((ChannelFutureListener) this::sent);
  }

  private ResponseHead head(
      int status,
      Iterable<Map.Entry<String, String>> headers,
      ResponseHead.Framing how,
      long length) {
    framing = how;
    persistent &= how != ResponseHead.Framing.UNTIL_CLOSED && !isAtEnd();
    return new ResponseHead(version(), status, headers, how, length, persistent);
  }

  private void pump(
      HttpResponse response,
      ResponseHead.Framing how,
      long length,
      ByteSource.Opener source,
      Closeable held) {
    if (head.isHead()) {
      BodyPump.close(held);
      sendHead(response.status(), response.headers().entrySet(), how, length);
      finishBody();
      return;
    }
    BodyPump pump =
        new BodyPump(
            this,
            front.services().files(),
            front.streams(),
            source,
            held,
            () -> sendHead(response.status(), response.headers().entrySet(), how, length),
            how != ResponseHead.Framing.LENGTH);
    transfer = pump;
    pump.start();
  }

  /** Sends the head of a response whose body follows in pieces. */
  void sendHead(
      int status,
      Iterable<Map.Entry<String, String>> headers,
      ResponseHead.Framing how,
      long length) {
    ctx.writeAndFlush(head(status, headers, how, length).encode(0));
  }

  /** There is nothing to send after all. */
  void respondNotFound() {
    respondInstead(error(404, "there is nothing to send"));
  }

  /** What was to be sent will not come: responds with {@code response}. */
  void respondInstead(HttpResponse response) {
    transfer = null;
    respond(response);
  }

  /**
   * Sends a piece of a body.
   *
   * @param taken runs when it has left, or never will
   */
  void sendPiece(ByteBuf piece, Runnable taken) {
    ByteBuf framed = piece;
    if (framing == ResponseHead.Framing.CHUNKED) {
      byte[] size = (Integer.toHexString(piece.readableBytes()) + "\r\n").getBytes(US_ASCII);
      framed =
          Unpooled.wrappedBuffer(
              Unpooled.wrappedBuffer(size), piece, Unpooled.wrappedBuffer(LINE_END));
    }
    ctx.writeAndFlush(framed).addListener(future -> taken.run());
  }

  /** All pieces of a body are sent. */
  void finishBody() {
    transfer = null;
    boolean ends = framing == ResponseHead.Framing.CHUNKED && !head.isHead();
    ByteBuf last = ends ? Unpooled.wrappedBuffer(LAST_CHUNK) : Unpooled.EMPTY_BUFFER;
    ctx.writeAndFlush(last).addListener((ChannelFutureListener) this::sent);
  }

  /** Whether a piece more can be sent without many of them waiting. */
  boolean hasRoom() {
    return ctx.channel().isWritable();
  }

  /** Whether nothing waits for it: whatever others hold, it is not the one that holds it up. */
  boolean hasTakenAll() {
    ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() == 0;
  }

  /** An open end is no response that anybody waits for. */
  void endPending() {
    if (pending) {
      pending = false;
      PendingResponses.end();
    }
  }

  private void sent(ChannelFuture future) {
    endPending();
    if (!future.isSuccess()) {
      close();
    } else if (!closed) {
      release();
      head = null;
      if (persistent && !isAtEnd()) {
        next();
      } else {
        leave();
      }
    }
  }

  private void release() {
    following = false;
    if (account != null) {
      account.close();
      account = null;
    }
    body = null;
  }

  /** Whether its client has said that it sends nothing more. */
  boolean hasEnded() {
    return inputEnded;
  }

  /** Whether its client sends no further request. */
  private boolean isAtEnd() {
    return inputEnded && !decoder.isAhead();
  }

  private void next() {
    stage(Stage.IDLE);
    if (decoder.isAhead()) {
      // after those of all others that have come by then: whoever sends many at once waits
      isNextDue = true;
      later(this::takeNext);
    } else {
      takeNext();
    }
  }

  private void takeNext() {
    isNextDue = false;
    if (closed || stage != Stage.IDLE) {
      return;
    }
    try {
      nextPiece();
    } catch (Exception e) {
      exceptionCaught(ctx, e);
    }
    if (inputEnded && !isNextDue && (stage == Stage.IDLE || stage == Stage.BODY)) {
      // the rest of this one will not come
      close();
    }
  }

  /**
   * Ends the connection so that what was sent arrives: closed at once, with something unread, the
   * kernel would throw it away at the client.
   */
  private void leave() {
    if (inputEnded) {
      close();
      return;
    }
    stage(Stage.LEAVING);
    decoder.discard();
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    readMore();
  }

  private void stage(Stage next) {
    stage = next;
    since = System.nanoTime();
    stalledSince = since;
    stalledBytes = 0;
  }

  // time, and the end

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (transfer != null && hasRoom()) {
      transfer.proceed();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      boolean isServed =
          stage == Stage.RESPONDING ? transfer == null || transfer.mayEnd() : isNextDue;
      if (!isServed) {
        close();
      }
    }
  }

  /** Once a second: gives up a client whose time is over. */
  void look(long now) {
    boolean over =
        switch (stage) {
          case IDLE -> isIdleTooLong(now);
          case HELD_BACK -> false;
          case BODY ->
              now - since - (decoder.received() - receivedBeforeBody) * NANOS_PER_BODY_BYTE
                  > patience.body().toNanos();
          case RESPONDING -> isStalled(now);
          case LEAVING -> now - since > patience.leaving().toNanos();
        };
    if (following && session.isPresent() && !policy.get().allows(session.get())) {
      // its user has logged out, or is none any more: what goes on for ever ends as well
      close();
    } else if (over && stage == Stage.BODY) {
      front.counts().dropped();
      refuse(408, "the body did not come in time");
    } else if (over) {
      if (stage != Stage.LEAVING) {
        front.counts().dropped();
      }
      close();
    } else if (transfer != null) {
      // there may be room in the budget again
      transfer.proceed();
    }
  }

  private boolean isIdleTooLong(long now) {
    if (decoder.headStarted() != 0) {
      return now - decoder.headStarted() > patience.head().toNanos();
    }
    return now - since > (hasAsked ? patience.idle() : patience.firstByte()).toNanos();
  }

  /** Bytes wait for the client, and it has taken none since. */
  private boolean isStalled(long now) {
    ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
    long bytes = waiting == null ? 0 : waiting.totalPendingWriteBytes();
    long progress = waiting == null ? 0 : waiting.currentProgress();
    if (bytes == 0 || bytes != stalledBytes || progress != stalledProgress) {
      stalledBytes = bytes;
      stalledProgress = progress;
      stalledSince = now;
    }
    return now - stalledSince > patience.stalled().toNanos();
  }

  /** For how long bytes have waited for it while it took none, when it was looked at last. */
  Duration stalled(long now) {
    return stage == Stage.RESPONDING && stalledBytes > 0
        ? Duration.ofNanos(now - stalledSince)
        : Duration.ZERO;
  }

  /** Whether it may be closed for another one: nobody waits for a response on it. */
  boolean isDispensable() {
    return stage != Stage.RESPONDING;
  }

  /** Bytes it has sent so far, as far as they were read. */
  long received() {
    return decoder.received();
  }

  /** Since when it has been as it is. */
  long waitingSince() {
    return since;
  }

  /** Closed when it has its response: its listener is no longer, or has another policy. */
  void retire() {
    persistent = false;
    if (stage == Stage.IDLE || stage == Stage.LEAVING) {
      close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cleanUp();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // a broken connection, or no TLS: its client's own doing
    close();
  }

  /** Ends it at once; idempotent. */
  void close() {
    cleanUp();
    ctx.close();
  }

  private void cleanUp() {
    if (closed) {
      return;
    }
    closed = true;
    front.connections().remove(this);
    endPending();
    release();
    Transfer left = transfer;
    transfer = null;
    if (left != null) {
      left.abandon();
    }
  }
}
