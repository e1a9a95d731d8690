package io.drillyard.check;

import io.drillyard.backup.UnreadableException;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WalSwitched;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * After a failover every WAL segment is archived from the oldest backup to the serving leader's
 * last one, on the branch that serves.
 *
 * <p>A standby marks what it receives as archived by somebody else, so that what only a lost
 * primary had and had not archived yet is nowhere: a restore of any backup from before ends there,
 * whatever the new leader archives, until another full backup is taken.
 */
public final class ArchiveIsContinuous implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "archiveIsContinuous";

  /** The first format of ledgers in which the serving leader ends its segment for the judge. */
  private static final int SWITCHED_SINCE = 7;

  @Override
  public String name() {
    return NAME;
  }

  /** True where a leader was replaced or a site lost, in ledgers that are new enough. */
  static boolean applies(LedgerViews history) {
    boolean told = history.format() >= SWITCHED_SINCE;
    return told && (failedOver(history) || Disruption.SITE_LOSS.word().equals(disruption(history)));
  }

  private static String disruption(LedgerViews history) {
    return history.of(Event.Opened.class).stream()
        .map(Event.Opened::disruption)
        .findFirst()
        .orElse("");
  }

  /** Commits were accepted on more than one timeline, or by more than one cluster. */
  private static boolean failedOver(LedgerViews history) {
    Set<String> served = new HashSet<>();
    try {
      for (MemberCommitSpan spell : history.spells()) {
        served.add(history.cluster(spell.member()) + " " + spell.timeline());
      }
    } catch (RuntimeException e) {
      // A forged ledger can hold anything; whoever judges it says so.
      return true;
    }
    return served.size() > 1;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, ArchiveIsContinuous::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(
            NAME, "every segment from the oldest backup to the last one is archived");
    UnprotectedTime.add(draft, history);
    WalSwitched end = end(history, target);
    if (end == null) {
      return draft.undetermined(
          "segment-not-ended", "the serving leader was not told to end its segment");
    }
    if (end.problem() != null) {
      return draft.undetermined(
          "segment-not-ended", "the serving leader's segment was not ended: " + end.problem());
    }
    TimelineBranch branch = history.branches().resolve(end.member(), end.timeline());
    if (branch == null) {
      return draft.undetermined(
          "branch-not-known",
          "from where timeline %d came that %s serves is not known"
              .formatted(end.timeline(), end.member()));
    }
    try {
      return new ArchivedWalPath(history, end, branch, draft).judged();
    } catch (UnreadableException e) {
      return draft.undetermined("names-not-understood", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The first order that was carried out: a fault that the plan left in force is judged as it lies,
   * and not as the harness's own clearing up leaves it. Without any, the last.
   */
  private static @Nullable WalSwitched end(LedgerViews history, Target target) {
    WalSwitched last = null;
    for (WalSwitched each : history.of(WalSwitched.class)) {
      if (each.cluster().equals(target.survivingCluster())) {
        if (each.problem() == null && each.archived()) {
          return each;
        }
        last = each;
      }
    }
    return last;
  }
}
