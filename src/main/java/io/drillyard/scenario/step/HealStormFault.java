package io.drillyard.scenario.step;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.host.HostException;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/**
 * Takes a fault of a storm back; {@link OldPrimaryReadout} is read first. Nothing to do where it
 * was never injected.
 */
public record HealStormFault(String name) implements Step {
  private static final int ATTEMPTS = 3;
  private static final Duration PACE = Duration.ofSeconds(2);

  @Override
  public String words() {
    return "read what the old primary holds, then heal '" + name + "'";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(90);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    if (!stage.injector().live().contains(name)) {
      return;
    }
    OldPrimaryReadout.read(stage);
    // After the reading, which may take its time: seen in force until right before the heal.
    stage.injector().witness(name, true);
    for (int i = 1; stage.injector().live().contains(name); i++) {
      try {
        stage.injector().heal(name);
      } catch (HostException | BoundedWait.TimedOut e) {
        if (i == ATTEMPTS) {
          // Other faults may stand in its way; the end of the storm tries again, without them.
          stage.ledger().note("warning", "not healed yet: " + name + ": " + e.getMessage());
          return;
        }
        PacedWait.pause(PACE);
      }
    }
    stage.weather().released(name);
    stage
        .matrixOf(name)
        .ifPresent(parts -> ReachabilityMatrix.measure(stage, parts, "after", name));
  }
}
