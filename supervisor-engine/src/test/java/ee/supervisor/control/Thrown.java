package ee.supervisor.control;

/** What other people's code throws, and the JVM at any place. */
enum Thrown {
  EXCEPTION,
  ASSERTION,
  LINKAGE,
  MEMORY,
  STACK;

  private Throwable another() {
    return switch (this) {
      case EXCEPTION -> new IllegalStateException("injected");
      case ASSERTION -> new AssertionError("injected");
      case LINKAGE -> new NoClassDefFoundError("injected");
      case MEMORY -> new OutOfMemoryError("injected");
      case STACK -> new StackOverflowError("injected");
    };
  }

  /** Its class. */
  Class<?> type() {
    return another().getClass();
  }

  /** Another one; thrown as what it is, though it says RuntimeException. */
  RuntimeException make() {
    throw Thrown.<RuntimeException>unchecked(another());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
