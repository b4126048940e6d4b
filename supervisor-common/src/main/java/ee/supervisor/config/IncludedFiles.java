package ee.supervisor.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the files that {@code [include]} names on top of the main file. */
final class IncludedFiles {
  private static final String SECTION = "include";
  private static final String KEY = Options.INCLUDE_FILES.name();

  private final IniDocument document;
  private final PosixPaths paths;
  private final ConfigFiles files;
  private final List<String> infos;
  private final List<String> warnings;

  IncludedFiles(
      IniDocument document,
      PosixPaths paths,
      ConfigFiles files,
      List<String> infos,
      List<String> warnings) {
    this.document = document;
    this.paths = paths;
    this.files = files;
    this.infos = infos;
    this.warnings = warnings;
  }

  /**
   * Reads them in the order of the patterns, those of one pattern by name. In each of them {@code
   * %(here)s} is its own directory. An {@code [include]} in an included file has no effect.
   *
   * @param directory of the main file; patterns are relative to it
   * @param expansions what patterns may name
   */
  void read(String directory, Expansions expansions) throws ConfigException {
    String names =
        document
            .get(SECTION, KEY)
            .orElseThrow(
                () -> new ConfigException(".ini file has [include] section, but no files setting"));
    for (String name : WhiteSpace.words(expansions.expand(names, SECTION + "." + KEY))) {
      String pattern = PosixPaths.join(directory, name);
      List<String> found = FilePattern.find(pattern);
      if (found.isEmpty()) {
        warnings.add("No file matches via include \"%s\"".formatted(pattern));
      }
      for (String file : found) {
        infos.add("Included extra file \"%s\" during parsing".formatted(file));
        merge(file);
      }
    }
  }

  private void merge(String file) throws ConfigException {
    try {
      document.merge(ConfigText.read(Path.of(file), files), file);
    } catch (IOException e) {
      warnings.add("Included file \"%s\" cannot be read: %s".formatted(file, e.getMessage()));
    }
    document.expandHere(PosixPaths.directoryOf(paths.absolute(file)));
  }
}
