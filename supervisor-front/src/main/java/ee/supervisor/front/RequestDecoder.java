package ee.supervisor.front;

import ee.supervisor.budget.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Makes requests of what a client sends, a piece at a time and only when the connection asks for
 * the next: what a client sends ahead stays bytes, and few of them.
 *
 * <p>Stricter than Netty where two readers of one request could differ on where it ends: a length
 * beside a transfer coding, a folded header line, a NUL and a carriage return within a line are
 * malformed.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** Of a request line, and of all headers together. */
  private static final int MAX_HEAD_BYTES = 65_536;

  private static final int MAX_PIECE_BYTES = 16_384;

  /** What is read ahead of the request being served: enough to notice that the client has left. */
  private static final int MAX_AHEAD_BYTES = 8192;

  /** Stands for a head that no HTTP library would have sent. */
  static final Object MALFORMED = new Object();

  /** Stands for a head that there is no memory for. */
  static final Object TOO_MUCH = new Object();

  /** Of a head that is not accounted for, as those of all usual requests. */
  private static final int FREE_HEAD_BYTES = 2048;

  private boolean wanted = true;
  private boolean decoding;
  private boolean discarding;
  private boolean inHead = true;
  private final HeadLines lines = new HeadLines();
  private long headStarted;
  private long received;
  private final MemoryBudget.Account account;
  private int headBytes;
  private boolean exhausted;

  /**
   * @param account holds large heads until the next one, since a client needs no password to send
   *     one
   */
  RequestDecoder(MemoryBudget.Account account) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEAD_BYTES)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxChunkSize(MAX_PIECE_BYTES)
            .setAllowDuplicateContentLengths(false));
    this.account = account;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (discarding) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof ByteBuf bytes) {
      received += bytes.readableBytes();
      if (inHead && headStarted == 0 && bytes.isReadable()) {
        headStarted = System.nanoTime();
      }
      if (inHead && wanted) {
        headBytes += bytes.readableBytes();
        long over = Math.max(0, headBytes - FREE_HEAD_BYTES - account.held());
        exhausted = over > 0 && !account.take(over);
      }
    }
    decoding = true;
    try {
      super.channelRead(ctx, message);
    } finally {
      decoding = false;
    }
  }

  /** Netty's own would go on reading until there is a request, wanted or not. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    discardSomeReadBytes();
    ctx.fireChannelReadComplete();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!wanted) {
      return;
    }
    if (exhausted) {
      in.skipBytes(in.readableBytes());
      emit(out, TOO_MUCH);
      return;
    }
    if (inHead && lines.areMalformed(in)) {
      in.skipBytes(in.readableBytes());
      emit(out, MALFORMED);
      return;
    }
    int readable = in.readableBytes();
    super.decode(ctx, in, out);
    lines.consumed(readable - in.readableBytes());
    if (!out.isEmpty()) {
      wanted = false;
      inHead = out.get(out.size() - 1) instanceof LastHttpContent;
      if (inHead) {
        lines.restart();
      }
      headStarted = 0;
    }
  }

  private void emit(List<Object> out, Object piece) {
    wanted = false;
    out.add(piece);
  }

  /** Netty's own would throw away, at the end of the input, what has been read ahead. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
  }

  /** A request that ends in the middle is nobody's: its client has gone. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /**
   * Asks for the next piece, which comes at once if it was read already.
   *
   * @param ctx of this handler
   */
  void next(ChannelHandlerContext ctx) throws Exception {
    wanted = true;
    if (inHead) {
      headBytes = actualReadableBytes();
      account.give(Long.MAX_VALUE);
    }
    if (!decoding && actualReadableBytes() > 0) {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
    }
    if (inHead && headStarted == 0 && actualReadableBytes() > 0) {
      headStarted = System.nanoTime();
    }
  }

  /** Asks for nothing more, until {@link #next}: the request is complete. */
  void hold() {
    wanted = false;
  }

  /** Whether bytes of a further request have been read. */
  boolean isAhead() {
    return actualReadableBytes() > 0;
  }

  /** Whether more bytes are to be read from the client. */
  boolean wantsBytes() {
    return wanted || discarding || actualReadableBytes() < MAX_AHEAD_BYTES;
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    account.close();
    super.handlerRemoved0(ctx);
  }

  /** From now on what comes is thrown away. */
  void discard() {
    discarding = true;
  }

  /** Bytes received on this connection so far. */
  long received() {
    return received;
  }

  /** When the first byte of the head being read came, 0 while there is none. */
  long headStarted() {
    return headStarted;
  }

  /** Looks at the lines of a head before Netty does, which takes forms that nobody needs. */
  private static final class HeadLines {
    private int ahead;
    private int lineLength;
    private int count;
    private boolean complete;
    private boolean returned;
    private boolean malformed;

    boolean areMalformed(ByteBuf in) {
      if (!complete && !malformed) {
        int start = in.readerIndex() + ahead;
        int last = in.forEachByte(start, in.writerIndex() - start, this::goesOn);
        ahead = (last < 0 ? in.writerIndex() : last + 1) - in.readerIndex();
      }
      return malformed;
    }

    private boolean goesOn(byte next) {
      if (returned && next != '\n') {
        malformed = true;
      } else if (next == '\n') {
        complete = lineLength == 0 && count > 0;
        count += lineLength > 0 ? 1 : 0;
        lineLength = 0;
      } else if (next == 0 || (lineLength == 0 && (next == ' ' || next == '\t'))) {
        malformed = true;
      } else if (next != '\r') {
        lineLength++;
      }
      returned = next == '\r';
      return !complete && !malformed;
    }

    void consumed(int bytes) {
      ahead = Math.max(0, ahead - bytes);
    }

    void restart() {
      ahead = 0;
      lineLength = 0;
      count = 0;
      complete = false;
      returned = false;
      malformed = false;
    }
  }
}
