package ee.supervisor.superlance;

import ee.supervisor.testing.ManualPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
  static List<String> names() {
    return WatcherCommands.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theManualExplainsEveryOption(String name) throws IOException {
    new ManualPage(name + ".1")
        .holds(
            "options",
            new CommandLine(WatcherCommands.command(name))
                .getCommandSpec().options().stream().map(ManualTest::item).toList());
  }

  private static ManualPage.Item item(OptionSpec option) {
    List<String> terms = new ArrayList<>();
    for (String name : option.names()) {
      boolean isLong = name.startsWith("--");
      String term = "Fl " + (isLong ? "Fl " : "") + name.replaceFirst("^--?", "");
      if (option.arity().max() > 0) {
        term += (isLong ? " Ns = Ns" : "") + " Ar " + option.paramLabel();
      }
      terms.add(term);
    }
    return new ManualPage.Item(String.join(" , ", terms), String.join(" ", option.description()));
  }
}
