package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckReportTest {
  @TempDir private Path directory;

  private JsonObject report(String sections) throws ConfigException, JsonParserException {
    return JsonParser.object()
        .from(CheckReport.json(new ConfigFolder(directory).readWith(sections)));
  }

  /** As {@code --check} reads: nothing outside the text is looked at. */
  private JsonObject unchecked(String sections) throws ConfigException, JsonParserException {
    ConfigFolder folder =
        new ConfigFolder(directory).file("supervisord.conf", "[supervisord]\n" + sections);
    ConfigFile file =
        new ConfigFile(
            folder.path("supervisord.conf").toString(),
            Overrides.none(),
            folder.host().unchecked());
    return JsonParser.object().from(CheckReport.json(file.load()));
  }

  @Test
  void itHasAPartForEachKindOfSection() throws Exception {
    assertThat(report("").keySet())
        .containsExactly(
            "supervisord",
            "http_servers",
            "rpcinterfaces",
            "groups",
            "users",
            "audit",
            "audit_logfile",
            "mcp",
            "otlp",
            "jmx",
            "infos",
            "warnings");
  }

  @Test
  void theSupervisordSectionIsShownWhole() throws Exception {
    assertThat(
            report("umask=077\nuser=app\nloglevel=warn\nenvironment=A=1").getObject("supervisord"))
        .isEqualTo(
            JsonParser.object()
                .from(
                    """
                    {"exit_on": null, "nodaemon": false, "silent": false, "user": "app", "uid": 1000, "umask": 63,
                     "directory": null, "logfile": "/supervisord.log",
                     "logfile_maxbytes": 52428800, "logfile_backups": 10, "loglevel": 30,
                     "pidfile": "/supervisord.pid", "identifier": "supervisor",
                     "childlogdir": "/tmp", "minfds": 1024, "minprocs": 200, "nocleanup": false,
                     "strip_ansi": false, "serverurl": null, "environment": {"A": "1"}}
                    """));
  }

  @Test
  void usersAreShownWithoutTheirPasswords() throws Exception {
    JsonObject report = report("[user:ann]\npassword=secret\nrole=Viewer\n");

    assertThat(report.getArray("users").getObject(0))
        .isEqualTo(JsonParser.object().from("{\"name\": \"ann\", \"role\": \"viewer\"}"));
    assertThat(report.getBoolean("audit")).isTrue();
  }

  @Test
  void aProcessIsShownWithEveryOption() throws Exception {
    JsonObject group =
        report("[program:x]\ncommand=cat\nstdout_logfile=NONE\nautorestart=true\n")
            .getArray("groups")
            .getObject(0);
    assertThat(group)
        .containsEntry("name", "x")
        .containsEntry("priority", 999)
        .containsEntry("type", "program");
    JsonObject process = group.getArray("processes").getObject(0);
    assertThat(process)
        .containsAllEntriesOf(
            JsonParser.object()
                .from(
                    """
                    {"name": "x", "command": "cat", "directory": null, "umask": null,
                     "priority": 999, "autostart": true, "autorestart": true, "startsecs": 1,
                     "startretries": 3, "stopsignal": 15, "stopwaitsecs": 10,
                     "stopasgroup": false, "killasgroup": false, "exitcodes": [0],
                     "environment": {}, "uid": null, "redirect_stderr": false,
                     "serverurl": null,
                     "stdout_logfile": null, "stdout_logfile_maxbytes": 52428800,
                     "stdout_logfile_backups": 10, "stdout_capture_maxbytes": 0,
                     "stdout_events_enabled": false, "stdout_syslog": false,
                     "stderr_logfile": "AUTO", "stderr_logfile_maxbytes": 52428800,
                     "stderr_logfile_backups": 10, "stderr_capture_maxbytes": 0,
                     "stderr_events_enabled": false, "stderr_syslog": false}
                    """));
    assertThat(process.keySet())
        .containsAll(
            Options.ofPrograms().stream()
                .filter(option -> option instanceof ShownOption)
                .map(Option::jsonName)
                .toList());
  }

  @Test
  void autorestartIsABooleanOrUnexpected() throws Exception {
    for (String text : List.of("unexpected", "false")) {
      Object shown =
          report("[program:x]\ncommand=cat\nautorestart=" + text)
              .getArray("groups")
              .getObject(0)
              .getArray("processes")
              .getObject(0)
              .get("autorestart");
      assertThat(shown).hasToString(text);
    }
  }

  @Test
  void serversAreShownWithTheirFamily() throws Exception {
    assertThat(
            report(
                    """
                    [inet_http_server]
                    port=9001
                    allowed_hosts=sv.example
                    [unix_http_server:a]
                    file=/s
                    chown=app:web
                    peers=app:viewer
                    username=u
                    password=p
                    """)
                .getArray("http_servers"))
        .isEqualTo(
            JsonParser.array()
                .from(
                    """
                    [{"family": "AF_INET", "host": "", "port": 9001, "certfile": null,
                      "keyfile": null, "allowed_hosts": ["sv.example"], "username": null,
                      "password": null, "name": null, "section": "inet_http_server"},
                     {"family": "AF_UNIX", "file": "/s", "chmod": 448, "chown": [1000, 33],
                      "peers": [{"account": "app", "uid": 1000, "role": "viewer"}],
                      "username": "u", "password": "p", "name": "a",
                      "section": "unix_http_server:a"}]
                    """));
  }

  @Test
  void aListenerIsShownWithItsEvents() throws Exception {
    JsonObject group =
        report("[eventlistener:x]\ncommand=cat\nevents=TICK_60,TICK_5\n")
            .getArray("groups")
            .getObject(0);
    assertThat(group)
        .containsEntry("type", "eventlistener")
        .containsEntry("events", List.of("TICK_5", "TICK_60"))
        .containsEntry("buffer_size", 10)
        .containsEntry("result_handler", "supervisor.dispatchers:default_handler");
  }

  @Test
  void aFastCgiProgramIsShownWithItsSocket() throws Exception {
    JsonObject group =
        report("[fcgi-program:x]\ncommand=cat\nsocket=unix:///x\nsocket_owner=app\n")
            .getArray("groups")
            .getObject(0);
    assertThat(group).containsEntry("type", "fcgi-program");
    assertThat(group.getObject("socket"))
        .isEqualTo(
            JsonParser.object()
                .from(
                    """
                    {"url": "unix:///x", "owner": [1000, -1], "mode": 448, "backlog": null}
                    """));
  }

  @Test
  void anRpcInterfaceIsShownWithItsKeys() throws Exception {
    assertThat(
            report("[rpcinterface:x]\nsupervisor.rpcinterface_factory=a.B\nc=d\n")
                .getArray("rpcinterfaces"))
        .containsExactly(Map.of("name", "x", "factory", "a.B", "extras", Map.of("c", "d")));
  }

  @Test
  void whatIsNotLookedUpIsShownAsTheFileHasIt() throws Exception {
    JsonObject report =
        unchecked(
            """
            user=ghost
            directory=/no/where
            [program:x]
            command=cat
            user=4711
            [unix_http_server]
            file=/s
            chown=ghost:ghosts
            """);
    assertThat(report.getObject("supervisord"))
        .containsEntry("user", "ghost")
        .containsEntry("uid", "ghost")
        .containsEntry("directory", "/no/where");
    assertThat(report.getArray("groups").getObject(0).getArray("processes").getObject(0))
        .containsEntry("uid", 4711);
    assertThat(report.getArray("http_servers").getObject(0))
        .containsEntry("chown", List.of("ghost", "ghosts"));
  }

  @Test
  void warningsAreShown() throws Exception {
    assertThat(report("[include]\nfiles=none\n").getArray("warnings"))
        .containsExactly("No file matches via include \"%s/none\"".formatted(directory));
  }
}
