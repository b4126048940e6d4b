package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.EventType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventTypeNamesTest {

  @Test
  void theNamesAConfigurationMayUseAreThoseOfTheEventTypes() {
    assertThat(EventTypeNames.ALL)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values()).map(Enum::name).toList());
  }
}
