package io.drillyard.check;

import io.drillyard.declaration.Target;

/** The ledger is complete and does not contradict itself. */
public final class LedgerIsSound implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "ledgerIsSound";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, LedgerIsSound::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    LedgerSoundness soundness = history.soundness();
    FindingBuilder draft = new FindingBuilder(NAME, "complete and consistent");
    draft.details(soundness.problems());
    return soundness.problems().isEmpty()
        ? draft.met("sound", "the ledger is complete and consistent")
        : draft.undetermined("unsound", soundness.problems().get(0));
  }
}
