package ee.supervisor.ctl;

/** Holds what {@code supervisorctl -h} prints. */
final class Usage {

  private Usage() {}

  /** The text, for a program of this name. */
  static String text(String program) {
    return """
        supervisorctl -- see and steer the processes of a running supervisord.

        Usage: %s [options] [action [arguments]]

        Options:
        -c/--configuration FILENAME -- the configuration; if not given, the first of the usual places
        -h/--help -- print this and exit
        -i/--interactive -- ask before supervisord is ended or restarted, and for a
             password if one is needed
        -s/--serverurl URL -- where supervisord listens: http, https, unix or jmx
             (default "http://localhost:9001").
        -u/--username USERNAME -- the name to log in with
        -p/--password PASSWORD -- the password to log in with
        -r/--history-file FILENAME -- keep what is typed in the shell in this file

        action [arguments] -- see below

        An action is a word such as "status" or "stop"; "help" lists them all. Without an
        action a shell starts that takes one action a line.

        """
        .formatted(program);
  }
}
