package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.LoadFloor;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerSlice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Enough routed writes were acknowledged right before the fault and after the recovery. */
public final class LoadWasAdequate implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "loadWasAdequate";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, LoadWasAdequate::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    double needed = target.leastLoad() * target.routedRate();
    FindingBuilder draft =
        new FindingBuilder(
            NAME,
            String.format(
                Locale.ROOT,
                "at least %.1f acknowledged writes/s for %d ms before the fault and after recovery",
                needed,
                target.steady().toMillis()));
    Event.Injected disruption = history.faults().disruption();
    Long steady = history.entered("steady");
    if (disruption == null || steady == null) {
      return draft.undetermined(
          disruption == null ? "no-fault" : "no-steady-phase",
          disruption == null ? "no fault was injected" : "there was no steady phase");
    }
    if (!(needed > 0) || target.steady().isZero() || target.steady().isNegative()) {
      return draft.undetermined("no-load-declared", "the target declares no load to reach");
    }
    long lengthNs = target.steady().toNanos();
    long faultNs = firstFault(history, steady, disruption);
    if (faultNs - steady < lengthNs) {
      return draft.undetermined(
          "steady-too-short", "the steady phase before the fault was shorter than declared");
    }
    double before = rate(history, faultNs - lengthNs, faultNs, needed);
    draft.part("before", new Measured(before, before, needed, "per-second"));
    if (before < needed) {
      return draft.undetermined(
          "too-little-before",
          String.format(
              Locale.ROOT, "only %.1f writes/s were acknowledged before the fault", before));
    }
    String sparse = sparse(history, target, faultNs - lengthNs, faultNs);
    if (sparse != null) {
      return draft.undetermined("below-the-floor", sparse);
    }
    Long recoveredNs = recovered(history, target, disruption);
    if (recoveredNs == null) {
      return draft.undetermined(
          "recovery-unknown", "when service recovered is not known, so no load after it counts");
    }
    long endNs = end(history);
    HarnessStalls stalls = history.stalls();
    if (endNs - recoveredNs - stalls.within(recoveredNs, endNs) < lengthNs) {
      return draft.undetermined(
          "too-short-after", "the load after recovery was shorter than declared");
    }
    double after = rate(history, endNs - lengthNs, endNs, needed);
    draft.part("after", new Measured(after, after, needed, "per-second"));
    if (after < needed) {
      return draft.undetermined(
          "too-little-after",
          String.format(Locale.ROOT, "only %.1f writes/s were acknowledged after recovery", after));
    }
    return draft.met(
        "adequate",
        String.format(
            Locale.ROOT,
            "%.1f writes/s were acknowledged before the fault, %.1f after",
            before,
            after));
  }

  /**
   * Why so few writes say nothing of the target, whatever load was declared ({@link LoadFloor});
   * null when there are enough.
   */
  private static @Nullable String sparse(
      LedgerViews history, Target target, long fromNs, long toNs) {
    LoadFloor floor = LoadFloor.of(target.objective());
    long all = acknowledged(history.routed(), fromNs, toNs);
    if (!floor.enough(all)) {
      return "only %d writes were acknowledged before the fault: below %d nothing is said of loss"
          .formatted(all, floor.leastWrites());
    }
    for (String writer : history.routedWriters()) {
      long own = acknowledged(history.routedBy(writer), fromNs, toNs);
      double spacingMs = (toNs - fromNs) / 1e6 / Math.max(1, own);
      if (spacingMs > floor.largestSpacing().toNanos() / 1e6) {
        return String.format(
            Locale.ROOT,
            "writer '%s' was acknowledged every %.0f ms before the fault, and no more than %d ms may pass",
            writer,
            spacingMs,
            floor.largestSpacing().toMillis());
      }
    }
    return null;
  }

  private static long acknowledged(LedgerSlice<Event.Write> writes, long fromNs, long toNs) {
    long acknowledged = 0;
    for (Event.Write write : writes) {
      if (write.acknowledged() && write.at().endNs() >= fromNs && write.at().endNs() <= toNs) {
        acknowledged++;
      }
    }
    return acknowledged;
  }

  /** The first fault of the steady phase: one that only prepares may have come before it. */
  private static long firstFault(LedgerViews history, long steadyNs, Event.Injected disruption) {
    for (Event.Injected fault : history.faults().injected()) {
      if (fault.at().startNs() >= steadyNs) {
        return fault.at().startNs();
      }
    }
    return disruption.at().startNs();
  }

  /**
   * When the last outage ended, and nothing was broken any more; null when that is not known. Each
   * client is asked for its own: one that a doomed primary goes on serving does not recover, and
   * the load of the others is there all the same.
   */
  private static @Nullable Long recovered(
      LedgerViews history, Target target, Event.Injected disruption) {
    var release = history.faults().release();
    Long last = null;
    for (String writer : history.routedWriters()) {
      Long its =
          recovered(new ServiceAvailability(history, target, disruption, writer), disruption);
      last = its == null || (last != null && last > its) ? last : its;
    }
    return release == null || last == null ? null : (Long) Math.max(last, release.endNs());
  }

  private static @Nullable Long recovered(ServiceAvailability recovery, Event.Injected disruption) {
    if (recovery.problem() != null || recovery.certainlyStillOut()) {
      return null;
    }
    List<ServiceAvailability.Outage> outages = recovery.certainOutages();
    return outages.isEmpty() ? disruption.at().endNs() : outages.getLast().endNs();
  }

  /** The end of the converged phase, or the last routed write where that came first. */
  private static long end(LedgerViews history) {
    long end = Long.MIN_VALUE;
    for (Event.Write write : history.routed()) {
      end = Math.max(end, write.at().endNs());
    }
    Long collect = history.entered("collect");
    return collect == null ? end : Math.min(end, collect);
  }

  /**
   * Acknowledged routed writes per second. Where they are too few by the clock, what the harness
   * did not send because it stood still is no want of load; no more than is needed is made of that.
   */
  private static double rate(LedgerViews history, long fromNs, long toNs, double needed) {
    long writes = acknowledged(history.routed(), fromNs, toNs);
    double byClock = writes / ((toNs - fromNs) / 1e9);
    long stood = history.stalls().within(fromNs, toNs);
    double running = writes / (Math.max(1, toNs - fromNs - stood) / 1e9);
    return byClock >= needed ? byClock : Math.min(needed, running);
  }
}
