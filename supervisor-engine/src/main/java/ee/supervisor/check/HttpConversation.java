package ee.supervisor.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.config.CheckTarget;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Makes one request and looks at the response. Confined to the {@link CheckLoop}. */
final class HttpConversation implements SocketProbe.Conversation {
  /** Of what is sent and received at once; shared, since only one thread is here. */
  private static final int BUFFER_BYTES = 16 << 10;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

  private final CheckLoop loop;
  private final CheckTarget.Http target;
  private final ByteBuffer request;
  private final HttpResponseText response = new HttpResponseText();
  private final Optional<TlsSession> tls;
  private Fd socket;
  private Consumer<Optional<String>> over;
  private long watch;
  private int interest;
  private boolean ended;

  HttpConversation(CheckLoop loop, CheckTarget.Http target) {
    this.loop = loop;
    this.target = target;
    this.request = ByteBuffer.wrap(request(target).getBytes(UTF_8));
    this.tls =
        target.isSecure()
            ? Optional.of(TlsSession.with(target.host(), target.port()))
            : Optional.empty();
  }

  private static String request(CheckTarget.Http target) {
    String path = target.uri().getRawPath().isEmpty() ? "/" : target.uri().getRawPath();
    String query = target.uri().getRawQuery() == null ? "" : "?" + target.uri().getRawQuery();
    StringBuilder text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
    Map<String, String> headers = target.expected().headers();
    addUnlessGiven(text, headers, "Host", target.uri().getRawAuthority());
    addUnlessGiven(text, headers, "User-Agent", "supervisord");
    addUnlessGiven(text, headers, "Accept", "*/*");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("Connection: close\r\n\r\n").toString();
  }

  private static void addUnlessGiven(
      StringBuilder text, Map<String, String> headers, String name, String value) {
    if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
      text.append(name).append(": ").append(value).append("\r\n");
    }
  }

  @Override
  public void begin(Fd connection, Consumer<Optional<String>> whenOver) {
    socket = connection;
    over = whenOver;
    advance();
  }

  /** Goes as far as it can without waiting. */
  private void advance() {
    if (ended) {
      return;
    }
    try {
      boolean more = true;
      while (more && !ended) {
        more = step();
      }
    } catch (SSLException e) {
      end(Optional.of("TLS: " + e.getMessage()));
    } catch (PosixException e) {
      end(Optional.of(e.errno().message()));
    }
  }

  /** Does one thing; returns whether something else can be done at once. */
  private boolean step() throws PosixException, SSLException {
    ByteBuffer toSend = tls.isPresent() ? tls.get().outgoing() : request;
    if (toSend.hasRemaining()) {
      return send(toSend) || waitFor(Epoll.WRITABLE);
    } else if (tls.isPresent() && tls.get().encrypt(request)) {
      return true;
    } else if (tls.isPresent() && tls.get().decrypt(response)) {
      judgeIfComplete(tls.get().hasEnded());
      return true;
    }
    return receive() || waitFor(Epoll.READABLE);
  }

  private boolean send(ByteBuffer data) throws PosixException {
    ByteBuffer buffer = BUFFER.get().clear();
    int count = Math.min(buffer.remaining(), data.remaining());
    buffer.put(data.slice().limit(count)).flip();
    int sent = Kernel.sendNow(socket, buffer);
    if (sent > 0) {
      data.position(data.position() + sent);
    }
    return sent > 0;
  }

  private boolean receive() throws PosixException, SSLException {
    ByteBuffer buffer = BUFFER.get().clear();
    int count = Kernel.read(socket, buffer);
    if (count == Kernel.WOULD_BLOCK) {
      return false;
    }
    buffer.flip();
    if (tls.isPresent() && count > 0) {
      tls.get().received(buffer);
    } else {
      response.add(buffer);
      judgeIfComplete(count == 0);
    }
    return true;
  }

  private boolean waitFor(int wanted) throws PosixException {
    if (interest != wanted) {
      loop.unwatch(watch);
      watch = loop.watch(socket, wanted, this::advance);
      interest = wanted;
    }
    return false;
  }

  private void judgeIfComplete(boolean atEnd) {
    boolean enough =
        target.expected().body().isEmpty() ? response.hasStatus() : response.isComplete();
    if (enough || atEnd) {
      end(judge());
    }
  }

  private Optional<String> judge() {
    Optional<Integer> status = response.status();
    if (response.isEmpty()) {
      return Optional.of(
          (target.isSecure() ? "TLS: " : "") + "the connection was closed without a response");
    } else if (status.isEmpty()) {
      return Optional.of("the response is not one of HTTP");
    } else if (target.expected().statuses().stream().noneMatch(s -> s.covers(status.get()))) {
      return Optional.of("the response has the status " + status.get());
    }
    Optional<String> wanted = target.expected().body();
    if (wanted.isPresent() && !isFound(wanted.get())) {
      return Optional.of("the body of the response has nothing like " + wanted.get());
    }
    return Optional.empty();
  }

  private boolean isFound(String pattern) {
    try {
      return Pattern.compile(pattern).matcher(new BoundedText(response.body())).find();
    } catch (BoundedText.ExhaustedException | StackOverflowError e) {
      return false;
    }
  }

  private void end(Optional<String> failure) {
    if (!ended) {
      cancel();
      over.accept(failure);
    }
  }

  @Override
  public void cancel() {
    ended = true;
    loop.unwatch(watch);
  }

  /** A response as far as it has come; of a long one the beginning. */
  static final class HttpResponseText implements TlsSession.Sink {
    private static final int MOST_BYTES = 256 << 10;

    private final StringBuilder text = new StringBuilder();

    @Override
    public void add(ByteBuffer data) {
      byte[] bytes = new byte[Math.min(data.remaining(), MOST_BYTES - text.length())];
      data.get(bytes);
      // a character for each byte: the body is decoded when it is complete
      text.append(new String(bytes, ISO_8859_1));
    }

    boolean isEmpty() {
      return text.isEmpty();
    }

    boolean hasStatus() {
      dropInformation();
      return text.indexOf("\n") >= 0;
    }

    /** What is sent ahead of the response (100, 103) is not the response. */
    private void dropInformation() {
      int end = text.indexOf("\r\n\r\n");
      while (end >= 0 && text.length() > 10 && text.charAt(9) == '1') {
        text.delete(0, end + 4);
        end = text.indexOf("\r\n\r\n");
      }
    }

    Optional<Integer> status() {
      dropInformation();
      if (text.length() < 12 || !text.substring(0, 5).equals("HTTP/")) {
        return Optional.empty();
      }
      String number = text.substring(9, 12);
      return number.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Optional.of(Integer.valueOf(number))
          : Optional.empty();
    }

    boolean isComplete() {
      dropInformation();
      int head = text.indexOf("\r\n\r\n");
      if (head < 0) {
        return text.length() >= MOST_BYTES;
      }
      int length = text.length() - head - 4;
      return text.length() >= MOST_BYTES
          || header("content-length").map(l -> length >= number(l, 10)).orElse(false)
          || (isChunked() && text.indexOf("\r\n0\r\n", head) >= 0);
    }

    private Optional<String> header(String name) {
      int head = text.indexOf("\r\n\r\n");
      return text.substring(0, Math.max(0, head))
          .lines()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    private boolean isChunked() {
      return header("transfer-encoding")
          .filter(coding -> coding.toLowerCase(Locale.ROOT).endsWith("chunked"))
          .isPresent();
    }

    private static int number(String digits, int radix) {
      try {
        return Math.max(0, Integer.parseInt(digits, radix));
      } catch (NumberFormatException e) {
        return Integer.MAX_VALUE;
      }
    }

    String body() {
      int head = text.indexOf("\r\n\r\n");
      String raw = head < 0 ? "" : text.substring(head + 4);
      return new String((isChunked() ? unchunked(raw) : raw).getBytes(ISO_8859_1), UTF_8);
    }

    private static String unchunked(String raw) {
      StringBuilder body = new StringBuilder();
      int at = 0;
      while (at < raw.length()) {
        int lineEnd = raw.indexOf("\r\n", at);
        if (lineEnd < 0) {
          break;
        }
        int extension = raw.indexOf(';', at);
        int sizeEnd = extension >= 0 && extension < lineEnd ? extension : lineEnd;
        int size = number(raw.substring(at, sizeEnd).strip(), 16);
        int start = lineEnd + 2;
        int end = (int) Math.min(raw.length(), (long) start + size);
        body.append(raw, start, end);
        if (size == 0) {
          break;
        }
        at = end + 2;
      }
      return body.toString();
    }
  }
}
