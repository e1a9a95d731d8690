package io.drillyard.scenario.step;

import io.drillyard.fault.Fault;
import java.time.Duration;

/** Applies a fault and lets its witnesses look. */
public record Inject(String name, Fault fault) implements Step {
  /** Names that begin so only prepare the disruption that is judged. */
  public static final String PREPARATION = "prepare-";

  @Override
  public String words() {
    return "inject '" + name + "': " + fault.words();
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(Stage stage) {
    if (!name.startsWith(PREPARATION)) {
      stage.phase("fault");
    }
    stage.injector().inject(name, fault, stage.partsNow());
    stage.injector().witness(name, true);
  }
}
