package ee.supervisor.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private final List<String> lines = new ArrayList<>();
  private final Guard guard = new Guard(lines::add);

  @Test
  void workThatGoesWellIsRunAndNothingLogged() {
    AtomicInteger runs = new AtomicInteger();

    assertThat(guard.run("work", runs::incrementAndGet)).isTrue();

    assertThat(runs).hasValue(1);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        AssertionError.class,
        NoClassDefFoundError.class,
        OutOfMemoryError.class,
        StackOverflowError.class
      })
  void whateverIsThrownIsLoggedWithItsPlaceAndGoesNoFurther(Class<? extends Throwable> kind) {
    boolean well =
        guard.run(
            "work",
            () -> {
              throw unchecked(kind);
            });

    assertThat(well).isFalse();
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("work: uncaught " + kind.getName())
        .contains(" at ");
  }

  @Test
  void aCheckedExceptionInDisguiseGoesNoFurtherEither() {
    assertThat(guard.run("work", () -> sneakyThrow(new Exception("smuggled")))).isFalse();

    assertThat(lines).singleElement().asString().contains("smuggled");
  }

  @Test
  void aRecursionWithoutEndIsLogged() {
    assertThat(guard.run("work", GuardTest::recurse)).isFalse();

    assertThat(lines).singleElement().asString().contains("java.lang.StackOverflowError");
  }

  @Test
  void anExceptionThatCannotSayWhatItIsIsNamedByItsClass() {
    guard.report("work", new Mute());

    assertThat(lines).singleElement().asString().contains(Mute.class.getName());
  }

  @Test
  void anEndlessMessageIsCut() {
    guard.report("work", new IllegalStateException("x".repeat(100_000)));

    assertThat(lines.get(0)).hasSizeLessThan(2000);
  }

  @Test
  void aLogWithoutMemoryForTheTextGetsAConstant() {
    Guard poor =
        new Guard(
            text -> {
              if (text.contains("uncaught")) {
                throw new OutOfMemoryError("Java heap space");
              }
              lines.add(text);
            });

    poor.report("work", new OutOfMemoryError("Java heap space"));

    assertThat(lines).singleElement().asString().contains("too little memory");
  }

  @Test
  void whatCouldNotBeLoggedIsCountedInTheNextLine() {
    AtomicInteger refusals = new AtomicInteger(4);
    Guard poor =
        new Guard(
            text -> {
              if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("Java heap space");
              }
              lines.add(text);
            });

    poor.report("work", new IllegalStateException("first"));
    poor.report("work", new IllegalStateException("second"));
    poor.report("work", new IllegalStateException("third"));

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("third")
        .endsWith("(2 before it could not be logged)");
  }

  private static Error unchecked(Class<? extends Throwable> kind) {
    try {
      throw GuardTest.<RuntimeException>sneaky(kind.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static void sneakyThrow(Throwable thrown) {
    throw GuardTest.<RuntimeException>sneaky(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void recurse() {
    recurse();
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no comment");
    }
  }
}
