package ee.supervisor.ctl.logs;

/** The two things that a process writes to. */
enum Channel {
  STDOUT("stdout", "supervisor.readProcessStdoutLog"),
  STDERR("stderr", "supervisor.readProcessStderrLog");

  private final String word;
  private final String reader;

  Channel(String word, String reader) {
    this.word = word;
    this.reader = reader;
  }

  /** As it is called in paths. */
  String word() {
    return word;
  }

  /** The method that reads its log. */
  String reader() {
    return reader;
  }
}
