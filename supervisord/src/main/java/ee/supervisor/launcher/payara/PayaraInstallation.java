package ee.supervisor.launcher.payara;

import java.nio.file.Path;

/**
 * What is installed: read, never written to.
 *
 * @param bootJar the jar whose manifest lists Payara's modules
 * @param application the doors, as an exploded archive
 */
public record PayaraInstallation(Path bootJar, Path application) {}
