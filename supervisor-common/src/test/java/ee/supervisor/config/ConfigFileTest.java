package ee.supervisor.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyKindOfLineEndWillDo(String lineEnd) throws ConfigException {
    String text = String.join(lineEnd, "[supervisord]", "identifier=a", "[program:x]", "command=é");
    Configuration configuration = folder().read(text);
    assertThat(configuration.supervisord().identifier()).isEqualTo("a");
    assertThat(configuration.groups().get(0).processes().get(0).command()).isEqualTo("é");
  }

  @Test
  void eachLoadReadsTheFileAnew() throws ConfigException {
    ConfigFolder folder = folder().file("supervisord.conf", "[supervisord]\nidentifier=a\n");
    ConfigFile source = folder.source();
    assertThat(source.load().supervisord().identifier()).isEqualTo("a");
    folder.file("supervisord.conf", "[supervisord]\nidentifier=b\n");
    assertThat(source.load().supervisord().identifier()).isEqualTo("b");
  }

  @Test
  void aRelativeFileIsSeenFromTheCurrentDirectory() throws ConfigException {
    folder().file("etc/s.conf", "[supervisord]\nidentifier=%(here)s\n");
    Host here =
        new Host(
            folder().host().environment(),
            directory,
            "host1",
            0,
            "/tmp",
            KnownUsers.INSTANCE,
            name -> true,
            ConfigFiles.ON_DISK,
            true);
    ConfigFile file = new ConfigFile("etc/../etc/s.conf", Overrides.none(), here);
    assertThat(file.load().supervisord().identifier()).isEqualTo(directory + "/etc");
  }

  @Test
  void aSupervisordSectionIsNeeded() {
    assertThat(folder().error("[program:x]\ncommand=cat\n"))
        .isEqualTo(".ini file does not include supervisord section");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    String path = directory + "/nope.conf";
    assertThatThrownBy(() -> new ConfigFile(path, Overrides.none(), folder().host()).load())
        .isInstanceOf(ConfigException.class)
        .hasMessage("could not find config file " + path);
  }

  @Test
  void aFileThatCannotBeReadIsTold() {
    String path = directory.toString();
    assertThatThrownBy(() -> new ConfigFile(path, Overrides.none(), folder().host()).load())
        .isInstanceOf(ConfigException.class)
        .hasMessage("could not read config file " + path);
  }

  @Test
  void aFileNameThatNoSystemKnowsIsTold() {
    assertThat(folder().errorWith("[include]\nfiles=a\u0000b\n"))
        .startsWith("the file name '%s/a\\x00b'".formatted(directory));
  }

  @Test
  void aFileThatIsNotUtf8IsToldWithItsLine() {
    ConfigFolder folder =
        folder().file("supervisord.conf", "[supervisord]\n; ünicode\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> folder.source().load())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "'utf-8' codec can't decode byte 0xfc in position 16: invalid start byte (line 2 of"
                + " %s/supervisord.conf; save it as UTF-8)".formatted(directory));
  }
}
