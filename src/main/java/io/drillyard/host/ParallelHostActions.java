package io.drillyard.host;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Acts on several hosts at once and returns when all are done, also when one fails: a power-off
 * that is still under way would outlive the undo of the others. (A parallel stream throws at once.)
 */
public final class ParallelHostActions {
  private ParallelHostActions() {}

  /**
   * Does it on each of them.
   *
   * @throws HostException the first failure, with the others attached, when all are done
   */
  public static void each(List<Host> hosts, Consumer<Host> act) {
    Queue<HostException> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Host host : hosts) {
        threads.execute(
            () -> {
              try {
                act.accept(host);
              } catch (HostException e) {
                failures.add(e);
              } catch (RuntimeException e) {
                failures.add(new HostException(host.name() + ": " + e.getMessage(), e));
              }
            });
      }
    }
    HostException first = failures.poll();
    if (first != null) {
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
