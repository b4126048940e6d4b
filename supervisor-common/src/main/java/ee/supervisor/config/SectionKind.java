package ee.supervisor.config;

/** The kinds of sections that an option may stand in. */
public enum SectionKind {
  UNIX_HTTP_SERVER("unix_http_server"),
  INET_HTTP_SERVER("inet_http_server"),
  SUPERVISORD("supervisord"),
  USER("user:x"),
  JMX("jmx"),
  RPCINTERFACE("rpcinterface:x"),
  SUPERVISORCTL("supervisorctl"),
  CTLPLUGIN("ctlplugin:x"),
  PROGRAM("program:x"),
  EVENTLISTENER("eventlistener:x"),
  FCGI_PROGRAM("fcgi-program:x"),
  GROUP("group:x"),
  INCLUDE("include");

  private final String header;

  SectionKind(String header) {
    this.header = header;
  }

  /** Its header, {@code x} standing for the name of one of its sections. */
  public String header() {
    return header;
  }
}
