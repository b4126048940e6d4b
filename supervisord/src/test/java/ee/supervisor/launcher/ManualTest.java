package ee.supervisor.launcher;

import ee.supervisor.testing.ManualPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ManualTest {
  @Test
  void theManualExplainsEveryOption() throws IOException {
    new ManualPage("supervisord.1")
        .holds("options", ManualPage.options(SupervisordOptions.helpText("supervisord")));
  }
}
