package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import org.jspecify.annotations.Nullable;

/** Every fault was undone, and independent witnesses saw it gone, on each host it acted on. */
public final class FaultHealed implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "faultHealed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, FaultHealed::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "every fault witnessed gone");
    if (history.faults().injected().isEmpty()) {
      return draft.undetermined("no-fault", "no fault was injected");
    }
    String first = null;
    boolean held = false;
    for (Event.Injected fault : history.faults().injected()) {
      if (fault.holdsNothing()) {
        continue;
      }
      held = true;
      String doubt = doubt(history, fault);
      if (doubt != null) {
        draft.detail(doubt);
        first = first == null ? doubt : first;
      }
    }
    if (first != null) {
      return draft.undetermined("not-seen-healed", first);
    }
    return draft.met(
        held ? "seen-healed" : "nothing-held",
        held ? "every fault was seen gone" : "nothing was held: what was done was over at once");
  }

  private static @Nullable String doubt(LedgerViews history, Event.Injected fault) {
    Event.Healed heal = history.faults().healOf(fault);
    if (heal == null) {
      return "fault '" + fault.fault() + "' was never healed";
    }
    long from = heal.at().startNs();
    String doubt = FaultObservations.doubt(history, fault.fault(), false, from, Long.MAX_VALUE);
    if (doubt == null) {
      // One half that nobody looked at may be in force still.
      doubt = FaultObservations.unseen(history, fault, false, from, Long.MAX_VALUE);
    }
    return doubt == null ? FaultReachability.unhealed(history, fault) : doubt;
  }
}
