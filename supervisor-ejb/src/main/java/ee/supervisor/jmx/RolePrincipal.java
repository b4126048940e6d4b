package ee.supervisor.jmx;

import ee.supervisor.config.Role;
import java.security.Principal;
import javax.security.auth.Subject;

/**
 * What the user of a remote JMX connection may do, as a part of its {@link Subject}.
 *
 * @param user who connected
 * @param role what that user may do
 */
record RolePrincipal(String user, Role role) implements Principal {

  @Override
  public String getName() {
    return role.name();
  }

  /** The subject that a connection of this user acts as. */
  Subject subject() {
    Subject subject = new Subject();
    subject.getPrincipals().add(this);
    subject.setReadOnly();
    return subject;
  }

  /**
   * The user on whose behalf the current thread acts.
   *
   * @throws SecurityException when there is none
   */
  static RolePrincipal current() {
    Subject subject = CurrentSubject.get();
    if (subject != null) {
      for (RolePrincipal principal : subject.getPrincipals(RolePrincipal.class)) {
        return principal;
      }
    }
    throw new SecurityException("no user has logged in");
  }
}
