package ee.supervisor.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468), whatever stands around them.
 *
 * @param option the option that named the file
 * @param path where it is
 * @param blocks in their order
 */
record PemFile(String option, String path, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([^-]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /**
   * One block.
   *
   * @param label such as {@code CERTIFICATE}
   * @param text base64, in the old form of encrypted keys with headers before it
   */
  record Block(String label, String text) {

    /** Whether it can be read with a passphrase only. */
    boolean isEncrypted() {
      return label.startsWith("ENCRYPTED") || text.contains(":");
    }

    /**
     * Its content.
     *
     * @throws IllegalArgumentException when it is no base64
     */
    byte[] der() {
      return Base64.getMimeDecoder().decode(text.strip());
    }
  }

  /**
   * Reads a file.
   *
   * @throws ServerKeyException when it cannot be read
   */
  static PemFile read(String option, String path) throws ServerKeyException {
    String text;
    try {
      text = Files.readString(Path.of(path), ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ServerKeyException("%s=%s cannot be read: no such file".formatted(option, path), e);
    } catch (AccessDeniedException e) {
      throw new ServerKeyException(
          "%s=%s cannot be read: permission denied".formatted(option, path), e);
    } catch (IOException e) {
      throw new ServerKeyException(
          "%s=%s cannot be read: %s".formatted(option, path, e.getMessage()), e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new Block(found.group(1), found.group(2)));
    }
    return new PemFile(option, path, blocks);
  }

  /** What is wrong with this file, in the form of all messages. */
  ServerKeyException complaint(String what) {
    return new ServerKeyException("%s=%s %s".formatted(option, path, what));
  }

  ServerKeyException complaint(String what, Throwable cause) {
    return new ServerKeyException("%s=%s %s".formatted(option, path, what), cause);
  }
}
