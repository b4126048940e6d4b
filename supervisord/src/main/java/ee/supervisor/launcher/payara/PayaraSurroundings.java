package ee.supervisor.launcher.payara;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where one run of Payara may write.
 *
 * @param parents directories to try, in order, for its files
 * @param pid of this process, which names them
 * @param isAlive whether there is a process of that number, whose files must be left alone
 * @param log the file for what Payara itself logs
 */
public record PayaraSurroundings(List<Path> parents, int pid, IntPredicate isAlive, Path log) {

  public PayaraSurroundings {
    parents = List.copyOf(parents);
  }
}
