package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes core files of hung processes.
 *
 * @param program a command of the shell that takes a file name and a pid, such as {@code
 *     /usr/bin/gcore -o}
 * @param directory where the files go
 */
record CoreDump(String program, Path directory) {

  /** Dumps a process; returns what the program wrote to its stdout. */
  String of(String name, int pid) throws IOException {
    Process gcore =
        new ProcessBuilder(
                List.of(
                    "/bin/sh",
                    "-c",
                    program + " \"$1\" \"$2\"",
                    "gcore",
                    directory.resolve(name).toString(),
                    Integer.toString(pid)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    gcore.getOutputStream().close();
    return new String(gcore.getInputStream().readAllBytes(), UTF_8);
  }
}
