package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.SAXParserFactory;
import org.apache.xmlrpc.XmlRpcRequest;
import org.apache.xmlrpc.XmlRpcRequestConfig;
import org.apache.xmlrpc.common.TypeFactoryImpl;
import org.apache.xmlrpc.common.XmlRpcHttpRequestConfigImpl;
import org.apache.xmlrpc.parser.XmlRpcResponseParser;
import org.apache.xmlrpc.serializer.XmlRpcWriter;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Calls methods as a client would, and reads the answers with a parser that is not ours. */
public final class RpcClient {
  private final URI uri;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A client of the door at {@code uri}. */
  public RpcClient(URI uri) {
    this.uri = uri;
  }

  /** A fault that came back. */
  public static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultException(int code, String text) {
      super(code + " " + text);
    }
  }

  private record Call(String method, List<Object> parameters) implements XmlRpcRequest {
    @Override
    public XmlRpcRequestConfig getConfig() {
      return WireTypes.CONFIG;
    }

    @Override
    public String getMethodName() {
      return method;
    }

    @Override
    public int getParameterCount() {
      return parameters.size();
    }

    @Override
    public Object getParameter(int index) {
      return parameters.get(index);
    }
  }

  /** The XML of a call. */
  public static byte[] request(String method, Object... parameters) {
    XmlText text = new XmlText();
    try {
      new XmlRpcWriter(WireTypes.CONFIG, text, new WireTypes())
          .write(new Call(method, List.of(parameters)));
    } catch (SAXException e) {
      throw new IllegalArgumentException(e);
    }
    return text.toBytes();
  }

  /** Calls a method and waits for its result. */
  public Object call(String method, Object... parameters) throws Exception {
    HttpResponse<byte[]> response =
        http.send(post(request(method, parameters)), HttpResponse.BodyHandlers.ofByteArray());
    return result(response);
  }

  /** Calls a method without waiting. */
  public CompletableFuture<Object> callLater(String method, Object... parameters) {
    return http.sendAsync(
            post(request(method, parameters)), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(
            response -> {
              try {
                return result(response);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** Posts any body. */
  public HttpResponse<String> post(String body) throws Exception {
    return http.send(post(body.getBytes(UTF_8)), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest post(byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "text/xml")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static Object result(HttpResponse<byte[]> response) throws Exception {
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode());
    }
    return parse(response.body());
  }

  /** Reads an answer; arrays become lists. */
  static Object parse(byte[] received) throws Exception {
    XmlRpcResponseParser parser =
        new XmlRpcResponseParser(new XmlRpcHttpRequestConfigImpl(), new TypeFactoryImpl(null));
    XMLReader reader = SAXParserFactory.newDefaultNSInstance().newSAXParser().getXMLReader();
    reader.setContentHandler(parser);
    try (InputStream in = new ByteArrayInputStream(received)) {
      reader.parse(new InputSource(in));
    }
    if (!parser.isSuccess()) {
      throw new FaultException(parser.getErrorCode(), parser.getErrorMessage());
    }
    return lists(parser.getResult());
  }

  private static Object lists(Object value) {
    return value instanceof Object[] array
        ? Arrays.stream(array).map(RpcClient::lists).toList()
        : value;
  }
}
