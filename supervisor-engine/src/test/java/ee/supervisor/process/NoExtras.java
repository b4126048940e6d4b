package ee.supervisor.process;

import ee.supervisor.config.HealthConfig;
import ee.supervisor.config.HooksConfig;
import java.time.Duration;
import java.util.Optional;

/** What a program has that neither is checked nor has hooks. */
public final class NoExtras {
  public static final HealthConfig HEALTH =
      new HealthConfig(Optional.empty(), Optional.empty(), false, Duration.ZERO);

  public static final HooksConfig HOOKS =
      new HooksConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(30));

  private NoExtras() {}
}
