package ee.supervisor.process;

/**
 * Why a command cannot be run.
 *
 * @param message for the operator, in Supervisor's words
 * @param notFound whether the program does not exist, as opposed to not being executable
 */
public record CommandProblem(String message, boolean notFound) {}
