package io.drillyard.scenario.step;

import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/**
 * Waits for a moment of a storm, and ends the wait at once when a violation is certain.
 *
 * @param offset from the beginning of the storm
 * @param longest time that this takes where all goes by the plan
 */
public record AwaitStormTime(Duration offset, Duration longest) implements Step {
  private static final long PACE_MS = 100;

  @Override
  public String words() {
    return "%.1f s into the storm".formatted(offset.toMillis() / 1000.0);
  }

  @Override
  public Duration limit() {
    return longest;
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    StormState weather = stage.weather();
    if (weather.calm()) {
      stage.phase("fault");
    }
    long left = offset.toMillis() - weather.elapsedMs();
    while (left > 0 && weather.violation().isEmpty()) {
      PacedWait.pause(Duration.ofMillis(Math.min(left, PACE_MS)));
      left = offset.toMillis() - weather.elapsedMs();
    }
  }
}
