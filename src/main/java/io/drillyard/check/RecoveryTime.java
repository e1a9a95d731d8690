package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.OperatorTimes;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerSlice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Routed clients were served again within the declared time. */
public final class RecoveryTime implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "recoveryTime";

  /** Part: the recovery without what people take; there only where something is declared. */
  public static final String TECHNICAL = "technical";

  /** Part: what is declared for people until somebody knows. */
  public static final String DETECTION = "declared-detection";

  /** Part: what is declared for people from then until they order a promotion. */
  public static final String DECISION = "declared-decision";

  /** Part: what people took to approve, measured, instead of what is declared for it. */
  public static final String DECIDED = "decision";

  /** The link of the primary's site is down. */
  private static final String SITE_CUT = "site-cut";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, RecoveryTime::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    Finding worst = WorstClient.of(history, writer -> assess(history, target, writer));
    return worst == null ? assess(history, target, null) : worst;
  }

  private static Finding assess(LedgerViews history, Target target, @Nullable String writer) {
    Duration limit = target.objective().rto();
    Event.Injected fault = history.faults().disruption();
    // What is momentary holds nothing that could be healed.
    boolean cutOff = fault != null && writer != null && cutOff(history, fault, writer);
    boolean fromHeal =
        cutOff
            || (!target.objective().servesWhileHeld() && (fault == null || !fault.holdsNothing()));
    String words = "RTO " + limit.toMillis() + " ms from the " + (fromHeal ? "heal" : "injection");
    FindingBuilder draft = new FindingBuilder(NAME, words);
    if (fault == null) {
      return draft.undetermined("no-fault", "no fault was injected");
    }
    Event.Healed heal = history.faults().healOf(fault);
    if (fromHeal && heal == null) {
      return draft.undetermined(
          "not-healed",
          "fault '" + fault.fault() + "' was never healed, and the RTO runs from the heal");
    }
    ServiceAvailability recovery = new ServiceAvailability(history, target, fault, writer);
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
    if (!recovery.servedAt(fault)) {
      return draft.undetermined(
          "no-service-before", "service was not there when the fault was injected");
    }
    if (recovery.lastSeenNs() <= origin.endNs()) {
      return draft.undetermined(
          "nothing-attempted", "no routed write was attempted after the " + originWord(fromHeal));
    }
    long lastNs = lastRouted(history, target);
    long silentNs =
        lastNs - recovery.lastSeenNs() - history.stalls().within(recovery.lastSeenNs(), lastNs);
    if (silentNs > ProbeCoverage.BLIND_MAX_NS) {
      return draft.undetermined(
          "client-fell-silent",
          "writer '%s' sent nothing in the last %s of the load: how it was served is not known"
              .formatted(writer, FindingBuilder.seconds(silentNs / 1e6)));
    }
    if (recovery.stillOut()) {
      return neverRecovered(draft, history, recovery, origin, heal, fromHeal, target);
    }
    Interval healed = !fromHeal && heal != null ? heal.at() : null;
    return recovered(draft, history, recovery, origin, healed, target);
  }

  /**
   * Clients at a site whose link is cut live on, and nobody can serve them before the heal but the
   * old primary beside them, which must not.
   */
  private static boolean cutOff(LedgerViews history, Event.Injected fault, String writer) {
    if (!fault.type().equals(SITE_CUT)) {
      return false;
    }
    String leader = LeadershipHistory.leaderBefore(history, fault);
    Event.Member member = leader == null ? null : history.members().get(leader);
    LedgerSlice<Event.Write> own = history.routedBy(writer);
    return member != null && !own.isEmpty() && own.get(0).site().equals(member.site());
  }

  /** When the last routed write that is judged returned. */
  static long lastRouted(LedgerViews history, Target target) {
    SurvivingRows survivors = history.survivors(target);
    long endNs = ServiceAvailability.loadEnd(history);
    long last = Long.MIN_VALUE;
    for (Event.Write write : history.routed()) {
      boolean told = survivors.covers(write) && write.at().endNs() <= endNs;
      last = told ? Math.max(last, write.at().endNs()) : last;
    }
    return last;
  }

  private static String originWord(boolean fromHeal) {
    return fromHeal ? "heal" : "injection";
  }

  private static Finding neverRecovered(
      FindingBuilder draft,
      LedgerViews history,
      ServiceAvailability recovery,
      Interval origin,
      Event.@Nullable Healed heal,
      boolean fromHeal,
      Target target) {
    Duration limit = target.objective().rto();
    Interval healed = !fromHeal && heal != null ? heal.at() : null;
    Event.Write served = recovery.lastServed();
    OutageTimes times = new OutageTimes(history, recovery, target, origin, healed);
    Interval from = served == null ? origin : times.of(recovery.certainOutages()).open(served.at());
    long untilNs = recovery.unservedUntilNs();
    long waitedNs = times.waitedNs(from);
    if (waitedNs > 0) {
      people(draft, history, target);
    }
    long atLeastNs =
        untilNs - from.endNs() - recovery.stalls().longWithin(from.startNs(), untilNs) + waitedNs;
    // No upper bound exists, so there is no measured interval, only this part.
    Measured unserved = FindingBuilder.ms(atLeastNs, atLeastNs, limit);
    draft.part("unrecovered-for", unserved);
    String summary =
        "service had not recovered when the load ended, at least "
            + FindingBuilder.seconds(unserved.lower())
            + " after what it is timed from";
    return atLeastNs > limit.toNanos() && recovery.certainlyStillOut()
        ? draft.missed("never-recovered", summary)
        : draft.undetermined("not-recovered-yet", summary);
  }

  private static Finding recovered(
      FindingBuilder draft,
      LedgerViews history,
      ServiceAvailability recovery,
      Interval origin,
      @Nullable Interval heal,
      Target target) {
    Duration limit = target.objective().rto();
    OutageTimes longest =
        new OutageTimes(history, recovery, target, origin, heal).of(recovery.outages());
    OutageTimes certain =
        new OutageTimes(history, recovery, target, origin, heal).of(recovery.certainOutages());
    Measured afterHeal = longest.afterHeal();
    if (afterHeal != null) {
      draft.part("outage-after-heal", afterHeal);
    }
    Measured upper = longest.worst();
    if (upper == null) {
      Measured none = FindingBuilder.ms(0, 0, limit);
      return draft
          .measured(none)
          .as(
              FindingBuilder.against(none),
              "no-outage",
              "no outage: no gap between surviving acknowledgements exceeded "
                  + ServiceAvailability.thresholdNs(target) / 1_000_000
                  + " ms, so the RTO is 0");
    }
    // Where only the harness's own stall makes an outage, nobody knows whether there was one.
    double lower = Math.min(certain.lower(), upper.upper());
    double declared = longest.worstWaitedNs() / 1e6;
    if (declared > 0) {
      people(draft, history, target);
      Double decided = PromotionApproval.decidedMs(history);
      double taken = declared + (decided == null ? 0 : decided);
      draft.part(
          TECHNICAL,
          new Measured(
              Math.max(0, lower - taken), Math.max(0, upper.upper() - taken), null, upper.unit()));
    }
    Measured measured = new Measured(lower, upper.upper(), upper.limit(), upper.unit());
    Verdict verdict = FindingBuilder.against(measured);
    draft.measured(measured);
    if (longest.onlyAfterHeal() && verdict == Verdict.MET) {
      return draft.undetermined(
          "only-after-heal",
          "service came back only after the fault was healed, although it must while it is held");
    }
    return draft.as(
        verdict,
        "service-back",
        "service was back after %s to %s%s"
            .formatted(
                FindingBuilder.seconds(measured.lower()),
                FindingBuilder.seconds(measured.upper()),
                declared == 0
                    ? ""
                    : ", of which %s are declared for people, whom the drill simulates"
                        .formatted(FindingBuilder.seconds(declared))));
  }

  /** What people take before they order a promotion, as it is declared, or as they took it. */
  private static void people(FindingBuilder draft, LedgerViews history, Target target) {
    OperatorTimes people = target.objective().people();
    if (people != null) {
      Double decided = PromotionApproval.decidedMs(history);
      draft.part(DETECTION, declared(people.detection()));
      draft.part(
          decided == null ? DECISION : DECIDED,
          decided == null
              ? declared(people.decision())
              : new Measured(decided, decided, null, "ms"));
    }
  }

  private static Measured declared(Duration time) {
    return FindingBuilder.ms(time.toNanos(), time.toNanos(), null);
  }
}
