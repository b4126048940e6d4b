package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client reads without {@link Options}, whose classes would make it slower; both agree. */
class ClientConfigTest {
  @TempDir private Path directory;

  @Test
  void everyDeclaredOptionIsReadByItsDeclaredName() throws Exception {
    String file =
        "[supervisorctl]\n%s=http://server\n%s=me\n%s=secret\n%s=ready\n%s=/h\n[ctlplugin:x]\n%s=com.example.X\n"
            .formatted(
                Options.CTL_SERVERURL,
                Options.CTL_USERNAME,
                Options.CTL_PASSWORD,
                Options.CTL_PROMPT,
                Options.CTL_HISTORY_FILE,
                Options.CTLPLUGIN_FACTORY);

    ClientConfig config = read(file);

    assertThat(config.serverUrl()).isEqualTo("http://server");
    assertThat(config.username()).contains("me");
    assertThat(config.password()).contains("secret");
    assertThat(config.prompt()).isEqualTo("ready");
    assertThat(config.historyFile()).contains("/h");
    assertThat(config.plugins())
        .containsExactly(new ClientConfig.Plugin("x", "com.example.X", Map.of()));
  }

  @Test
  void theDefaultsAreThoseThatAreDeclared() throws Exception {
    assertThat(read("[supervisorctl]\n")).isEqualTo(ClientConfig.DEFAULTS);
    assertThat(Options.CTL_SERVERURL.absence().value()).contains(ClientConfig.DEFAULTS.serverUrl());
    assertThat(Options.CTL_PROMPT.absence().value()).contains(ClientConfig.DEFAULTS.prompt());
  }

  @Test
  void aFileWithoutTheSectionIsRefused() {
    assertThatThrownBy(() -> read("[supervisord]\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(".ini file does not include supervisorctl section");
  }

  private ClientConfig read(String text) throws IOException, ConfigException {
    Path file = directory.resolve("supervisord.conf");
    Files.writeString(file, text);
    return ClientConfig.read(file.toString(), Map.of());
  }
}
