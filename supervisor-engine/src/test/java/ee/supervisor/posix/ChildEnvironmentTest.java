package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  private final Map<String, String> own = Environment.ofThisProcess();

  @Test
  void aChildInheritsWhatIsNotChanged() {
    ChildEnvironment environment = new ChildEnvironment(Map.of("ADDED", "ü", "PATH", "/elsewhere"));

    Map<String, String> expected = new HashMap<>(own);
    expected.put("ADDED", "ü");
    expected.put("PATH", "/elsewhere");
    assertThat(environment).isEqualTo(expected);
    assertThat(environment.get("PATH")).isEqualTo("/elsewhere");
    assertThat(environment.containsKey("ADDED")).isTrue();
    assertThat(environment.containsKey("NO_SUCH_VARIABLE")).isFalse();
  }

  @Test
  void theKernelGetsEachVariableOnce() {
    ChildEnvironment environment = new ChildEnvironment(Map.of("ADDED", "ü", "PATH", "/elsewhere"));

    List<String> pairs = new ArrayList<>();
    for (byte[] pair : environment.encoded()) {
      pairs.add(new String(pair, UTF_8));
    }
    assertThat(pairs)
        .hasSize(environment.size())
        .contains("ADDED=ü", "PATH=/elsewhere")
        .doesNotContain("PATH=" + own.get("PATH"));
  }
}
