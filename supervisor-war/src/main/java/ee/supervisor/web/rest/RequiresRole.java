package ee.supervisor.web.rest;

import ee.supervisor.config.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a user has to be for a request that changes something; without it, an admin. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface RequiresRole {
  /** The least role. */
  Role value();
}
