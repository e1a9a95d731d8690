package io.drillyard.scenario.step;

import java.time.Duration;

/** One step of a plan: plain data that can also be carried out. */
public interface Step {
  /** What it does, in one line, for {@code plan} and progress. */
  String words();

  /** The phase that begins with it; empty for most. */
  default String phase() {
    return "";
  }

  /** Longest time it may take. */
  Duration limit();

  /** Carries it out on a stage. */
  void run(Stage stage) throws InterruptedException;
}
