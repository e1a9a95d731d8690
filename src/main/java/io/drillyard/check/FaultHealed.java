package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.target.Target;

/** Every fault was undone, and independent witnesses saw it gone. */
public final class FaultHealed implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "faultHealed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, FaultHealed::assess);
  }

  private static Finding assess(History history, Target target) {
    Draft draft = new Draft(NAME, "every fault witnessed gone");
    if (history.faults().injected().isEmpty()) {
      return draft.undetermined("no fault was injected");
    }
    String first = null;
    boolean held = false;
    for (Event.Injected fault : history.faults().injected()) {
      if (fault.holdsNothing()) {
        continue;
      }
      held = true;
      Event.Healed heal = history.faults().healOf(fault);
      String doubt =
          heal == null
              ? "fault '" + fault.fault() + "' was never healed"
              : Witnesses.doubt(history, fault.fault(), false, heal.at().startNs(), Long.MAX_VALUE);
      if (doubt == null) {
        doubt = Paths.unhealed(history, fault);
      }
      if (doubt != null) {
        draft.detail(doubt);
        first = first == null ? doubt : first;
      }
    }
    if (first != null) {
      return draft.undetermined(first);
    }
    return draft.met(
        held ? "every fault was seen gone" : "nothing was held: what was done was over at once");
  }
}
