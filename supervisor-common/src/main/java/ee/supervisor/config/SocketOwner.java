package ee.supervisor.config;

/**
 * To whom a Unix-domain socket is given ({@code chown}, {@code socket_owner}).
 *
 * @param user the user as it stands in the file: a name, or a number
 * @param uid its numeric id, or -1 where it is to stay as it is (or users were not looked up)
 * @param group the group as it stands in the file, or empty where none does
 * @param gid its numeric id, or -1 likewise
 */
public record SocketOwner(String user, int uid, String group, int gid) {
  /** The owner of a socket that stays with whoever made it. */
  public static final SocketOwner UNCHANGED = new SocketOwner("", -1, "", -1);
}
