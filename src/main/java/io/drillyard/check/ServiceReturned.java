package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.time.Duration;
import java.util.List;
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
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, ServiceReturned::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    Finding worst = WorstClient.of(history, writer -> assess(history, target, writer));
    return worst == null
        ? draft(target).undetermined("no-client", "no routed client wrote anything")
        : worst;
  }

  private static FindingBuilder draft(Target target) {
    return new FindingBuilder(
        NAME, "service " + target.objective().rto().toMillis() + " ms after the last heal");
  }

  private static Finding assess(LedgerViews history, Target target, String writer) {
    Duration limit = target.objective().rto();
    FindingBuilder draft = draft(target);
    Event.Injected first = history.faults().disruption();
    Interval release = history.faults().release();
    if (first == null || release == null) {
      return draft.undetermined(
          first == null ? "no-fault" : "not-healed",
          first == null ? "no fault was injected" : "a fault was never healed");
    }
    ServiceAvailability recovery = new ServiceAvailability(history, target, first, writer);
    String doubt = doubt(history, recovery, first, release, target, writer);
    if (doubt != null) {
      return draft.undetermined("service-in-doubt", doubt);
    }
    if (recovery.stillOut()) {
      return notReturned(draft, recovery, release, limit);
    }
    draft.part(
        "longest-gap", FindingBuilder.ms(recovery.longestGapNs(), recovery.longestGapNs(), null));
    OutageTimes longest = times(history, recovery, target, release, recovery.outages());
    Measured upper = longest.worst();
    double upperMs = upper == null ? 0 : upper.upper();
    double lowerMs = times(history, recovery, target, release, recovery.certainOutages()).lower();
    Measured measured =
        new Measured(Math.min(lowerMs, upperMs), upperMs, limit.toNanos() / 1e6, "ms");
    return draft
        .measured(measured)
        .as(
            FindingBuilder.against(measured),
            upper == null ? "service-stayed" : "service-back",
            upper == null
                ? "service was there at the last heal, and stayed"
                : "service was back %s after the last heal"
                    .formatted(FindingBuilder.seconds(measured.upper())));
  }

  /** Of the outages that reached beyond the last heal: others are none of its doing. */
  private static OutageTimes times(
      LedgerViews history,
      ServiceAvailability recovery,
      Target target,
      Interval release,
      List<ServiceAvailability.Outage> outages) {
    return new OutageTimes(history, recovery, target, release, release)
        .of(outages.stream().filter(o -> o.endNs() > release.startNs()).toList());
  }

  private static Finding notReturned(
      FindingBuilder draft, ServiceAvailability recovery, Interval release, Duration limit) {
    long untilNs = recovery.unservedUntilNs();
    long atLeastNs =
        untilNs - release.endNs() - recovery.stalls().longWithin(release.startNs(), untilNs);
    Measured unserved = FindingBuilder.ms(atLeastNs, atLeastNs, limit);
    draft.part("unserved-for", unserved);
    String summary =
        "service had not returned when the load ended, at least %s after the last heal"
            .formatted(FindingBuilder.seconds(unserved.lower()));
    return atLeastNs > limit.toNanos() && recovery.certainlyStillOut()
        ? draft.missed("never-returned", summary)
        : draft.undetermined("not-returned-yet", summary);
  }

  private static @Nullable String doubt(
      LedgerViews history,
      ServiceAvailability recovery,
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
    if (!recovery.servedAt(first)) {
      return "service was not there when the first fault was injected";
    }
    if (recovery.lastSeenNs() <= release.endNs()) {
      return "writer '" + writer + "' tried nothing after the last heal";
    }
    long lastNs = RecoveryTime.lastRouted(history, target);
    long silentNs =
        lastNs - recovery.lastSeenNs() - history.stalls().within(recovery.lastSeenNs(), lastNs);
    return silentNs > ProbeCoverage.BLIND_MAX_NS
        ? "writer '" + writer + "' stopped before the load ended"
        : null;
  }
}
