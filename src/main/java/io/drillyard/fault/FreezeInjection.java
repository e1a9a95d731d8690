package io.drillyard.fault;

import io.drillyard.cluster.Await;
import io.drillyard.cluster.Service;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;

/** One process stopped where it stands. */
final class FreezeInjection implements Injection {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final Service service;
  private final int pid;

  FreezeInjection(Service service) {
    this.service = service;
    this.pid =
        service
            .pid()
            .orElseThrow(
                () ->
                    new HostException(
                        service.host().name() + ": " + service.name() + " does not run"));
  }

  @Override
  public List<String> targets() {
    return List.of(service.host().name());
  }

  @Override
  public String undo() {
    return service.host().name() + ": kill -CONT " + pid;
  }

  @Override
  public void apply(Runnable inForce) {
    service.host().run(Command.of("kill", "-STOP", Integer.toString(pid)));
    // A stop reaches all threads a moment later; a look that comes too soon would deny it.
    Await.quietly(STOP_LIMIT, () -> look(true).stream().allMatch(Sight::holds));
  }

  @Override
  public void heal(Runnable gone) {
    service.host().run(Command.of("kill", "-CONT", Integer.toString(pid)));
  }

  @Override
  public List<Sight> look(boolean expected) {
    CommandResult state =
        service.host().attempt(Command.of("ps", "-o", "stat=", "-p", Integer.toString(pid)));
    String letters = state.stdout().strip();
    return List.of(
        new Sight(
            letters.startsWith("T"),
            "the kernel's process table on " + service.host().name(),
            service.name() + " (pid " + pid + ") is in state '" + letters + "'"));
  }
}
