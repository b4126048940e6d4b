package ee.supervisor.config;

/**
 * Somebody who may use supervisord from outside.
 *
 * @param name without colon
 * @param password as it stands in the file
 * @param role what this user may do
 */
public record User(String name, Password password, Role role) {}
