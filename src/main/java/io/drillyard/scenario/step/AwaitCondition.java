package io.drillyard.scenario.step;

import io.drillyard.check.PlanWasCarriedOut;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for a fact; whether it came true in time is on the ledger, and the drill goes on. */
public record AwaitCondition(Condition condition, Duration limit, @Nullable MayFail mayFail)
    implements Step {
  private static final Duration PACE = Duration.ofMillis(50);

  /** One without which the drill is not MET. */
  public AwaitCondition(Condition condition, Duration limit) {
    this(condition, limit, null);
  }

  @Override
  public String words() {
    return "wait until %s, at most %d s%s"
        .formatted(
            condition.words(),
            limit.toSeconds(),
            mayFail == null ? "" : ", " + PlanWasCarriedOut.mayFail(mayFail.reason()));
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    long start = stage.ledger().now();
    boolean fulfilled = condition.holds(stage);
    while (!fulfilled && stage.ledger().now() - start < limit.toNanos()) {
      PacedWait.pause(PACE);
      fulfilled = condition.holds(stage);
    }
    stage
        .ledger()
        .append(
            new Event.Awaited(
                stage.ledger().since(start),
                condition.words(),
                fulfilled,
                limit.toNanos(),
                condition.state(stage),
                mayFail == null ? null : mayFail.reason()));
  }
}
