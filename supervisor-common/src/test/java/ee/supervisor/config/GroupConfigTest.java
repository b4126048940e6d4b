package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reread calls changed. */
class GroupConfigTest {
  @TempDir private Path directory;

  private GroupConfig group(String section) throws ConfigException {
    return new ConfigFolder(directory).readWith(section).groups().get(0);
  }

  private boolean same(String before, String after) throws ConfigException {
    return group(before).sameAs(group(after));
  }

  private static String program(String options) {
    return "[program:x]\ncommand=cat\n" + options;
  }

  private static String listener(String options) {
    return "[eventlistener:x]\ncommand=cat\nevents=TICK_5,TICK_60\n" + options;
  }

  @Test
  void aGroupIsTheSameWhenItsSectionIs() throws ConfigException {
    assertThat(same(program("startsecs=3\n"), program("startsecs=3\n"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command=dog",
        "process_name=y",
        "directory=/tmp",
        "umask=077",
        "priority=1",
        "autostart=false",
        "autorestart=true",
        "startsecs=2",
        "startretries=4",
        "stopsignal=INT",
        "stopwaitsecs=5",
        "stopasgroup=true",
        "killasgroup=true",
        "exitcodes=1",
        "user=app",
        "redirect_stderr=true",
        "environment=A=1",
        "serverurl=http://x",
        "stdout_logfile_maxbytes=1",
        "stdout_logfile_backups=1",
        "stdout_capture_maxbytes=1",
        "stdout_events_enabled=true",
        "stdout_syslog=true",
        "stderr_logfile_maxbytes=1",
        "stderr_logfile_backups=1",
        "stderr_capture_maxbytes=1",
        "stderr_events_enabled=true",
        "stderr_syslog=true",
        "process_name=%(process_num)s\nnumprocs=2",
      })
  void anyOptionThatDiffersIsAChange(String option) throws ConfigException {
    assertThat(same(program(""), program(option))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"/tmp/a.log,AUTO", "NONE,AUTO", "AUTO,AUTO"})
  void anyLogFileMayGoOnWhereAnAutomaticOneIsAskedFor(String before, String after)
      throws ConfigException {
    assertThat(same(program("stdout_logfile=" + before), program("stdout_logfile=" + after)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"AUTO,/tmp/a.log", "AUTO,NONE"})
  void anAutomaticLogFileIsNotTheOneThatIsAskedFor(String before, String after)
      throws ConfigException {
    assertThat(same(program("stdout_logfile=" + before), program("stdout_logfile=" + after)))
        .isFalse();
  }

  @Test
  void anotherLogFileIsAChange() throws ConfigException {
    assertThat(same(program("stderr_logfile=/tmp/a"), program("stderr_logfile=/tmp/b"))).isFalse();
  }

  @Test
  void theSameUserByNumberIsNoChange() throws ConfigException {
    assertThat(same(program("user=app"), program("user=1000"))).isTrue();
  }

  @Test
  void anotherNameOrKindIsAChange() throws ConfigException {
    assertThat(same(program(""), "[program:y]\ncommand=cat\nprocess_name=x")).isFalse();
    assertThat(same(program("priority=-1"), listener(""))).isFalse();
    assertThat(same(program(""), "[fcgi-program:x]\ncommand=cat\nsocket=tcp://a:1")).isFalse();
  }

  @Test
  void theOrderOfEventsIsNoChange() throws ConfigException {
    assertThat(same(listener(""), listener("events=tick_60, TICK_5"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"events=TICK_5", "buffer_size=11", "result_handler=a:b", "priority=3"})
  void anyOptionOfAListenerThatDiffersIsAChange(String option) throws ConfigException {
    assertThat(same(listener(""), listener(option))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "socket=tcp://a:1,true",
    "socket_backlog=5,true",
    "socket=tcp://a:2,false",
    "directory=/,false"
  })
  void onlyTheUrlOfASocketCounts(String option, boolean same) throws ConfigException {
    String section = "[fcgi-program:x]\ncommand=cat\nsocket=tcp://a:1\n";
    assertThat(same(section, section + option)).isEqualTo(same);
  }
}
