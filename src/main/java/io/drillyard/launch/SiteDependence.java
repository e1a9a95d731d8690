package io.drillyard.launch;

import io.drillyard.declaration.Environment;
import io.drillyard.declaration.UnsupportedSiteFeature;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.AwaitCondition;
import io.drillyard.scenario.step.Conditions;
import io.drillyard.scenario.step.InjectFault;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a drill shows depends on something that the site has and the lab has not. Such a
 * drill is not played: a freeze without the site's watchdog would be called a split-brain of that
 * site, which it never has.
 */
final class SiteDependence {
  private SiteDependence() {}

  /** What it depends on, in words; empty where it can be played. */
  static Optional<String> of(Drill drill, Environment environment) {
    List<Fault> faults =
        drill.course().stream()
            .filter(InjectFault.class::isInstance)
            .map(step -> ((InjectFault) step).fault())
            .toList();
    return environment.notCarried().stream()
        .sorted()
        .filter(what -> depends(what, drill, faults))
        .map(what -> "the site has " + what.words() + ", and a lab has none (" + what.word() + ")")
        .findFirst();
  }

  private static boolean depends(UnsupportedSiteFeature what, Drill drill, List<Fault> faults) {
    return switch (what) {
      case WATCHDOG -> faults.stream().anyMatch(SiteDependence::stillsPatroni);
      case CALLBACKS, PROMOTION_SCRIPT -> changesLeader(drill, faults);
      case BOOTSTRAP -> faults.stream().anyMatch(SiteDependence::takesData);
    };
  }

  /** A watchdog that Patroni does not serve resets the host. */
  private static boolean stillsPatroni(Fault fault) {
    return switch (fault) {
      case HostFault.Pause pause -> true;
      case ProcessFault.Freeze freeze -> freeze.kind() == ProcessFault.Kind.PATRONI;
      case ProcessFault.Kill kill -> kill.kind() == ProcessFault.Kind.PATRONI;
      case ProcessFault.CrashLoop loop -> loop.kind() == ProcessFault.Kind.PATRONI;
      case ProcessFault.RestartStorm storm -> storm.kind() == ProcessFault.Kind.PATRONI;
      case OperatorFault.EverythingRestarted all -> true;
      default -> false;
    };
  }

  /** Plans say so by waiting for another leader, or by ordering one. */
  private static boolean changesLeader(Drill drill, List<Fault> faults) {
    return drill.course().stream()
            .anyMatch(
                step ->
                    step instanceof AwaitCondition await
                        && await.condition().words().equals(Conditions.newPrimary().words()))
        || faults.stream()
            .anyMatch(
                fault ->
                    fault instanceof OperatorFault.Switchover
                        || fault instanceof OperatorFault.ForcedFailover
                        || fault instanceof OperatorFault.PromotedByHand);
  }

  private static boolean takesData(Fault fault) {
    return fault instanceof HostFault.DiskLoss || fault instanceof StorageFault.DataDirectoryLost;
  }
}
