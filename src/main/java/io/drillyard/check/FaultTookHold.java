package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import org.jspecify.annotations.Nullable;

/**
 * Independent witnesses saw every injected fault in force for as long as it was held, and it hit
 * whom the plan names.
 */
public final class FaultTookHold implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "faultTookHold";

  /** What the ledger calls a fault of the plan that could not be injected; its subject names it. */
  public static final String NOT_INJECTED = "not-injected";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, FaultTookHold::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "every fault witnessed in force");
    if (history.faults().disruption() == null) {
      return draft.undetermined("no-fault", "no fault was injected");
    }
    String first = null;
    for (Event.Injected fault : history.faults().injected()) {
      String other = FaultTarget.doubt(history, fault);
      String doubt =
          other != null
              ? other
              : InjectedFaults.isOrder(fault)
                  ? PatroniOrders.doubt(history, fault)
                  : fault.holdsNothing() ? momentDoubt(history, fault) : heldDoubt(history, fault);
      if (doubt == null) {
        draft.detail("'%s' took hold: %s".formatted(fault.fault(), fault.description()));
      } else {
        draft.detail(doubt);
        first = first == null ? doubt : first;
      }
    }
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.verb().equals(NOT_INJECTED)) {
        String missing =
            "fault '%s' was not injected: %s".formatted(action.subject(), action.detail());
        draft.detail(missing);
        first = first == null ? missing : first;
      }
    }
    for (String name : LedgerDeclarations.plannedFaults(history)) {
      if (history.faults().injected().stream().noneMatch(f -> f.fault().equals(name))) {
        String missing = "fault '%s' of the plan was not injected".formatted(name);
        draft.detail(missing);
        first = first == null ? missing : first;
      }
    }
    String ground = ground(history);
    if (ground != null) {
      draft.detail(ground);
      first = first == null ? ground : first;
    }
    return first == null
        ? draft.met("seen-in-force", "every fault was seen in force")
        : draft.undetermined("not-seen-in-force", first);
  }

  /**
   * What is over at once must have been seen at once; what heals afterwards contradicts nothing.
   */
  private static @Nullable String momentDoubt(LedgerViews history, Event.Injected fault) {
    long soon = fault.at().endNs() + FaultObservations.SOON_NS;
    String doubt =
        FaultObservations.doubt(history, fault.fault(), true, fault.at().startNs(), soon);
    return doubt != null
        ? doubt
        : FaultObservations.unseen(history, fault, true, fault.at().startNs(), soon);
  }

  private static @Nullable String heldDoubt(LedgerViews history, Event.Injected fault) {
    Event.Healed heal = history.faults().healOf(fault);
    long until = heal == null ? Long.MAX_VALUE : heal.at().startNs();
    String doubt =
        FaultObservations.doubt(history, fault.fault(), true, fault.at().startNs(), until);
    if (doubt == null) {
      String half = FaultObservations.unseen(history, fault, true, fault.at().startNs(), until);
      doubt = half == null ? FaultReachability.uncut(history, fault) : half;
    }
    doubt = doubt == null ? answered(history, fault, until) : doubt;
    return doubt != null || heal == null
        ? doubt
        : FaultObservations.unspanned(history, fault, until);
  }

  /**
   * A host without power, or with every process stopped, answers nobody, whatever a witness says.
   */
  private static @Nullable String answered(
      LedgerViews history, Event.Injected fault, long untilNs) {
    if (!ProbeCoverage.still(fault)) {
      return null;
    }
    for (String host : fault.targets()) {
      for (Event look : history.looks(host)) {
        if (WritabilityLook.of(look).answered()
            && look.at().startNs() > fault.at().endNs()
            && look.at().endNs() < untilNs) {
          return "fault '%s' holds %s still, and it answered at %s"
              .formatted(fault.fault(), host, FindingBuilder.seconds(look.at().startNs() / 1e6));
        }
      }
    }
    return null;
  }

  /** What the drill waited for before the disruption belongs to it, such as a lag. */
  private static @Nullable String ground(LedgerViews history) {
    Event.Injected disruption = history.faults().disruption();
    for (Event.Awaited awaited : history.of(Event.Awaited.class)) {
      if (disruption != null
          && awaited.at().endNs() <= disruption.at().startNs()
          && !awaited.fulfilled()
          && !PlanWasCarriedOut.excused(history, awaited)) {
        return "the ground was not prepared: '" + awaited.condition() + "' did not come true";
      }
    }
    return null;
  }
}
