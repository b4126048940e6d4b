package ee.supervisor.front;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.login.FormLogin;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What the front needs of the process around it.
 *
 * @param handlers serve what is not passed on
 * @param login logs people in and out
 * @param work for TLS handshakes: needs a processor, never waits
 * @param files for reading what is sent from files, which may take as long as a disk does
 * @param budget of all that requests and responses hold
 * @param limits on clients
 * @param warnings warns the operator, once for each cause
 */
public record FrontServices(
    RequestHandlers handlers,
    FormLogin login,
    Executor work,
    Executor files,
    MemoryBudget budget,
    FrontLimits limits,
    Consumer<String> warnings) {}
