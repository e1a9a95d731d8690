package io.drillyard.scenario.step;

/** A fact about the stage that a plan can wait for. */
public interface Condition {
  /** The fact, as it completes "wait until …". */
  String words();

  /** True when it holds now. */
  boolean holds(DrillStage stage);

  /** How it stands, for the ledger. */
  default String state(DrillStage stage) {
    return stage.describe();
  }
}
