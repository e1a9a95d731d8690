package io.drillyard.scenario.step;

import java.time.Duration;

/** The storm is over: whatever is still in force is taken back. */
public record Calm() implements Step {
  @Override
  public String words() {
    return "heal whatever is still in force";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void run(Stage stage) throws InterruptedException {
    for (String name : stage.injector().live().reversed()) {
      new Lift(name).run(stage);
    }
    stage.injector().healAll();
    stage.phase("healed");
  }
}
