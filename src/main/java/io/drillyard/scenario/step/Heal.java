package io.drillyard.scenario.step;

import io.drillyard.ledger.Event;
import java.time.Duration;

/** Takes a fault back; {@link OldPrimary} is read first. */
public record Heal(String name) implements Step {
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
  public void run(Stage stage) {
    if (phase().isEmpty()) {
      // Not looked at again: what was prepared may well have gone with the power of its host.
      stage.injector().heal(name);
      after(stage);
      return;
    }
    OldPrimary.read(stage);
    // After the reading, which may take its time: seen in force until right before the heal.
    stage.injector().witness(name, true);
    stage.injector().heal(name);
    after(stage);
    stage.phase(phase());
  }

  private void after(Stage stage) {
    stage.matrixOf(name).ifPresent(parts -> Matrix.measure(stage, parts, "after", name));
  }
}
