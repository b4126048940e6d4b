package ee.supervisor.posix;

/**
 * An account of this machine (getpwnam(3)).
 *
 * @param name login name
 * @param uid its number
 * @param gid its primary group
 * @param home its home directory as the account has it; may not exist
 */
public record Account(String name, int uid, int gid, String home) {}
