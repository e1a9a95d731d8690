package io.drillyard.scenario.step;

import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/** Time passes with every live fault in force; its witnesses look again at the end. */
public record HoldFaults(Duration length) implements Step {
  @Override
  public String words() {
    return "hold for " + length.toSeconds() + " s";
  }

  @Override
  public Duration limit() {
    return length;
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    PacedWait.pause(length);
    for (String fault : stage.injector().live()) {
      stage.injector().witness(fault, true);
    }
  }
}
