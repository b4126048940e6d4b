package ee.supervisor.ctl.top;

/**
 * A key that was pressed.
 *
 * @param kind what it is
 * @param character which, if it is a character
 */
record Key(Kind kind, int character) {

  /** The keys that there are. */
  enum Kind {
    CHARACTER,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    BACKSPACE,
    ESCAPE,
    TAB,
    /** Ctrl-C. */
    INTERRUPT,
    /** Ctrl-L. */
    REDRAW,
    /** One that means nothing here. */
    OTHER
  }

  static Key of(Kind kind) {
    return new Key(kind, 0);
  }

  /** Whether it is that character. */
  boolean is(char other) {
    return kind == Kind.CHARACTER && character == other;
  }
}
