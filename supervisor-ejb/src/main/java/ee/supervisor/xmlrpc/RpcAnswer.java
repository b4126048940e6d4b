package ee.supervisor.xmlrpc;

import ee.supervisor.output.LogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * The XML of an answer: whole, or with gaps in it where long pieces of logs are read while they are
 * sent, since fifty megabytes of log have no room in the memory of a supervisor.
 */
final class RpcAnswer {
  private final List<Part> parts;

  /** A part of an answer. */
  sealed interface Part {
    /** XML that is ready. */
    record Xml(String text) implements Part {}

    /** A piece of a log that is read when its turn comes. */
    record Log(LogReader.Piece piece) implements Part {}
  }

  RpcAnswer(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Whether nothing is left to be read. */
  boolean isWhole() {
    return parts.stream().allMatch(Part.Xml.class::isInstance);
  }

  /** The answer as it is sent; reads logs. */
  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(parts.stream().map(RpcAnswer::open).toList()));
  }

  private static InputStream open(Part part) {
    if (part instanceof Part.Log log) {
      return new EscapedLog(log.piece());
    }
    return new ByteArrayInputStream(XmlText.utf8(((Part.Xml) part).text()));
  }

  /**
   * The whole answer.
   *
   * @throws IOException when a log cannot be read
   */
  byte[] toBytes() throws IOException {
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }
}
