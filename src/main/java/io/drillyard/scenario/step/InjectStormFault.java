package io.drillyard.scenario.step;

import io.drillyard.check.FaultTookHold;
import io.drillyard.fault.Fault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Injects a fault of a storm. Others may be in force: where nobody plays its part now (there is no
 * primary), or another fault holds the host, it waits a while. If it cannot be injected at all the
 * ledger says so, and no such storm is MET.
 *
 * @param name of the fault
 * @param patience how long to try
 */
public record InjectStormFault(String name, Fault fault, Duration patience) implements Step {
  private static final Duration PACE = Duration.ofMillis(500);

  @Override
  public String words() {
    return "inject '" + name + "': " + fault.words();
  }

  @Override
  public Duration limit() {
    return patience.plusSeconds(30);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    long start = stage.ledger().now();
    String refused = null;
    while (stage.weather().violation().isEmpty()) {
      refused = attempt(stage);
      if (refused == null) {
        return;
      }
      if (stage.ledger().now() - start >= patience.toNanos()) {
        break;
      }
      PacedWait.pause(PACE);
    }
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                "harness",
                FaultTookHold.NOT_INJECTED,
                name,
                refused == null ? "the storm had ended early" : refused));
  }

  /** Why it was not injected; null when it was. */
  private @Nullable String attempt(DrillStage stage) {
    try {
      FaultTargetHosts parts = stage.partsNow();
      boolean network = fault instanceof NetworkFault;
      if (network) {
        ReachabilityMatrix.measure(stage, parts, "before", name);
      }
      var targets = stage.injector().inject(name, fault, parts, stage.weather().spared(fault));
      if (fault.lasting() == Fault.Lasting.HELD) {
        stage.weather().holds(name, fault, targets);
      }
      stage.injector().witness(name, true);
      if (network) {
        ReachabilityMatrix.measure(stage, parts, "during", name);
        stage.matrixOf(name, parts);
      }
      return null;
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      if (stage.injector().live().contains(name)) {
        // Half of it is in force and could not be taken back: that is no storm any more.
        throw e;
      }
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }
}
