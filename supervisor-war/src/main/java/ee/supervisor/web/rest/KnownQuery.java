package ee.supervisor.web.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a query with a parameter that the operation does not know, or that it would take only
 * once: neither {@code ?dryrun=true} nor {@code ?dryRun=false&dryRun=true} must do what {@code
 * ?dryRun=true} would only have shown what it would do.
 */
public final class KnownQuery implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    check(
        request.getUriInfo().getQueryParameters(),
        names(type -> type != List.class),
        names(type -> type == List.class));
  }

  private List<String> names(Predicate<Class<?>> wanted) {
    return Arrays.stream(resource.getResourceMethod().getParameters())
        .filter(parameter -> wanted.test(parameter.getType()))
        .flatMap(each -> Stream.ofNullable(each.getAnnotation(QueryParam.class)))
        .map(QueryParam::value)
        .toList();
  }

  /**
   * Checks what was given.
   *
   * @param once parameters with one value
   * @param often those with any number of them
   * @throws BadRequestException when one is given that is in neither, or one of {@code once} twice
   */
  static void check(Map<String, List<String>> given, List<String> once, List<String> often) {
    given.forEach(
        (name, values) -> {
          if (once.contains(name) && values.size() > 1) {
            throw new BadRequestException("\"" + name + "\" is given more than once");
          } else if (!once.contains(name) && !often.contains(name)) {
            throw new BadRequestException(
                "unknown parameter \"%s\"; %s".formatted(name, known(once, often)));
          }
        });
  }

  /** Does so for what a servlet was given. */
  static void checkServlet(Map<String, String[]> given, List<String> once, List<String> often) {
    check(
        given.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))),
        once,
        often);
  }

  private static String known(List<String> once, List<String> often) {
    List<String> known = Stream.concat(once.stream(), often.stream()).sorted().toList();
    return known.isEmpty() ? "none is known here" : "known are " + String.join(", ", known);
  }
}
