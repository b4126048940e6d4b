package ee.supervisor.process;

import ee.supervisor.config.Dependency;
import ee.supervisor.config.Dependency.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one entry of {@code depends_on} asks for, shared by all processes that have the same entry:
 * so what {@code group:*} of hundreds means is found out once, and not by each of hundreds that
 * wait. Confined to the control loop, but for what is final.
 */
final class Requirement {
  /** Beyond so many, those that wait learn of progress {@link #PAUSE} apart. */
  private static final int FEW = 16;

  /** Between two times at which many learn what of many is still missing. */
  static final Duration PAUSE = Duration.ofMillis(100);

  private final Optional<Condition> stated;
  private final List<Need> needs;
  private final List<ManagedProcess> by = new ArrayList<>();

  /** What is not met, as far as that is known in this turn. */
  private Optional<List<UnmetNeed>> known = Optional.empty();

  private long turn;

  /** What was not met when it was last found out. */
  private Optional<List<UnmetNeed>> latest = Optional.empty();

  private boolean news;
  private boolean postponed;
  private long toldNanos;
  private boolean told;

  /**
   * One thing that a process needs.
   *
   * @param on the other; empty when it is not active
   */
  record Need(String name, Optional<ManagedProcess> on, Optional<Condition> stated) {
    Condition condition() {
      return stated.orElse(
          on.map(ManagedProcess::hasReadiness).orElse(false) ? Condition.READY : Condition.RUNNING);
    }

    boolean isMet() {
      return on.isPresent() && Dependencies.isTrueOf(on.get(), condition());
    }
  }

  /** One that nobody has yet. */
  Requirement(Dependency entry, List<Need> needs) {
    this.stated = entry.condition();
    this.needs = List.copyOf(needs);
  }

  /** Everything that is asked for; for any thread. */
  List<Need> needs() {
    return needs;
  }

  /** The processes that have it. */
  List<ManagedProcess> by() {
    return by;
  }

  /** Whether only the end of a process can meet it. */
  boolean isOfTheEnd() {
    return stated.filter(Condition::isOfTheEnd).isPresent();
  }

  boolean isMet() {
    return needs.stream().allMatch(Need::isMet);
  }

  /**
   * What is not met.
   *
   * @param now tells one turn of looking from another; what was found out in it is found out anew
   *     only after {@link #changed}
   * @param look what is known of one that is not met
   */
  List<UnmetNeed> unmet(long now, Function<Need, UnmetNeed> look) {
    if (known.isEmpty() || turn != now) {
      turn = now;
      List<UnmetNeed> found = needs.stream().filter(need -> !need.isMet()).map(look).toList();
      news |= !latest.equals(Optional.of(found));
      latest = Optional.of(found);
      known = latest;
    }
    return known.get();
  }

  /** One that it asks for has changed. */
  void changed() {
    known = Optional.empty();
  }

  /** Whether {@link #unmet} has come to something else since this was asked last. */
  boolean takeNews() {
    boolean taken = news;
    news = false;
    return taken;
  }

  /**
   * Whether those that wait need not hear of it yet: what is missing is long, and they heard of it
   * a moment ago.
   *
   * @param again has this asked again in a while; not run if that is on its way
   */
  boolean canWait(long nanos, Runnable again) {
    boolean soon = told && nanos - toldNanos < PAUSE.toNanos();
    if (!soon || (long) needs.size() * by.size() <= FEW * FEW || isMet()) {
      told = true;
      toldNanos = nanos;
      return false;
    }
    if (!postponed) {
      postponed = true;
      again.run();
    }
    return true;
  }

  /** It is asked again. */
  void resumed() {
    postponed = false;
  }
}
