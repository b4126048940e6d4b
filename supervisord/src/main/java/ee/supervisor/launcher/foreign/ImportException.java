package ee.supervisor.launcher.foreign;

/** Says why a file of another process manager could not be read: file, line or key, and reason. */
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  ImportException(String where, String problem) {
    super(where + ": " + problem);
  }
}
