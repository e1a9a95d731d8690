package io.drillyard.scenario.launch;

import io.drillyard.fault.Fault;
import io.drillyard.fault.Who;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.Inject;
import io.drillyard.target.Environment;
import java.util.Set;

/**
 * Whether a plan takes the primary away so that only a failover after its lease restores service.
 * Only then do Patroni's settings bound the recovery from below.
 */
final class LostPrimary {
  private LostPrimary() {}

  static boolean in(Drill drill, Environment environment) {
    return drill.steps().stream()
        .anyMatch(
            step ->
                step instanceof Inject inject
                    && !inject.name().startsWith(Inject.PREPARATION)
                    && takes(inject.fault(), environment));
  }

  private static boolean takes(Fault fault, Environment environment) {
    if (fault instanceof Fault.PowerOff off) {
      return off.who() == Who.PRIMARY;
    }
    if (fault instanceof Fault.Freeze freeze) {
      return freeze.who() == Who.PRIMARY && freeze.service().equals("patroni");
    }
    // With failsafe_mode a primary that still reaches every member stays.
    return fault instanceof Fault.Cut cut
        && cut.host() == Who.PRIMARY
        && cut.ports().isEmpty()
        && cut.from().contains(Who.ETCD)
        && (cut.from().contains(Who.REPLICAS) || !failsafe(environment));
  }

  private static boolean failsafe(Environment environment) {
    Object mode = environment.primary().patroni().get("failsafe_mode");
    return mode != null && !Set.of("false", "off", "no").contains(mode.toString());
  }
}
