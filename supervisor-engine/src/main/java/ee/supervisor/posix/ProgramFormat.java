package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ee.supervisor.text.Bytes;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What execve(2) would say of a program file's first bytes. Asked where somebody else executes the
 * program for us: setpriv(1) lets a shell run what execve refuses, and reports the rest in its own
 * words.
 */
final class ProgramFormat {
  /** As much as the kernel looks at (BINPRM_BUF_SIZE). */
  private static final int HEAD_BYTES = 256;

  /** Other formats that the administrator has registered appear here, beside two files. */
  private static final String REGISTERED_FORMATS = "/proc/sys/fs/binfmt_misc";

  private static final int FILES_WITHOUT_FORMATS = 2;

  private ProgramFormat() {}

  /** Why the kernel would not execute {@code file}; empty when it would, or that is not known. */
  static Optional<Errno> refusal(String file) {
    String head;
    try {
      head = head(file);
    } catch (PosixException unreadable) {
      return Optional.empty();
    }
    if (head.startsWith("#!")) {
      return refusalOfScript(head.substring(2).lines().findFirst().orElse("").strip());
    }
    return head.startsWith("\u007fELF") || hasRegisteredFormats()
        ? Optional.empty()
        : Optional.of(Errno.ENOEXEC);
  }

  private static String head(String file) throws PosixException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(HEAD_BYTES);
    try (Fd fd = Kernel.open(Path.of(file), Kernel.O_RDONLY | Kernel.O_NONBLOCK, 0)) {
      Kernel.read(fd, buffer);
    }
    return new String(Bytes.from(buffer.flip()).toByteArray(), ISO_8859_1);
  }

  private static Optional<Errno> refusalOfScript(String interpreterLine) {
    String interpreter = interpreterLine.split("[ \t]", 2)[0];
    if (interpreter.isEmpty()) {
      return Optional.of(Errno.ENOEXEC);
    }
    return Kernel.status(interpreter).isPresent() ? Optional.empty() : Optional.of(Errno.ENOENT);
  }

  private static boolean hasRegisteredFormats() {
    String[] files = new File(REGISTERED_FORMATS).list();
    return files != null && files.length > FILES_WITHOUT_FORMATS;
  }
}
