package io.drillyard.play;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.scenario.Drill;

/** What a drill is judged by; the lab notes it on the ledger and the launcher tells the judge. */
public final class JudgingTarget {
  private static final double LEAST_LOAD = 0.9;

  private JudgingTarget() {}

  /** Of a drill in an environment, for what a context declares. */
  public static Target of(
      Drill drill, Environment environment, BoundedContext context, Objective objective) {
    Environment.Load load = environment.load();
    Drill.Control control = drill.control();
    return new Target(
        context.name(),
        objective,
        load.outageThreshold(),
        load.routedPerSecond() * clients(drill, environment),
        LEAST_LOAD,
        Drill.JUDGED_LOAD,
        context.withinSite().equals("synchronous"),
        control == null ? null : control.check(),
        drill.survivor().in(environment).scope(),
        load.service(),
        context.replicas(environment));
  }

  /** How many routed clients there are: one at each site at which any stand. */
  public static int clients(Drill drill, Environment environment) {
    int sites = environment.clientSites().size();
    return drill.clients() == Drill.Clients.AT_OTHER_SITES ? Math.max(1, sites - 1) : sites;
  }
}
