package ee.supervisor.telemetry;

/**
 * Which supervisord something comes from.
 *
 * @param identifier its name in the configuration
 * @param host the machine's name
 * @param pid its process id
 */
public record Origin(String identifier, String host, int pid) {}
