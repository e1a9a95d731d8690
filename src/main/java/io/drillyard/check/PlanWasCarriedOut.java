package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;

/**
 * What the plan waited for came true, but for the waits of which it says beforehand that they may
 * fail. It also names the services that ended by themselves: the cluster's own doing.
 */
public final class PlanWasCarriedOut implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "planWasCarriedOut";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, PlanWasCarriedOut::assess);
  }

  /** How a plan says of a wait that it may fail. */
  public static String mayFail(String reason) {
    return "which may fail: " + reason;
  }

  /** Older ledgers are judged by it where they tell of a wait in vain. */
  static boolean applies(LedgerViews history) {
    return history.of(Event.Opened.class).stream().anyMatch(o -> o.format() >= ServiceExits.FORMAT)
        || history.of(Event.Awaited.class).stream().anyMatch(a -> !a.fulfilled());
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "everything waited for came true");
    String first = null;
    for (Event.Awaited awaited : history.of(Event.Awaited.class)) {
      if (awaited.fulfilled()) {
        continue;
      }
      String vain =
          "waited %s in vain until %s"
              .formatted(
                  FindingBuilder.seconds(awaited.at().lengthNs() / 1e6), awaited.condition());
      if (excused(history, awaited)) {
        draft.detail(vain + ", " + mayFail(String.valueOf(awaited.mayFail())));
      } else {
        draft.detail(vain);
        first = first == null ? vain : first;
      }
    }
    long waits = history.of(Event.Awaited.class).size();
    if (waits < LedgerDeclarations.plannedWaits(history)) {
      String left =
          "the plan waits %d times, and only %d waits were made"
              .formatted(LedgerDeclarations.plannedWaits(history), waits);
      draft.detail(left);
      first = first == null ? left : first;
    }
    history.serviceEnds().own().forEach(draft::detail);
    return first == null
        ? draft.met(
            "waits-came-true",
            "everything that the plan waited for came true, or was allowed to fail")
        : draft.undetermined("waited-in-vain", first);
  }

  /** Only what the plan said before anything happened is an excuse. */
  static boolean excused(LedgerViews history, Event.Awaited awaited) {
    String reason = awaited.mayFail();
    return reason != null && LedgerDeclarations.planned(history, mayFail(reason));
  }
}
