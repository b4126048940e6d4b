package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnFileActionsTest {
  /** With posix_spawn_file_actions_addclosefrom_np, and as with a C library that lacks it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChildHasTheThreeDescriptorsAndNoOther(boolean closeFrom) throws Exception {
    SpawnAttributes attributes = new SpawnAttributes();
    try (Pipe pipe = Kernel.pipe();
        SpawnFileActions actions =
            new SpawnFileActions(
                List.of(pipe.readEnd(), pipe.writeEnd(), pipe.writeEnd()), closeFrom);
        NativeMemory file = NativeMemory.ofString("/bin/ls");
        NativeMemory argv = NativeMemory.ofStrings(List.of("ls", "/proc/self/fd"));
        NativeMemory environment = NativeMemory.ofStrings(List.of());
        NativeMemory pid = new NativeMemory(Integer.BYTES)) {
      int error =
          LibC.posix_spawn(
              pid.address(),
              file.address(),
              actions.address(),
              attributes.address(),
              argv.address(),
              environment.address());
      assertThat(error).isZero();
      Optional<WaitStatus> status = Children.waitFor(pid.getInt(0), 0);
      pipe.writeEnd().close();
      assertThat(TestChild.readToEnd(pipe.readEnd())).isEqualTo("0\n1\n2\n3\n");
      assertThat(status).contains(new WaitStatus(0));
    }
  }
}
