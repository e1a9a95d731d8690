package io.drillyard.scenario.step;

import io.drillyard.ledger.Pacer;
import java.time.Duration;

/** Time passes with every live fault in force; its witnesses look again at the end. */
public record Hold(Duration length) implements Step {
  @Override
  public String words() {
    return "hold for " + length.toSeconds() + " s";
  }

  @Override
  public Duration limit() {
    return length;
  }

  @Override
  public void run(Stage stage) throws InterruptedException {
    Pacer.pause(length);
    for (String fault : stage.injector().live()) {
      stage.injector().witness(fault, true);
    }
  }
}
