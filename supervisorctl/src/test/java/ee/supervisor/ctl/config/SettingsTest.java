package ee.supervisor.ctl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.ClientConfig;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("WHO", "chris", "PORT", "9009");

  @TempDir Path directory;

  private Settings load(String content, String... more) throws UsageException, IOException {
    Path file = directory.resolve("s.conf");
    Files.writeString(file, content);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "-c";
    arguments[1] = file.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Settings.load(
        SupervisorctlOptions.parse(arguments), "/nowhere/bin/supervisorctl", ENVIRONMENT);
  }

  @Test
  void whatTheFileLeavesOutHasTheReferencesDefaults() throws Exception {
    Settings settings = load("[supervisorctl]\n");
    assertThat(settings.serverUrl()).isEqualTo("http://localhost:9001");
    assertThat(settings.prompt()).isEqualTo("supervisor");
    assertThat(settings.credentials().header()).isEmpty();
    assertThat(settings.historyFile()).isEmpty();
  }

  @Test
  void commentsColonsContinuationsAndSectionsThatStandTwiceAreReadAsTheReferenceReadsThem()
      throws Exception {
    Settings settings =
        load(
            """
            # first
            [other]
            prompt = no
            [supervisorctl]
            ServerURL : http://127.0.0.1:1 ; where
            prompt = one
            \ttwo ; not three
            [supervisorctl]
            serverurl = http://127.0.0.1:2#3
            """);
    assertThat(settings.serverUrl()).isEqualTo("http://127.0.0.1:2#3");
    assertThat(settings.prompt()).isEqualTo("one\ntwo");
  }

  @Test
  void environmentAndDirectoryAreExpanded() throws Exception {
    Settings settings =
        load(
            """
            [supervisorctl]
            serverurl=unix://%(here)s/../x.sock
            username=%(ENV_WHO)s
            password=50%%
            history_file=%(here)s/h
            """);
    assertThat(settings.serverUrl()).isEqualTo("unix://" + directory.resolveSibling("x.sock"));
    assertThat(settings.credentials().username()).contains("chris");
    assertThat(settings.credentials().password()).contains("50%");
    assertThat(settings.historyFile()).contains(directory.resolve("h"));
  }

  @Test
  void theCommandLineComesBeforeTheFile() throws Exception {
    Settings settings =
        load("[supervisorctl]\nserverurl=http://a\nusername=a\n", "-s", "http://b", "-u", "b");
    assertThat(settings.serverUrl()).isEqualTo("http://b");
    assertThat(settings.credentials().username()).contains("b");
  }

  @Test
  void sectionsOfPluginsKeepTheirOtherKeys() throws Exception {
    Settings settings =
        load(
            """
            [supervisorctl]
            [ctlplugin:cache]
            supervisor.ctl_factory = com.example.Cache
            port = %(ENV_PORT)s
            """);
    assertThat(settings.plugins())
        .containsExactly(
            new ClientConfig.Plugin("cache", "com.example.Cache", Map.of("port", "9009")));
  }

  @Test
  void anUnknownNameIsToldWithThoseThatAreKnown() {
    assertThatThrownBy(() -> load("[supervisorctl]\nprompt=%(nope)s\n"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "Format string '%(nope)s' for 'supervisorctl.prompt' contains names ('nope') which"
                + " cannot be expanded. Available names: ENV_PORT, ENV_WHO");
  }

  @Test
  void aPercentSignThatStandsForNothingIsTold() {
    assertThatThrownBy(() -> load("[supervisorctl]\nprompt=50%x\n"))
        .hasMessage(
            "Format string '50%x' for 'supervisorctl.prompt' is badly formatted: %x format: an"
                + " integer is required, not dict");
    assertThatThrownBy(() -> load("[supervisorctl]\nprompt=%(here\n"))
        .hasMessageEndingWith("is badly formatted: incomplete format key");
  }

  @Test
  void aFileWithoutOurSectionIsRefused() {
    assertThatThrownBy(() -> load("[supervisord]\n"))
        .hasMessage(".ini file does not include supervisorctl section");
  }

  @Test
  void aPluginWithoutItsClassIsRefused() {
    assertThatThrownBy(() -> load("[supervisorctl]\n[ctlplugin:x]\na=b\n"))
        .hasMessage("section [ctlplugin:x] does not specify a supervisor.ctl_factory");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertThatThrownBy(
            () ->
                Settings.load(SupervisorctlOptions.parse("-c", "/nonexistent.conf"), "x", Map.of()))
        .hasMessage("could not find config file /nonexistent.conf");
  }

  @Test
  void theFileBesideTheProgramIsFound() throws Exception {
    Files.createDirectories(directory.resolve("etc"));
    Files.writeString(
        directory.resolve("etc/supervisord.conf"), "[supervisorctl]\nprompt=beside\n");
    Settings settings =
        Settings.load(
            SupervisorctlOptions.parse(),
            directory.resolve("bin/supervisorctl").toString(),
            Map.of());
    assertThat(settings.prompt()).isEqualTo("beside");
  }

  /** supervisord and supervisorctl read the same file, so they have to read it in the same way. */
  @Test
  void whiteSpaceFormatsAndHomeDirectoriesAreThoseOfSupervisord() throws Exception {
    Settings settings =
        load(
            """
            [supervisorctl]
            prompt = \u00a0%(ENV_WHO)7s\u00a0
            serverurl = unix://~root/x.sock
            """);
    assertThat(settings.prompt()).isEqualTo("  chris");
    assertThat(settings.serverUrl()).isEqualTo("unix:///root/x.sock");
    assertThatThrownBy(() -> load("[supervisorctl]\nprompt=%(ENV_PORT)02d\n"))
        .hasMessageEndingWith("is badly formatted: %d format: a real number is required, not str");
  }

  @Test
  void aLineThatIsNoneIsToldWithItsNumber() {
    assertThatThrownBy(() -> load("[supervisorctl]\nfoo\n"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "Source contains parsing errors: '%s'\n\t[line  2]: 'foo\\n'",
            directory.resolve("s.conf"));
  }
}
