package ee.supervisor.ctl.action;

/** Holds what {@code help ACTION} prints. */
final class HelpTexts {
  static final String ADD = "add <group> [...]\tMake groups of the configuration active";
  static final String AVAIL = "avail\t\t\tList every configured process and whether it is in use";
  static final String CLEAR =
      """
      clear <name> [...]\tEmpty the log files of processes
      clear all\t\tEmpty the log files of every process""";
  static final String EXIT = "exit\tLeave this shell";
  static final String FG =
      """
      fg <process>\tType to a process and see what it writes
      \t\tCtrl-C comes back; the process goes on""";
  static final String GRAPH =
      """
      graph\t\tWhich processes need which, and what their start-up was due to
      graph --dot\tThe same as a graph for Graphviz: graph --dot | dot -Tsvg""";
  static final String MAINTAIL =
      """
      maintail\tThe last 1600 bytes of supervisord's own log
      maintail -<n>\tThe last n bytes of it
      maintail -f\tWhat is added to it, until Ctrl-C""";
  static final String OPEN =
      """
      open <url>\tWork with another supervisord, at an http:// or https:// URL
      \t\tor at a Unix-domain socket (unix:///path/of/socket)""";
  static final String PID =
      """
      pid\t\t\tThe process id of supervisord
      pid <name> [...]\tThe process ids of children
      pid all\t\t\tThe process ids of all children, one a line""";
  static final String QUIT = "quit\tLeave this shell";
  static final String RELOAD = "reload\t\tRestart supervisord, and with it every process";
  static final String REMOVE =
      "remove <group> [...]\tMake groups inactive; their processes must be stopped";
  static final String REREAD =
      "reread\t\t\tRead the configuration again and show what changed; nothing is touched";
  static final String RESTART =
      """
      restart <name> [...]\tStop processes and start them again
      restart <group>:*\tThe same for all processes of a group
      restart all\t\tThe same for every process
      restart --timeout <seconds> ...\tWait no longer than that
      The configuration isn't read again; reread and update do that.""";
  static final String ROLL =
      """
      roll <group>:*\t\tRestart the processes of a group one after the other, each when the one
      \t\t\tbefore is ready, until one fails
      roll <name> [...]\tThe same for single processes
      roll all\t\tThe same for every process
      roll --batch <number> ...\tSo many at a time
      roll --timeout <seconds> ...\tA process fails that is not ready by then; 300 if not given
      It goes on in supervisord if supervisorctl is interrupted; stopping the process that is being
      restarted ends it.""";
  static final String SHUTDOWN = "shutdown\tStop every process and supervisord itself";
  static final String SIGNAL =
      """
      signal <signal> <name> [...]\tSend a signal to processes
      signal <signal> <group>:*\tThe same for all processes of a group
      signal <signal> all\t\tThe same for every process""";
  static final String START =
      """
      start <name> [...]\tStart processes
      start <group>:*\t\tStart all processes of a group
      start all\t\tStart every process
      start --timeout <seconds> ...\tWait no longer than that""";
  static final String STATUS =
      """
      status\t\t\tHow every process is
      status <name> [...]\tHow some processes are
      status <group>:*\tHow the processes of a group are
      status --json ...\tThe same, with all details, as JSON""";
  static final String STOP =
      """
      stop <name> [...]\tStop processes
      stop <group>:*\t\tStop all processes of a group
      stop all\t\tStop every process
      stop --timeout <seconds> ...\tWait no longer than that
      stop --with-dependents ...\tStop what depends on them first""";
  static final String TAIL =
      """
      tail [-f|-<n>] <name> [stdout|stderr]
      tail <name>\t\tThe last 1600 bytes that a process wrote to stdout
      tail -100 <name>\tThe last 100 bytes
      tail <name> stderr\tThe last 1600 bytes that it wrote to stderr
      tail -f <name>\t\tWhat it writes from now on, until Ctrl-C""";
  static final String UPDATE =
      """
      update\t\t\tRead the configuration again, then add, restart and remove groups to match it
      update all\t\tThe same
      update <group> [...]\tThe same, for some groups only
      update --plan ...\tShow what that would change and restart, and do nothing
      update --only-changed ...\tOf a group, touch only the processes that changed""";
  static final String VERSION = "version\t\t\tThe version of the supervisord that is being used";

  private HelpTexts() {}
}
