package io.drillyard.scenario.step;

import io.drillyard.ledger.Event;
import java.time.Duration;

/** Takes a fault back; {@link OldPrimaryReadout} is read first. */
public record HealFault(String name) implements Step {
  @Override
  public String words() {
    return "read what the old primary holds, then heal '" + name + "'";
  }

  @Override
  public String phase() {
    return name.startsWith(Event.Injected.PREPARATION) ? "" : "healed";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(DrillStage stage) {
    if (phase().isEmpty()) {
      // Not looked at again: what was prepared may well have gone with the power of its host.
      stage.injector().heal(name);
      after(stage);
      return;
    }
    OldPrimaryReadout.read(stage);
    // After the reading, which may take its time: seen in force until right before the heal.
    stage.injector().witness(name, true);
    stage.injector().heal(name);
    after(stage);
    stage.phase(phase());
  }

  private void after(DrillStage stage) {
    stage
        .matrixOf(name)
        .ifPresent(parts -> ReachabilityMatrix.measure(stage, parts, "after", name));
  }
}
