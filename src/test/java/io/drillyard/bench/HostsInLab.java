package io.drillyard.bench;

import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import java.util.List;
import java.util.Set;

/** How long four hosts (and their router) take to be up, again and again in one JVM. */
public final class HostsInLab implements LabEntryPoint {
  private static final int DROPPED = 2;
  private static final int COUNTED = 9;
  private static final Set<String> FOUR = Set.of("pg1", "pg2", "pg3", "repo1");

  @Override
  public int run(Inside inside, List<String> arguments) {
    Environment four =
        four(Declarations.load(inside.environments(), false).environment("onprem-async").orThrow());
    for (int round = 0; round < DROPPED + COUNTED; round++) {
      long startNs = System.nanoTime();
      try (LabTestbed yard = LabTestbed.open(four, inside.image(), inside.disks())) {
        double seconds = (System.nanoTime() - startNs) / 1e9;
        if (yard.hosts().size() != FOUR.size()) {
          throw new IllegalStateException("not four hosts: " + yard.hosts());
        }
        if (round >= DROPPED) {
          Told.tell("hosts", seconds);
        }
      }
    }
    return 0;
  }

  /** The environment without its HAProxy host. */
  private static Environment four(Environment e) {
    List<Environment.SitePlan> sites =
        e.inventory().sites().stream()
            .map(
                site ->
                    new Environment.SitePlan(
                        site.name(),
                        site.subnet(),
                        site.hosts().stream().filter(h -> FOUR.contains(h.name())).toList()))
            .toList();
    return e.with(new Environment.Inventory(e.inventory().file(), sites));
  }
}
