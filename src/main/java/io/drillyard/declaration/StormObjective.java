package io.drillyard.declaration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a context promises when several faults come together: nothing of its own is declared for
 * that, so only what its other targets imply is asked for.
 *
 * <p>Nobody promises service while faults overlap; it must be back, and redundancy too, within the
 * longest declared times once all of them are healed. Where replication inside the site is declared
 * synchronous nothing may be lost; otherwise no bound is declared that several faults would have to
 * keep, and loss is not judged.
 */
final class StormObjective {
  private StormObjective() {}

  /** Of a context; null where it declares no target but for the loss of a site. */
  static @Nullable Objective of(BoundedContext context) {
    List<Objective> inSite = new ArrayList<>();
    for (Disruption disruption : Disruption.declarable()) {
      Objective objective = context.objectives().get(disruption);
      if (objective != null && disruption != Disruption.SITE_LOSS) {
        inSite.add(objective);
      }
    }
    if (inSite.isEmpty()) {
      return null;
    }
    Duration rto = Duration.ZERO;
    Duration redundancy = Duration.ZERO;
    Duration loss = Duration.ofMillis(1);
    // The strictest of them: who may promote under one fault may not do more under several.
    FailoverMode failover = FailoverMode.AUTOMATIC;
    for (Objective objective : inSite) {
      rto = longer(rto, objective.rto());
      redundancy = longer(redundancy, objective.redundancy());
      loss = objective.rpo() instanceof Rpo.Time time ? longer(loss, time.most()) : loss;
      // The strictest: who may promote under one fault may not do more under several.
      boolean stricter = objective.failover().compareTo(failover) > 0;
      if (stricter && objective.disruption() != Disruption.PLANNED_MAINTENANCE) {
        failover = objective.failover();
      }
    }
    Rpo rpo =
        context.withinSite().equals("synchronous") ? new Rpo.Transactions(0) : new Rpo.Time(loss);
    return new Objective(Disruption.STORM, failover, rto, rpo, redundancy, false);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
