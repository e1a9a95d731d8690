package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.target.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Routed clients were served again within the declared time. */
public final class RecoveryTime implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "recoveryTime";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, RecoveryTime::assess);
  }

  private static Finding assess(History history, Target target) {
    Finding worst = WorstClient.of(history, writer -> assess(history, target, writer));
    return worst == null ? assess(history, target, null) : worst;
  }

  private static Finding assess(History history, Target target, @Nullable String writer) {
    Duration limit = target.objective().rto();
    Event.Injected fault = history.faults().disruption();
    // What is momentary holds nothing that could be healed.
    boolean fromHeal =
        !target.objective().servesWhileHeld() && (fault == null || !fault.holdsNothing());
    String words = "RTO " + limit.toMillis() + " ms from the " + (fromHeal ? "heal" : "injection");
    Draft draft = new Draft(NAME, words);
    if (fault == null) {
      return draft.undetermined("no-fault", "no fault was injected");
    }
    Event.Healed heal = history.faults().healOf(fault);
    if (fromHeal && heal == null) {
      return draft.undetermined(
          "not-healed",
          "fault '" + fault.fault() + "' was never healed, and the RTO runs from the heal");
    }
    Recovery recovery = new Recovery(history, target, fault, writer);
    if (recovery.problem() != null) {
      return draft.undetermined(
          "not-read-back", "which acknowledgements survive is not known: " + recovery.problem());
    }
    RecoveryParts.add(draft, history, recovery, fault, heal);
    Interval origin = fromHeal && heal != null ? heal.at() : fault.at();
    Event.Write last = recovery.last();
    if (last == null) {
      return draft.undetermined(
          "nothing-survived", "no routed write was acknowledged and survived in the whole run");
    }
    if (!recovery.servedAt(fault, target)) {
      return draft.undetermined(
          "no-service-before", "service was not there when the fault was injected");
    }
    if (recovery.lastSeenNs() <= origin.endNs()) {
      return draft.undetermined(
          "nothing-attempted", "no routed write was attempted after the " + originWord(fromHeal));
    }
    long silentNs = lastRouted(history, target) - recovery.lastSeenNs();
    if (silentNs > Coverage.BLIND_MAX_NS) {
      return draft.undetermined(
          "client-fell-silent",
          "writer '%s' sent nothing in the last %s of the load: how it was served is not known"
              .formatted(writer, Draft.seconds(silentNs / 1e6)));
    }
    if (recovery.stillOut()) {
      return neverRecovered(draft, recovery, origin, limit);
    }
    return recovered(draft, history, recovery, origin, heal, target);
  }

  /** When the last routed write that the read-back must know of returned. */
  private static long lastRouted(History history, Target target) {
    Survivors survivors = history.survivors(target);
    long last = Long.MIN_VALUE;
    for (Event.Write write : history.routed()) {
      last = survivors.covers(write) ? Math.max(last, write.at().endNs()) : last;
    }
    return last;
  }

  private static String originWord(boolean fromHeal) {
    return fromHeal ? "heal" : "injection";
  }

  private static Finding neverRecovered(
      Draft draft, Recovery recovery, Interval origin, Duration limit) {
    long atLeastNs = recovery.lastSeenNs() - origin.endNs();
    // No upper bound exists, so there is no measured interval, only this part.
    Measured unserved = Draft.ms(atLeastNs, atLeastNs, limit);
    draft.part("unrecovered-for", unserved);
    String summary =
        "service had not recovered when the load ended, "
            + Draft.seconds(unserved.lower())
            + " after the origin of the RTO";
    return atLeastNs > limit.toNanos()
        ? draft.missed("never-recovered", summary)
        : draft.undetermined("not-recovered-yet", summary);
  }

  private static Finding recovered(
      Draft draft,
      History history,
      Recovery recovery,
      Interval origin,
      Event.@Nullable Healed heal,
      Target target) {
    Duration limit = target.objective().rto();
    boolean heldMatters = target.objective().servesWhileHeld() && heal != null;
    Measured worst = null;
    boolean onlyAfterHeal = false;
    for (Recovery.Outage outage : recovery.outages()) {
      boolean causedByHeal = heldMatters && heal != null && outage.startNs() >= heal.at().startNs();
      Interval from = causedByHeal && heal != null ? heal.at() : origin;
      if (outage.endNs() <= from.startNs()) {
        continue;
      }
      if (heldMatters && heal != null && !causedByHeal && outage.endNs() > heal.at().startNs()) {
        onlyAfterHeal = true;
      }
      Measured one = measure(history, recovery, outage, from, limit);
      worst = worst == null || one.upper() > worst.upper() ? one : worst;
      if (causedByHeal) {
        draft.part("outage-after-heal", one);
      }
    }
    if (worst == null) {
      Measured none = Draft.ms(0, 0, limit);
      return draft
          .measured(none)
          .as(
              Draft.against(none),
              "no-outage",
              "no outage: no gap between surviving acknowledgements exceeded "
                  + Math.min(target.outageThreshold().toMillis(), limit.toMillis())
                  + " ms, so the RTO is 0");
    }
    Verdict verdict = Draft.against(worst);
    draft.measured(worst);
    if (onlyAfterHeal && verdict == Verdict.MET) {
      return draft.undetermined(
          "only-after-heal",
          "service came back only after the fault was healed, although it must while it is held");
    }
    return draft.as(
        verdict,
        "service-back",
        "service was back after %s to %s"
            .formatted(Draft.seconds(worst.lower()), Draft.seconds(worst.upper())));
  }

  private static Measured measure(
      History history, Recovery recovery, Recovery.Outage outage, Interval origin, Duration limit) {
    Interval ack = outage.after().at();
    Event.Write failure = recovery.lastFailureBefore(ack.endNs());
    long backNs = ack.startNs();
    if (failure != null) {
      backNs = Math.max(backNs, failure.at().endNs());
    }
    // A stalled harness may have sent late what would have been served, or begun to count late.
    long late = stalled(history, ack.startNs(), ack.endNs());
    long early = stalled(history, origin.startNs(), origin.endNs());
    return Draft.ms(backNs - origin.endNs() - late, ack.endNs() - origin.startNs() + early, limit);
  }

  /** How long the harness stood still in stalls that touch a window. */
  private static long stalled(History history, long fromNs, long toNs) {
    long sum = 0;
    for (Event.Stalled stall : history.of(Event.Stalled.class)) {
      long from = stall.at().endNs() - Math.max(stall.lateNs(), stall.at().lengthNs());
      if (from <= toNs && stall.at().endNs() >= fromNs) {
        sum += Math.max(stall.lateNs(), 0);
      }
    }
    return sum;
  }
}
