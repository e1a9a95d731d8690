package io.drillyard.scenario.step;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.fault.Fault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.Who;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Applies a fault and lets its witnesses look.
 *
 * @param further another one of this episode came before it: the phase of faults goes on
 */
public record InjectFault(String name, Fault fault, boolean further) implements Step {
  /** The first of an episode, or one that only prepares. */
  public InjectFault(String name, Fault fault) {
    this(name, fault, false);
  }

  @Override
  public String words() {
    return "inject '" + name + "': " + fault.words();
  }

  @Override
  public String phase() {
    return further || name.startsWith(Event.Injected.PREPARATION) ? "" : "fault";
  }

  @Override
  public List<ClusterRef> clusters() {
    return fault.parts().stream().map(Who::cluster).filter(Objects::nonNull).toList();
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(DrillStage stage) {
    if (!phase().isEmpty()) {
      stage.phase(phase());
    }
    FaultTargetHosts parts = stage.partsNow();
    boolean network = fault instanceof NetworkFault;
    if (network) {
      ReachabilityMatrix.measure(stage, parts, "before", name);
    }
    stage.injector().inject(name, fault, parts);
    stage.injector().witness(name, true);
    if (network) {
      ReachabilityMatrix.measure(stage, parts, "during", name);
      stage.matrixOf(name, parts);
    }
  }
}
