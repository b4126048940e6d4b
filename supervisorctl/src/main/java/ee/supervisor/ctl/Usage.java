package ee.supervisor.ctl;

/** Holds what {@code supervisorctl -h} prints. */
final class Usage {

  private Usage() {}

  /** The text, for a program of this name. */
  static String text(String program) {
    return """
        supervisorctl -- see and steer the processes of a running supervisord

        Usage: %s [options] [action [arguments]]

        Options:
        -c, --configuration FILE  the configuration file; without it, supervisord.conf beside
                                  the program, in the working directory, and below /etc
        -h, --help                print this and end
        -i, --interactive         ask before supervisord is ended or restarted, and for a
                                  password if one is needed
        -s, --serverurl URL       where supervisord listens: http, https, unix or jmx
                                  (default http://localhost:9001)
        -u, --username NAME       the name to log in with
        -p, --password PASSWORD   the password to log in with
        -r, --history-file FILE   keep what is typed in the shell in this file

        An action is a word such as status or stop; "help" lists them all. Without an action a
        shell starts that takes one action a line.

        """
        .formatted(program);
  }
}
