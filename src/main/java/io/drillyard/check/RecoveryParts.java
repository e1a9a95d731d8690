package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import org.jspecify.annotations.Nullable;

/** The parts of a recovery, each from the injection, for the reader and never for the verdict. */
final class RecoveryParts {
  private RecoveryParts() {}

  static void add(
      FindingBuilder draft,
      LedgerViews history,
      ServiceAvailability recovery,
      Event.Injected fault,
      Event.@Nullable Healed heal) {
    long fromNs = fault.at().startNs();
    String leader = LeadershipHistory.leaderBefore(history, fault);
    since(draft, "detected", fault, detected(history, recovery, leader, fromNs));
    if (leader != null) {
      since(draft, "lease-expired", fault, LeadershipHistory.lost(history, leader, fromNs));
      since(draft, "promoted", fault, LeadershipHistory.promoted(history, leader, fromNs));
    }
    Event.Write routed = recovery.firstAtNewMember();
    if (routed != null) {
      draft.part("routed", from(fault.at(), Interval.instant(routed.at().startNs())));
      draft.part("first-commit", from(fault.at(), routed.at()));
    }
    unavailability(draft, recovery, fault, heal);
  }

  /** The first thing anybody could notice: a failed routed write, or the leader not committing. */
  private static @Nullable Event detected(
      LedgerViews history, ServiceAvailability recovery, @Nullable String leader, long fromNs) {
    Event.Write failure = recovery.firstFailure();
    Event.Probed probe = LeadershipHistory.refused(history, leader, fromNs);
    if (failure == null || probe == null) {
      return failure == null ? probe : failure;
    }
    return probe.at().endNs() < failure.at().endNs() ? probe : failure;
  }

  private static void since(
      FindingBuilder draft, String name, Event.Injected fault, @Nullable Event event) {
    if (event != null) {
      draft.part(name, from(fault.at(), event.at()));
    }
  }

  private static Measured from(Interval origin, Interval event) {
    return FindingBuilder.ms(
        event.startNs() - origin.endNs(), event.endNs() - origin.startNs(), null);
  }

  private static void unavailability(
      FindingBuilder draft,
      ServiceAvailability recovery,
      Event.Injected fault,
      Event.@Nullable Healed heal) {
    long lower = 0;
    long upper = 0;
    long held = 0;
    for (ServiceAvailability.Outage outage : recovery.outages()) {
      lower += Math.max(0, outage.after().at().startNs() - outage.before().at().endNs());
      upper += outage.after().at().endNs() - outage.before().at().startNs();
      held += overlap(outage.startNs(), outage.endNs(), fault, heal);
    }
    Event.Write last = recovery.last();
    if (recovery.stillOut() && last != null) {
      long tail = recovery.lastSeenNs() - last.at().endNs();
      lower += tail;
      upper += tail;
      held += overlap(last.at().endNs(), recovery.lastSeenNs(), fault, heal);
    }
    draft.part("total-unavailability", FindingBuilder.ms(lower, upper, null));
    Double share = recovery.servedShare();
    if (share != null) {
      double percent = Math.floor(share * 1000) / 10;
      draft.part("served-until-recovery", new Measured(percent, percent, null, "percent"));
    }
    draft.part(
        "longest-gap", FindingBuilder.ms(recovery.longestGapNs(), recovery.longestGapNs(), null));
    draft.part("outage-while-held", FindingBuilder.ms(held, held, null));
  }

  private static long overlap(
      long fromNs, long toNs, Event.Injected fault, Event.@Nullable Healed heal) {
    long until = heal == null ? toNs : heal.at().startNs();
    return Math.max(0, Math.min(toNs, until) - Math.max(fromNs, fault.at().startNs()));
  }
}
