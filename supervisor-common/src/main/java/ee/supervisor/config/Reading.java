package ee.supervisor.config;

import java.util.List;
import java.util.Map;

/**
 * One reading of a configuration: the file, what it depends on, and what is to be reported about
 * it.
 *
 * @param document the file with all it includes
 * @param here directory of the main file
 * @param environment the environment's variables to expand, those of [supervisord] included
 * @param inherited the variables that [supervisord] gives to every process
 * @param host what lies outside the file
 * @param warnings grows while sections are read
 */
record Reading(
    IniDocument document,
    String here,
    Expansions environment,
    Map<String, String> inherited,
    Host host,
    List<String> warnings) {

  /** A section in which environment variables may be named, and nothing else. */
  Section section(String name) {
    return new Section(document, name, environment, host);
  }

  /** A section in which {@code %(here)s} may be named too. */
  Section sectionWithHere(String name) {
    return new Section(document, name, environment.with("here", here), host);
  }

  /** The names of the sections that begin so, in file order. */
  List<String> sectionsOf(String prefix) {
    return document.sections().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  PosixPaths paths() {
    return new PosixPaths(host);
  }

  Owners owners() {
    return new Owners(host.users());
  }
}
