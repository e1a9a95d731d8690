package io.drillyard.scenario.step;

import java.time.Duration;

/** The clock of orders is set behind the end of the window that is open. */
public record LeaveWindow() implements Step {
  @Override
  public String words() {
    return "the window closes";
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run(DrillStage stage) {
    stage.approvals().leaveWindow();
  }
}
