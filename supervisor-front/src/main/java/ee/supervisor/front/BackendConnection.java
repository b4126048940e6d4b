package ee.supervisor.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One connection to the server behind: one request at a time, and read only as fast as the client
 * takes the response. Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends its connection
final class BackendConnection extends ChannelInboundHandlerAdapter {

  /** Where a response goes. */
  interface Receiver {
    /** The head has come. */
    void head(HttpResponse response, BackendConnection from);

    /** A piece of the body has come; released by the caller. */
    void piece(HttpContent piece);

    /** The connection has broken before the end. */
    void broken(BackendConnection from);
  }

  private final Backend backend;
  private final Queue<Object> ahead = new ArrayDeque<>();
  private ChannelHandlerContext ctx;
  private Optional<Receiver> receiver = Optional.empty();
  private boolean wanted;
  private boolean delivering;
  private boolean reusable;
  private boolean interim;
  private boolean responded;
  private long idleSince;
  private int uses;

  BackendConnection(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  /** Sends a request, and its response to {@code next}. */
  void send(FullHttpRequest request, Receiver next) {
    receiver = Optional.of(next);
    reusable = false;
    responded = false;
    uses++;
    ctx.writeAndFlush(request);
    read();
  }

  /** Asks for the next part of the response. */
  void read() {
    wanted = true;
    deliver();
    if (wanted) {
      ctx.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ahead.add(message);
    deliver();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (wanted) {
      ctx.read();
    }
  }

  private void deliver() {
    if (delivering) {
      // asked for the next part while this one is taken: the loop goes on with it
      return;
    }
    delivering = true;
    try {
      while (wanted && !ahead.isEmpty()) {
        Object message = ahead.remove();
        try {
          take(message);
        } finally {
          ReferenceCountUtil.release(message);
        }
      }
    } finally {
      delivering = false;
    }
  }

  private void take(Object message) {
    if (receiver.isEmpty()) {
      // nobody asked for it: what follows on this connection would be nobody's either
      ctx.close();
      return;
    }
    if (message instanceof HttpResponse response) {
      if (response.decoderResult().isFailure()) {
        ctx.close();
        return;
      }
      interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (!interim) {
        wanted = false;
        responded = true;
        reusable = HttpUtil.isKeepAlive(response);
        receiver.get().head(response, this);
      }
    }
    if (message instanceof HttpContent content && !interim) {
      take(content);
    }
  }

  private void take(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      ctx.close();
      return;
    }
    wanted = false;
    Receiver current = receiver.get();
    boolean last = content instanceof LastHttpContent;
    if (last) {
      receiver = Optional.empty();
    }
    current.piece(content);
    if (last && reusable) {
      idleSince = System.nanoTime();
      backend.idle(this);
      // the end of the connection is heard of while it waits
      read();
    } else if (last) {
      ctx.close();
    }
  }

  /** Whether a part of the response to the last request has come. */
  boolean hasResponded() {
    return responded;
  }

  /** Whether it has served a request before the last one. */
  boolean isReused() {
    return uses > 1;
  }

  /** Since when nothing has been asked of it. */
  long idleSince() {
    return idleSince;
  }

  /** Its channel. */
  Channel channel() {
    return ctx.channel();
  }

  /** Nobody waits for the response any more; idempotent. */
  void abandon() {
    receiver = Optional.empty();
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
    backend.closed(this);
    Optional<Receiver> waiting = receiver;
    receiver = Optional.empty();
    waiting.ifPresent(one -> one.broken(this));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ctx.close();
  }
}
