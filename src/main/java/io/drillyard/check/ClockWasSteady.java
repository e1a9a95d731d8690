package io.drillyard.check;

import io.drillyard.declaration.Target;

/** The wall clock did not jump against the monotonic one during the run. */
public final class ClockWasSteady implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "clockWasSteady";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, ClockWasSteady::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    LedgerSoundness soundness = history.soundness();
    FindingBuilder draft =
        new FindingBuilder(NAME, "no jump beyond " + LedgerSoundness.JUMP_NS / 1_000_000 + " ms");
    draft.details(soundness.clockProblems());
    return soundness.clockProblems().isEmpty()
        ? draft.met("steady", "the wall clock agreed with the monotonic one")
        : draft.undetermined("clock-in-doubt", soundness.clockProblems().get(0));
  }
}
