package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelKeysTest {
  @TempDir private Path directory;

  private Configuration read(String options) throws ConfigException {
    return new ConfigFolder(directory).readWith("[program:x]\ncommand=cat\n" + options);
  }

  private static ProcessConfig program(Configuration configuration) {
    return configuration.groups().get(0).processes().get(0);
  }

  @Test
  void everyOptionCanBeSet() throws ConfigException {
    ProcessConfig config =
        program(
            read(
                """
                stdout_logfile=/tmp/out.log
                stdout_logfile_maxbytes=1KB
                stdout_logfile_backups=2
                stdout_capture_maxbytes=3
                stdout_events_enabled=true
                stdout_syslog=true
                stderr_logfile=NONE
                stderr_logfile_maxbytes=4
                stderr_logfile_backups=5
                stderr_capture_maxbytes=6KB
                stderr_events_enabled=false
                stderr_syslog=false
                """));
    assertThat(config.stdout())
        .isEqualTo(
            new ChannelConfig(new LogDestination.File("/tmp/out.log"), 1024, 2, 3, true, true));
    assertThat(config.stderr())
        .isEqualTo(new ChannelConfig(new LogDestination.None(), 4, 5, 6144, false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "none", "Off"})
  void noneAndOffKeepNothing(String logfile) throws ConfigException {
    assertThat(program(read("stdout_logfile=" + logfile)).stdout().logfile())
        .isEqualTo(new LogDestination.None());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "auto"})
  void autoIsAFileThatSupervisordNames(String logfile) throws ConfigException {
    assertThat(program(read("stderr_logfile=" + logfile)).stderr().logfile())
        .isEqualTo(new LogDestination.Auto());
  }

  @ParameterizedTest
  @CsvSource({
    "out.log,out.log",
    "/tmp//out.log,/tmp//out.log",
    "~/out.log,/root/out.log",
    "/tmp/%(program_name)s.log,/tmp/x.log",
    "/tmp/%%%%.log,/tmp/%.log"
  })
  void aFileStaysAsItIsWritten(String logfile, String name) throws ConfigException {
    assertThat(program(read("stdout_logfile=" + logfile)).stdout().logfile())
        .isEqualTo(new LogDestination.File(name));
  }

  @Test
  void aPercentSignOfALogfileMustBeWrittenFourTimes() {
    assertThat(new ConfigFolder(directory).programError("stdout_logfile=/tmp/%%y.log"))
        .isEqualTo(
            "Format string '/tmp/%y.log' for 'stdout_logfile' is badly formatted: unsupported"
                + " format character 'y' (0x79) at index 6");
  }

  @Test
  void syslogAsALogfileIsDeprecated() throws ConfigException {
    Configuration configuration = read("stdout_logfile=syslog");
    assertThat(program(configuration).stdout().logfile()).isEqualTo(new LogDestination.None());
    assertThat(program(configuration).stdout().syslog()).isTrue();
    assertThat(configuration.warnings())
        .containsExactly(
            "For [program:x], stdout_logfile=syslog but this is deprecated and will be removed. "
                + " Use stdout_syslog=true to enable syslog instead.");
  }

  @Test
  void anAutomaticFileThatNeverRotatesIsWarnedOf() throws ConfigException {
    assertThat(read("stderr_logfile_maxbytes=0").warnings())
        .containsExactly(
            "For [program:x], AUTO logging used for stderr_logfile without rollover, set maxbytes >"
                + " 0 to avoid filling up filesystem unintentionally");
  }

  @Test
  void aRedirectedStderrHasNoFile() throws ConfigException {
    Configuration configuration = read("redirect_stderr=true");
    assertThat(program(configuration).redirectStderr()).isTrue();
    assertThat(program(configuration).stderr().logfile()).isEqualTo(new LogDestination.None());
    assertThat(configuration.warnings()).isEmpty();
  }

  @Test
  void aFileForARedirectedStderrIsWarnedOf() throws ConfigException {
    Configuration configuration = read("redirect_stderr=true\nstderr_logfile=/tmp/err.log");
    assertThat(program(configuration).stderr().logfile()).isEqualTo(new LogDestination.None());
    assertThat(configuration.warnings())
        .containsExactly(
            "For [program:x], redirect_stderr=true but stderr_logfile has also been set to a"
                + " filename, the filename has been ignored");
  }
}
