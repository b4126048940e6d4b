package ee.supervisor.web.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Writes maps and lists as JSON objects and arrays. */
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class JsonBody implements MessageBodyWriter<Object> {

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return Map.class.isAssignableFrom(type) || List.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Object body,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(bytes(body));
  }

  /** {@code value} as one line of JSON. */
  static byte[] bytes(Object value) {
    return (JsonWriter.string(value) + "\n").getBytes(UTF_8);
  }
}
