package io.drillyard.scenario.step;

/**
 * What an old primary holds is read before anything is healed, in a drill and in a storm alike:
 * pg_rewind destroys the evidence of a diverged branch. Where none has diverged nothing is read.
 */
final class OldPrimaryReadout {
  private OldPrimaryReadout() {}

  static void read(DrillStage stage) {
    stage.readDiverged();
    stage.readOrphanedWal();
  }
}
