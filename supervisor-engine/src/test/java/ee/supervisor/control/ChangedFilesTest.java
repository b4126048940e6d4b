package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose files change, with real children and files. */
class ChangedFilesTest {
  @TempDir private Path directory;

  private Path program(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private RunningEngine start(String options) {
    return RunningEngine.start(
        directory,
        "[program:app]\ncommand=@DIR@/app\nstartsecs=0\n%s\n".formatted(options)
            + "[program:other]\ncommand=/bin/sleep 1000\nstartsecs=0\n");
  }

  /** What is looked at for the first time is no change: waits until that has been. */
  private static void awaitFirstLook() {
    await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
  }

  private static void awaitRestart(RunningEngine supervisor, int before) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                supervisor.info("app").state() == ProcessState.RUNNING
                    && supervisor.info("app").pid() != before
                    && supervisor.info("app").pid() != 0);
  }

  @Test
  void aProgramIsRestartedWhenTheFileOfItsCommandIsReplaced() throws Exception {
    program("app", "exec sleep 1000");
    try (RunningEngine supervisor = start("restart_when_binary_changed=true")) {
      int pid = supervisor.awaitState("app", ProcessState.RUNNING).pid();
      int other = supervisor.awaitState("other", ProcessState.RUNNING).pid();
      awaitFirstLook();

      Path next = program("next", "exec sleep 2000");
      Files.move(next, directory.resolve("app"), StandardCopyOption.ATOMIC_MOVE);

      awaitRestart(supervisor, pid);
      supervisor.awaitLogged("'app': the file of its command has changed; restarting it");
      assertThat(supervisor.info("other").pid()).isEqualTo(other);
    }
  }

  @Test
  void aFileOfTheDirectoryThatMatchesRestartsItAndAnotherDoesNot() throws Exception {
    program("app", "exec sleep 1000");
    Path below = Files.createDirectories(directory.resolve("watched/below"));
    try (RunningEngine supervisor =
        start("restart_directory_monitor=@DIR@/watched\nrestart_file_pattern=*.jar")) {
      int pid = supervisor.awaitState("app", ProcessState.RUNNING).pid();
      awaitFirstLook();

      Files.writeString(below.resolve("notes.txt"), "nothing");
      Files.writeString(below.resolve("a.jar"), "new");

      awaitRestart(supervisor, pid);
      supervisor.awaitLogged("'app': " + below.resolve("a.jar") + " has changed; restarting it");
      assertThat(supervisor.log()).doesNotContain("notes.txt");
    }
  }

  @Test
  void aSignalOrACommandMayTakeThePlaceOfTheRestart() throws Exception {
    program("app", "trap 'echo again >>" + directory + "/said' HUP; while :; do sleep 0.1; done");
    Files.createDirectories(directory.resolve("watched"));
    try (RunningEngine supervisor =
        start(
            """
            restart_when_binary_changed=true
            restart_cmd_when_binary_changed=/bin/sh -c 'echo $MAINPID >@DIR@/ran'
            restart_directory_monitor=@DIR@/watched
            restart_signal_when_file_changed=HUP
            """)) {
      int pid = supervisor.awaitState("app", ProcessState.RUNNING).pid();
      awaitFirstLook();
      Files.writeString(directory.resolve("watched/conf"), "a=b");
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("said")));

      Files.setLastModifiedTime(directory.resolve("app"), FileTime.fromMillis(1_000_000));
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("ran")));
      await()
          .untilAsserted(
              () -> assertThat(directory.resolve("ran")).hasContent(Integer.toString(pid)));
      assertThat(supervisor.info("app").pid()).isEqualTo(pid);
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsSaidOnceAndNoReasonToFail() throws Exception {
    program("app", "exec sleep 1000");
    try (RunningEngine supervisor = start("restart_directory_monitor=@DIR@/later")) {
      int pid = supervisor.awaitState("app", ProcessState.RUNNING).pid();
      supervisor.awaitLogged(
          "restart_directory_monitor=" + directory + "/later of 'app': there is no such directory");
      awaitFirstLook();
      Files.createDirectory(directory.resolve("later"));
      Files.writeString(directory.resolve("later/file"), "new");
      awaitRestart(supervisor, pid);
    }
  }
}
