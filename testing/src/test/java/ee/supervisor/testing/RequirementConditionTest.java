package ee.supervisor.testing;

import static ee.supervisor.testing.Requirement.MOUNT;
import static ee.supervisor.testing.Requirement.XVFB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

class RequirementConditionTest {
  @Test
  void aTestThatLacksNothingRuns() {
    assertThat(RequirementCondition.decide("PageTest", List.of(), true).isDisabled()).isFalse();
  }

  @Test
  void aTestThatLacksSomethingIsSkippedWithItsName() {
    var result = RequirementCondition.decide("PageTest.shows", List.of(XVFB), false);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).hasValue("PageTest.shows needs Xvfb on the PATH");
  }

  @Test
  void whereAllMustRunItFails() {
    assertThatThrownBy(() -> RequirementCondition.decide("PageTest", List.of(MOUNT, XVFB), true))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage("PageTest needs root with CAP_SYS_ADMIN, Xvfb on the PATH");
  }

  @Test
  void butNotForWantOfRights() {
    assertThat(RequirementCondition.decide("DiskTest", List.of(MOUNT), true).isDisabled()).isTrue();
  }
}
