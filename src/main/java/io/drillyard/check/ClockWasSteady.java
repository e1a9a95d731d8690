package io.drillyard.check;

import io.drillyard.target.Target;

/** The wall clock did not jump against the monotonic one during the run. */
public final class ClockWasSteady implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "clockWasSteady";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, ClockWasSteady::assess);
  }

  private static Finding assess(History history, Target target) {
    Soundness soundness = history.soundness();
    Draft draft = new Draft(NAME, "no jump beyond " + Soundness.JUMP_NS / 1_000_000 + " ms");
    draft.details(soundness.clockProblems());
    return soundness.clockProblems().isEmpty()
        ? draft.met("steady", "the wall clock agreed with the monotonic one")
        : draft.undetermined("clock-in-doubt", soundness.clockProblems().get(0));
  }
}
