package ee.supervisor.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips what the machine cannot run and prints why, or fails it where the environment variable
 * {@value #VARIABLE} is {@code fail}: on a machine that is meant to run all that can be installed.
 */
final class RequirementCondition implements ExecutionCondition {
  static final String VARIABLE = "SUPERVISOR_TESTS_SKIPS";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<Requirement> missing =
        context
            .getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, Requires.class))
            .map(
                requires -> Arrays.stream(requires.value()).filter(Requirement::isMissing).toList())
            .orElse(List.of());
    String test =
        context.getRequiredTestClass().getSimpleName()
            + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
    return decide(test, missing, "fail".equals(System.getenv(VARIABLE)));
  }

  static ConditionEvaluationResult decide(String test, List<Requirement> missing, boolean mustRun) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("nothing is missing");
    }
    String reason =
        missing.stream()
            .map(Requirement::words)
            .collect(Collectors.joining(", ", test + " needs ", ""));
    if (mustRun && missing.stream().anyMatch(Requirement::isInstallable)) {
      throw new ExtensionConfigurationException(reason);
    }
    System.out.println("skipped: " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
