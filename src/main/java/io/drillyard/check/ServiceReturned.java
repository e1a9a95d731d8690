package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.target.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Once every fault of a storm was healed, routed clients were served again within the declared
 * time. While faults overlap nobody promises service.
 */
public final class ServiceReturned implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "serviceReturned";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, ServiceReturned::assess);
  }

  private static Finding assess(History history, Target target) {
    Finding worst = WorstClient.of(history, writer -> assess(history, target, writer));
    return worst == null
        ? draft(target).undetermined("no-client", "no routed client wrote anything")
        : worst;
  }

  private static Draft draft(Target target) {
    return new Draft(
        NAME, "service " + target.objective().rto().toMillis() + " ms after the last heal");
  }

  private static Finding assess(History history, Target target, String writer) {
    Duration limit = target.objective().rto();
    Draft draft = draft(target);
    Event.Injected first = history.faults().disruption();
    Interval release = history.faults().release();
    if (first == null || release == null) {
      return draft.undetermined(
          first == null ? "no-fault" : "not-healed",
          first == null ? "no fault was injected" : "a fault was never healed");
    }
    Recovery recovery = new Recovery(history, target, first, writer);
    String doubt = doubt(history, recovery, first, release, target, writer);
    if (doubt != null) {
      return draft.undetermined("service-in-doubt", doubt);
    }
    if (recovery.stillOut()) {
      long atLeastNs = recovery.lastSeenNs() - release.endNs();
      draft.part("unserved-for", Draft.ms(atLeastNs, atLeastNs, limit));
      String summary =
          "service had not returned when the load ended, %s after the last heal"
              .formatted(Draft.seconds(atLeastNs / 1e6));
      return atLeastNs > limit.toNanos()
          ? draft.missed("never-returned", summary)
          : draft.undetermined("not-returned-yet", summary);
    }
    draft.part("longest-gap", Draft.ms(recovery.longestGapNs(), recovery.longestGapNs(), null));
    Interval back = null;
    for (Recovery.Outage outage : recovery.outages()) {
      // An outage that ended before everything was healed is none of the last heal's.
      back = outage.endNs() > release.startNs() ? outage.after().at() : back;
    }
    Measured measured =
        back == null
            ? Draft.ms(0, 0, limit)
            : Draft.ms(
                back.startNs() - release.endNs() - stalled(history, back),
                back.endNs() - release.startNs() + stalled(history, release),
                limit);
    return draft
        .measured(measured)
        .as(
            Draft.against(measured),
            back == null ? "service-stayed" : "service-back",
            back == null
                ? "service was there at the last heal, and stayed"
                : "service was back %s after the last heal"
                    .formatted(Draft.seconds(measured.upper())));
  }

  private static @Nullable String doubt(
      History history,
      Recovery recovery,
      Event.Injected first,
      Interval release,
      Target target,
      String writer) {
    if (recovery.problem() != null) {
      return "which acknowledgements survive is not known: " + recovery.problem();
    }
    if (recovery.last() == null) {
      return "no routed write was acknowledged and survived in the whole run";
    }
    if (!recovery.servedAt(first, target)) {
      return "service was not there when the first fault was injected";
    }
    if (recovery.lastSeenNs() <= release.endNs()) {
      return "writer '" + writer + "' tried nothing after the last heal";
    }
    long lastNs = Long.MIN_VALUE;
    for (Event.Write write : history.routed()) {
      lastNs =
          history.survivors(target).covers(write) ? Math.max(lastNs, write.at().endNs()) : lastNs;
    }
    return lastNs - recovery.lastSeenNs() > Coverage.BLIND_MAX_NS
        ? "writer '" + writer + "' stopped before the load ended"
        : null;
  }

  /** How long the harness stood still in stalls that touch a window. */
  private static long stalled(History history, Interval window) {
    long sum = 0;
    for (Event.Stalled stall : history.of(Event.Stalled.class)) {
      long from = stall.at().endNs() - Math.max(stall.lateNs(), stall.at().lengthNs());
      if (from <= window.endNs() && stall.at().endNs() >= window.startNs()) {
        sum += Math.max(stall.lateNs(), 0);
      }
    }
    return sum;
  }
}
