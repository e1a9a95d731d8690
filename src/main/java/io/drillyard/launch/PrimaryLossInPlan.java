package io.drillyard.launch;

import io.drillyard.declaration.Environment;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.Who;
import io.drillyard.ledger.Event;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.InjectFault;
import java.util.Set;

/**
 * Whether a plan takes the primary away so that only a failover after its lease restores service.
 * Only then do Patroni's settings bound the recovery from below.
 */
final class PrimaryLossInPlan {
  private PrimaryLossInPlan() {}

  static boolean in(Drill drill, Environment environment) {
    return drill.steps().stream()
        .anyMatch(
            step ->
                step instanceof InjectFault inject
                    && !inject.name().startsWith(Event.Injected.PREPARATION)
                    && takes(inject.fault(), environment));
  }

  private static boolean takes(Fault fault, Environment environment) {
    if (fault instanceof HostFault.PowerOff off) {
      return off.who().equals(Who.PRIMARY);
    }
    if (fault instanceof ProcessFault.Freeze freeze) {
      return freeze.who().equals(Who.PRIMARY) && freeze.kind() == ProcessFault.Kind.PATRONI;
    }
    // With failsafe_mode a primary that still reaches every member stays.
    return fault instanceof NetworkFault.Cut cut
        && cut.one().equals(Who.PRIMARY)
        && cut.planes().isEmpty()
        && cut.way() == NetworkFault.Way.BOTH
        && cut.others().contains(Who.ETCD)
        && (cut.others().contains(Who.REPLICAS) || !failsafe(environment));
  }

  private static boolean failsafe(Environment environment) {
    Object mode = environment.serving().patroni().get("failsafe_mode");
    return mode != null && !Set.of("false", "off", "no").contains(mode.toString());
  }
}
