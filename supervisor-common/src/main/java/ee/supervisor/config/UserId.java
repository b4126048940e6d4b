package ee.supervisor.config;

/**
 * A user named in the configuration.
 *
 * @param name as it stands in the file: a name, or a number
 * @param uid its numeric id, or -1 where the file is only checked and users are not looked up
 * @param gid its primary group, or -1 likewise
 */
public record UserId(String name, int uid, int gid) {

  /** This user for comparing with another: by number alone where the number is known. */
  UserId withoutName() {
    return uid < 0 ? this : new UserId("", uid, -1);
  }
}
