package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramSectionTest {
  private static final ChannelConfig DEFAULT_CHANNEL =
      new ChannelConfig(new LogDestination.Auto(), 50 * 1024 * 1024, 10, 0, false, false);

  private static final HealthConfig NO_HEALTH =
      new HealthConfig(Optional.empty(), Optional.empty(), false, Duration.ZERO);

  private static final HooksConfig NO_HOOKS =
      new HooksConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(30));

  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  private ProcessConfig program(String options) throws ConfigException {
    return folder().program(options);
  }

  @Test
  void everyOptionButTheCommandHasADefault() throws ConfigException {
    assertThat(program(""))
        .isEqualTo(
            new ProcessConfig(
                "x",
                "cat",
                999,
                new ProcessConfig.Start(true, Duration.ofSeconds(1), 3),
                new ProcessConfig.Restart(Autorestart.UNEXPECTED, List.of(0)),
                new ProcessConfig.Stop(List.of(15), Duration.ofSeconds(10), false, false),
                new ProcessConfig.Execution(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty()),
                false,
                DEFAULT_CHANNEL,
                DEFAULT_CHANNEL,
                new ProcessConfig.Relations("program:x", List.of(), List.of()),
                ProcessConfig.RestartPolicy.SUPERVISORS,
                NO_HEALTH,
                NO_HOOKS,
                false));
  }

  @Test
  void everyOptionCanBeSet() throws ConfigException {
    ProcessConfig config =
        program(
            """
            process_name=%(program_name)s-one
            directory=/srv/
            umask=027
            priority=5
            autostart=false
            autorestart=true
            startsecs=0
            startretries=7
            stopsignal=QUIT
            stopwaitsecs=60
            stopasgroup=true
            exitcodes=0,2
            user=app
            environment=A="1"
            serverurl=http://localhost:9001
            """);
    assertThat(config)
        .isEqualTo(
            new ProcessConfig(
                "x-one",
                "cat",
                5,
                new ProcessConfig.Start(false, Duration.ZERO, 7),
                new ProcessConfig.Restart(Autorestart.ALWAYS, List.of(0, 2)),
                new ProcessConfig.Stop(List.of(3), Duration.ofSeconds(60), true, true),
                new ProcessConfig.Execution(
                    Optional.of(new UserId("app", 1000, 1001)),
                    OptionalInt.of(027),
                    Optional.of("/srv/"),
                    Map.of("A", "1"),
                    Optional.of("http://localhost:9001")),
                false,
                DEFAULT_CHANNEL,
                DEFAULT_CHANNEL,
                new ProcessConfig.Relations("program:x", List.of(), List.of()),
                ProcessConfig.RestartPolicy.SUPERVISORS,
                NO_HEALTH,
                NO_HOOKS,
                false));
  }

  @Test
  void killasgroupFollowsStopasgroup() throws ConfigException {
    assertThat(program("stopasgroup=true").stop().killsGroup()).isTrue();
  }

  @Test
  void killasgroupDoesNotNeedStopasgroup() throws ConfigException {
    ProcessConfig config = program("killasgroup=true");
    assertThat(config.stop().killsGroup()).isTrue();
    assertThat(config.stop().signalsGroup()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"AUTO", "auto", "' Auto '"})
  void anAutomaticServerurlIsSupervisordsOwn(String serverurl) throws ConfigException {
    assertThat(program("serverurl=" + serverurl).execution().serverurl()).isEmpty();
  }

  @Test
  void aProgramMayRunManyTimes() throws ConfigException {
    assertThat(
            folder()
                .programs(
                    """
                    process_name=%(program_name)s_%(process_num)02d
                    numprocs=3
                    numprocs_start=9
                    """))
        .extracting(ProcessConfig::name)
        .containsExactly("x_09", "x_10", "x_11");
  }

  @Test
  void aProgramMayRunNotAtAll() throws ConfigException {
    assertThat(folder().programs("numprocs=0")).isEmpty();
  }

  @Test
  void processesAreSortedByName() throws ConfigException {
    assertThat(folder().programs("process_name=%(process_num)s\nnumprocs=11"))
        .extracting(ProcessConfig::name)
        .startsWith("0", "1", "10", "2");
  }

  @Test
  void namesOfTheProcessAreExpandedInItsCommand() throws ConfigException {
    ProcessConfig config =
        folder()
            .env("HOST", "h")
            .readWith(
                """
                [program:x]
                command=%(program_name)s %(group_name)s %(process_num)d/%(numprocs)d \
                %(host_node_name)s %(ENV_HOST)s 100%% %(here)s
                """)
            .groups()
            .get(0)
            .processes()
            .get(0);
    assertThat(config.command()).isEqualTo("x x 0/1 host1 h 100% " + directory);
  }

  @Test
  void aProcessesOwnVariablesMayBeNamedInItsOptions() throws ConfigException {
    ProcessConfig config = program("environment=A=\"%(process_num)d\"\ndirectory=/srv/%(ENV_A)s");
    assertThat(config.execution().directory()).contains("/srv/0");
  }

  @Test
  void variablesOfSupervisordAreGivenToEveryProcess() throws ConfigException {
    ProcessConfig config =
        folder()
            .read(
                """
                [supervisord]
                environment=A=1,B=2
                [program:x]
                command=echo %(ENV_A)s
                environment=C=3,B=4
                """)
            .groups()
            .get(0)
            .processes()
            .get(0);
    assertThat(config.command()).isEqualTo("echo 1");
    assertThat(config.execution().environment())
        .containsExactly(entry("A", "1"), entry("B", "4"), entry("C", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "autostart=maybe | not a valid boolean value: 'maybe'",
        "autorestart=maybe | invalid 'autorestart' value 'maybe'",
        "stopsignal=FOO | value 'FOO' is not a valid signal name",
        "stopsignal=99 | value '99' is not a valid signal number",
        "stopasgroup=maybe | not a valid boolean value: 'maybe'",
        "killasgroup=maybe | not a valid boolean value: 'maybe'",
        "exitcodes=256 | not a valid list of exit codes: '256'",
        "redirect_stderr=maybe | not a valid boolean value: 'maybe'",
        "stdout_events_enabled=maybe | not a valid boolean value: 'maybe'",
        "stderr_events_enabled=maybe | not a valid boolean value: 'maybe'",
        "stdout_syslog=maybe | not a valid boolean value: 'maybe'",
        "user=ghost | Invalid user name ghost",
        "user= | `Invalid user name `",
        "user=4711 | Invalid user id 4711",
        "umask=9 | 9 can not be converted to an octal type",
        "process_name=a b | Invalid name: 'a b' because of character: ' '",
        "numprocs=2 | %(process_num) must be present within process_name when numprocs > 1",
        "environment=A | Unexpected end of key/value pairs in value 'A'",
        "stdout_logfile=/no/x | The directory named as part of the path /no/x does not exist",
      })
  void aMistakeIsToldInSupervisorsWords(String line, String message) {
    assertThat(folder().programError(line)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "priority",
    "startsecs",
    "startretries",
    "stopwaitsecs",
    "numprocs",
    "numprocs_start",
    "stdout_logfile_backups",
    "stderr_logfile_backups"
  })
  void whatIsNoNumberIsToldWithItsKey(String key) {
    assertThat(folder().programError(key + "=many"))
        .isEqualTo(
            key + "=many is not a whole number: invalid literal for int() with base 10: 'many'");
  }

  @ParameterizedTest
  @CsvSource({
    "stdout_logfile_maxbytes",
    "stderr_logfile_maxbytes",
    "stdout_capture_maxbytes",
    "stderr_capture_maxbytes"
  })
  void whatIsNoSizeIsToldWithItsKey(String key) {
    assertThat(folder().programError(key + "=big"))
        .startsWith(key + "=big is not a number of bytes such as 50MB: invalid literal for int()");
  }

  @Test
  void stoppingTheGroupWithoutKillingItIsRefused() {
    assertThat(folder().programError("stopasgroup=true\nkillasgroup=false"))
        .isEqualTo("Cannot set stopasgroup=true and killasgroup=false");
  }

  @Test
  void aProgramNeedsACommand() {
    assertThat(folder().errorWith("[program:x]"))
        .startsWith("program section program:x does not specify a command in section 'program:x'");
  }

  @Test
  void aNameThatIsNotKnownIsTold() {
    assertThat(folder().programError("directory=%(nope)s"))
        .startsWith(
            "Format string '%(nope)s' for 'program:x.directory' contains names ('nope') which"
                + " cannot be expanded. Available names: ENV_HOME, group_name, here,"
                + " host_node_name, numprocs, process_num, program_name");
  }

  @Test
  void aNumberMayBeBeyondAnInt() throws ConfigException {
    assertThat(program("startretries=99999999999").start().retries()).isEqualTo(99_999_999_999L);
    assertThat(program("startsecs=" + "9".repeat(30)).start().minimumUptime())
        .isEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(program("numprocs_start=3000000000\nprocess_name=x%(process_num)d").name())
        .isEqualTo("x3000000000");
  }

  @Test
  void aUmaskOfMinusOneIsNotNone() throws ConfigException {
    assertThat(program("umask=-1").execution().umask()).hasValue(-1);
    assertThat(program("").execution().umask()).isEmpty();
  }

  @Test
  void aProcessNumberMayBeWrittenWithDecimals() throws ConfigException {
    assertThat(program("process_name=x%(process_num).1f").name()).isEqualTo("x0.0");
  }
}
