package ee.supervisor.access;

import ee.supervisor.config.Role;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param user the user's name, empty where no password is asked for
 * @param from the client's address, or {@code unix:} and the user of the system who connected
 * @param role what may be done
 */
public record Caller(Optional<String> user, String from, Role role) {

  /**
   * Refuses who may not do what {@code needed} may.
   *
   * @param what is asked for
   * @throws ForbiddenException with user, role and what is needed in its message
   */
  public void require(Role needed, String what) {
    if (!role.includes(needed)) {
      throw new ForbiddenException(
          "%s needs the role %s, and %s is %s"
              .formatted(what, needed.lowerCase(), Token.of(user.orElse("-")), role.lowerCase()));
    }
  }
}
