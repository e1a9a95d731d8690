package io.drillyard.scenario.step;

import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/** The load runs undisturbed; the phase of that name is what load checks look at. */
public record SteadyLoad(String phase, Duration length) implements Step {
  @Override
  public String words() {
    return "load runs undisturbed for " + length.toSeconds() + " s (" + phase + ")";
  }

  @Override
  public Duration limit() {
    return length;
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    stage.phase(phase);
    PacedWait.pause(length);
  }
}
