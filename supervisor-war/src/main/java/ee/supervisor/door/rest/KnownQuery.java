package ee.supervisor.door.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses a query with a parameter that the operation does not know: {@code ?dryrun=true} must not
 * do what {@code ?dryRun=true} would only have told.
 */
public final class KnownQuery implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> known =
        Arrays.stream(resource.getResourceMethod().getParameters())
            .flatMap(each -> Stream.ofNullable(each.getAnnotation(QueryParam.class)))
            .map(QueryParam::value)
            .sorted()
            .toList();
    check(request.getUriInfo().getQueryParameters().keySet(), known);
  }

  /**
   * Checks what was given.
   *
   * @throws BadRequestException when one of {@code given} is not {@code known}
   */
  static void check(Set<String> given, List<String> known) {
    Optional<String> unknown = given.stream().filter(name -> !known.contains(name)).findFirst();
    if (unknown.isPresent()) {
      throw new BadRequestException(
          "unknown parameter \"%s\"; %s"
              .formatted(
                  unknown.get(),
                  known.isEmpty()
                      ? "none is known here"
                      : "known are " + String.join(", ", known)));
    }
  }
}
