package io.drillyard.scenario.step;

import java.time.Duration;
import java.util.List;

/**
 * The storm is over: whatever is still in force is taken back. Who reaches whom is measured once
 * more for each fault of the network: right after its own heal another fault may have been in the
 * way.
 *
 * @param networkFaults names of those that the storm held
 */
public record EndStorm(List<String> networkFaults) implements Step {
  /** Copies the names. */
  public EndStorm {
    networkFaults = List.copyOf(networkFaults);
  }

  @Override
  public String words() {
    return "heal whatever is still in force";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(60 + 10L * networkFaults.size());
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    for (String name : stage.injector().live().reversed()) {
      new HealStormFault(name).run(stage);
    }
    stage.injector().healAll();
    for (String name : networkFaults) {
      stage
          .matrixOf(name)
          .ifPresent(parts -> ReachabilityMatrix.measure(stage, parts, "after", name));
    }
    stage.phase("healed");
  }
}
