package ee.supervisor.front;

import ee.supervisor.access.Visit;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything of a request but its body.
 *
 * @param method as sent
 * @param version of HTTP, 1.0 or 1.1
 * @param headers as sent
 * @param length of the body that follows, 0 for none, negative for one that comes in chunks
 */
record RequestHead(
    String method, RequestTarget target, HttpVersion version, HttpHeaders headers, long length) {
  private static final String CHUNKED = "chunked";

  /** A name or an address, maybe a port; nobody resolves it. */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.%A-Za-z_-]+\\])(?::[0-9]{0,5})?");

  /** Takes a request apart; empty when it is not one that two readers would understand alike. */
  static Optional<RequestHead> parse(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (request.decoderResult().isFailure()
        || !version.protocolName().equals("HTTP")
        || version.majorVersion() != 1) {
      return Optional.empty();
    }
    HttpHeaders headers = request.headers();
    if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      return Optional.empty();
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    long length = 0;
    if (!codings.isEmpty()) {
      if (codings.size() > 1
          || !codings.get(0).trim().equalsIgnoreCase(CHUNKED)
          || !lengths.isEmpty()
          || version.minorVersion() == 0) {
        return Optional.empty();
      }
      length = -1;
    } else if (!lengths.isEmpty()) {
      String only = lengths.get(0);
      if (lengths.size() > 1
          || only.isEmpty()
          || only.length() > 18
          || !only.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.empty();
      }
      length = Long.parseLong(only);
    }
    long known = length;
    return RequestTarget.parse(request.uri())
        .map(target -> new RequestHead(request.method().name(), target, version, headers, known));
  }

  /** The first value of a header, whatever the case of its name. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What of it says whether it is let in. */
  Visit visit() {
    return new Visit(method, target.rawPath(), target.query(), this::header);
  }

  /** The host that it is for, as the server behind is to hear it; empty where that is none. */
  Optional<String> host() {
    String named = target.authority().or(() -> header("Host")).orElse("").trim();
    String host = named.isEmpty() ? "localhost" : named;
    return HOST.matcher(host).matches() ? Optional.of(host) : Optional.empty();
  }

  /** Whether the client wants to go on with this connection. */
  boolean isPersistent() {
    boolean byDefault = version.minorVersion() > 0;
    return byDefault
        ? !headers.containsValue(HttpHeaderNames.CONNECTION, "close", true)
        : headers.containsValue(HttpHeaderNames.CONNECTION, "keep-alive", true);
  }

  /** Whether the client holds its body back until it may go on. */
  boolean expectsContinue() {
    return version.minorVersion() > 0
        && headers.contains(HttpHeaderNames.EXPECT, "100-continue", true);
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether a person looks at the response, in a browser. */
  boolean isOfBrowserPage() {
    return method.equals("GET")
        && header("Accept").filter(types -> types.contains("text/html")).isPresent();
  }

  /**
   * The headers as handlers know them; a body that came in chunks has a length by now.
   *
   * @param bodyLength its length
   */
  Map<String, String> plainHeaders(int bodyLength) {
    Map<String, String> plain = new HashMap<>();
    for (Map.Entry<String, String> header : headers) {
      plain.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    if (length < 0) {
      plain.remove("transfer-encoding");
      plain.put("content-length", Integer.toString(bodyLength));
    }
    return plain;
  }
}
