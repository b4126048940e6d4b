package ee.supervisor.xmlrpc;

import ee.supervisor.output.HeldLog;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The XML of a response: whole, or with gaps in it where long pieces of logs are read while they
 * are sent, since fifty megabytes of log have no room in the memory of a supervisor.
 */
final class RpcResponse implements Closeable {
  private static final System.Logger LOG = System.getLogger(RpcResponse.class.getName());

  private final List<Part> parts;

  /** A part of a response. */
  sealed interface Part {
    /**
     * XML that is ready.
     *
     * @param length how many of {@code bytes} it is
     */
    @SuppressWarnings("ArrayRecordComponent") // parts are never compared
    record Xml(byte[] bytes, int length) implements Part {}

    /** A piece of a log that is read when its turn comes. */
    record Log(HeldLog log) implements Part {}
  }

  RpcResponse(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  List<Part> parts() {
    return parts;
  }

  /** The logs in it, in their order. */
  List<HeldLog> logs() {
    List<HeldLog> logs = new ArrayList<>(0);
    for (Part part : parts) {
      if (part instanceof Part.Log log) {
        logs.add(log.log());
      }
    }
    return logs;
  }

  /** Bytes of XML, without the logs. */
  long xmlBytes() {
    long count = 0;
    for (Part part : parts) {
      count += part instanceof Part.Xml xml ? xml.length() : 0;
    }
    return count;
  }

  /** What is held in memory for it. */
  long heldBytes() {
    long count = 0;
    for (Part part : parts) {
      count += part instanceof Part.Xml xml ? xml.bytes().length : 0;
    }
    return count;
  }

  /** All of it, where there is no log in it. */
  byte[] toBytes() {
    byte[] all = new byte[(int) xmlBytes()];
    int at = 0;
    for (Part part : parts) {
      Part.Xml xml = (Part.Xml) part;
      System.arraycopy(xml.bytes(), 0, all, at, xml.length());
      at += xml.length();
    }
    return all;
  }

  /**
   * All of it one after the other.
   *
   * @param logLengths what its logs were found to be, in bytes as sent: one that has become another
   *     since ends in an exception
   */
  InputStream open(List<Long> logLengths) {
    List<InputStream> streams = new ArrayList<>();
    int logs = 0;
    for (Part part : parts) {
      if (part instanceof Part.Xml xml) {
        streams.add(new ByteArrayInputStream(xml.bytes(), 0, xml.length()));
      } else if (part instanceof Part.Log log) {
        streams.add(new ExactStream(new EscapedLog(log.log().open()), logLengths.get(logs++)));
      }
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /** Lets go of the logs; idempotent. */
  @Override
  public void close() {
    logs().forEach(RpcResponse::discard);
  }

  /** Lets go of what a result holds that will not be sent. */
  static void discard(Object result) {
    if (result instanceof RpcResponse response) {
      response.close();
    } else if (result instanceof List<?> list) {
      list.forEach(RpcResponse::discard);
    } else if (result instanceof HeldLog log) {
      try {
        log.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a log that was read", e);
      }
    }
  }
}
