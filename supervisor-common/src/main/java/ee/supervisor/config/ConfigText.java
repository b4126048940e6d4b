package ee.supervisor.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the text of a configuration file: UTF-8, any kind of line end. */
final class ConfigText {

  private ConfigText() {}

  /**
   * The text of a main file.
   *
   * @param name what the operator calls it
   * @throws ConfigException when it is not there, cannot be read, or is not UTF-8
   */
  static String read(String absolute, String name, ConfigFiles files) throws ConfigException {
    Path file = Path.of(absolute);
    if (!files.exists(file)) {
      throw new ConfigException("could not find config file " + name);
    }
    try {
      return read(file, files);
    } catch (IOException e) {
      throw new ConfigException("could not read config file " + name, e);
    }
  }

  /**
   * The text of a file, its lines ending in {@code \n}.
   *
   * @throws IOException when the file cannot be read
   * @throws ConfigException when it is not UTF-8
   */
  static String read(Path file, ConfigFiles files) throws IOException, ConfigException {
    return decode(files.read(file), file).replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String decode(byte[] bytes, Path file) throws ConfigException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1 + (int) out.flip().chars().filter(c -> c == '\n').count();
      int wrong = Byte.toUnsignedInt(bytes[in.position()]);
      throw new ConfigException(
          "'utf-8' codec can't decode byte 0x%02x in position %d: %s (line %d of %s; save it as UTF-8)"
              .formatted(wrong, in.position(), reason(bytes, in.position()), line, file));
    }
    return out.flip().toString();
  }

  private static String reason(byte[] bytes, int position) {
    int lead = Byte.toUnsignedInt(bytes[position]);
    if (lead < 0xc2 || lead > 0xf4) {
      return "invalid start byte";
    }
    int wanted = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    for (int i = position + 1; i <= position + wanted; i++) {
      if (i == bytes.length) {
        return "unexpected end of data";
      } else if ((bytes[i] & 0xc0) != 0x80) {
        return "invalid continuation byte";
      }
    }
    return "invalid continuation byte";
  }
}
