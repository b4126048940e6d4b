package ee.supervisor.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.ctl.spi.Action;
import ee.supervisor.testing.ManualPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualTest {
  private static final ManualPage PAGE = new ManualPage("supervisorctl.1");
  private static final ActionTable ACTIONS = new ActionTable(Map.of());

  @Test
  void theManualExplainsEveryOption() throws IOException {
    PAGE.holds("options", ManualPage.options(Usage.text("supervisorctl")));
  }

  @Test
  void theManualExplainsEveryAction() throws IOException {
    PAGE.holds(
        "actions",
        ACTIONS.names().stream()
            .sorted()
            .flatMap(name -> items(ACTIONS.find(name).orElseThrow()).stream())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash-completion/completions/supervisorctl",
        "fish/vendor_completions.d/supervisorctl.fish",
        "zsh/site-functions/_supervisorctl"
      })
  void everyShellCompletesEveryAction(String file) throws IOException {
    String words = Files.readString(Path.of("src/main/scripts/share", file));
    assertThat(ACTIONS.names()).allSatisfy(name -> assertThat(words).containsPattern("\\b" + name));
  }

  /**
   * One for each line of its help that says how it is called and, behind tabs, what it does then.
   */
  private static List<ManualPage.Item> items(Action action) {
    List<ManualPage.Item> items = new ArrayList<>();
    for (String line :
        action.help().replaceAll("\n\t+(?=[A-Z])", ". ").replaceAll("\n\t+", " ").split("\n", -1)) {
      String[] parts = line.split("\t+", 2);
      if (parts.length == 2) {
        items.add(
            new ManualPage.Item(
                "Ic " + ManualPage.argument(parts[0]), ManualPage.sentence(parts[1])));
      } else if (!line.startsWith(action.name()) && !items.isEmpty()) {
        ManualPage.Item last = items.remove(items.size() - 1);
        items.add(new ManualPage.Item(last.term(), last.text() + " " + line));
      }
    }
    return items;
  }
}
