package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who serves at the end goes on from who served before, and from nobody else: each serving history
 * descends from the one before it, nothing that had been wiped served again, and nobody archived
 * into a path that is another's. A system identifier alone cannot tell, for restored clusters share
 * it; histories, commits and listings do.
 */
public final class LineageIsClean implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "lineageIsClean";

  private static final int SINCE = 10;

  /** Verb of the look that found nothing left on a host; its subject is the host. */
  public static final String WIPED = "wiped";

  @Override
  public String name() {
    return NAME;
  }

  /** How a plan's step says that a cluster is rebuilt. */
  public static final String REBUILDS = "rebuilt from nothing";

  /** True where a cluster took over from another one, was rebuilt, or was shut down for another. */
  static boolean applies(LedgerViews history) {
    if (history.format() < SINCE) {
      return false;
    }
    return !history.of(ClusterRebuilt.class).isEmpty()
        || LedgerDeclarations.planned(history, REBUILDS)
        || !history.of(HandoverToken.class).isEmpty()
        || history.of(Event.Action.class).stream()
            .map(a -> a.verb().replaceFirst("^" + FollowingClusters.EARLIER, ""))
            .anyMatch(FenceHeld.TAKEOVERS::contains);
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, LineageIsClean::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "who serves goes on from who served before, and from nobody else");
    history.of(ClusterRebuilt.class).forEach(rebuilt -> figures(draft, rebuilt));
    Findings findings = new Findings(history);
    findings.descent();
    history.of(ClusterRebuilt.class).forEach(findings::rebuilt);
    findings.unseen();
    findings.paths();
    draft.details(findings.wrong);
    if (!findings.wrong.isEmpty()) {
      return draft.missed("lineage-broken", findings.wrong.getFirst());
    }
    draft.details(findings.doubts);
    return findings.doubts.isEmpty()
        ? draft.met("lineage-clean", findings.words())
        : draft.undetermined("lineage-in-doubt", findings.doubts.getFirst());
  }

  /** What was moved to rebuild a cluster, and how long that took. */
  private static void figures(FindingBuilder draft, ClusterRebuilt rebuilt) {
    String cluster = "-" + rebuilt.cluster();
    draft.part(
        "rebuilt" + cluster,
        FindingBuilder.ms(rebuilt.at().lengthNs(), rebuilt.at().lengthNs(), null));
    ClusterRebuilt.Restored restored = rebuilt.restored();
    if (restored == null) {
      return;
    }
    draft.detail(
        "%s got its data out of backup %s of %s"
            .formatted(rebuilt.cluster(), restored.label(), restored.from()));
    long copied = restored.copied().lengthNs();
    draft.part("copied" + cluster, FindingBuilder.ms(copied, copied, null));
    bytes(draft, "copied-bytes" + cluster, restored.bytes());
    // It had caught up at some time before the look that saw it.
    draft.part("caught-up" + cluster, FindingBuilder.ms(0, restored.caughtUp().lengthNs(), null));
    bytes(draft, "wal-to-catch-up" + cluster, restored.walBytes());
  }

  private static void bytes(FindingBuilder draft, String name, @Nullable Long bytes) {
    if (bytes != null) {
      draft.part(name, new Measured(bytes, bytes, null, "bytes"));
    }
  }

  /** What is wrong with the descent of a ledger's clusters, and what is not known of it. */
  private static final class Findings {
    private final LedgerViews history;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> served = new ArrayList<>();

    Findings(LedgerViews history) {
      this.history = history;
    }

    String words() {
      return "every serving history descends from the one before it: " + String.join(", ", served);
    }

    /** From the first who accepted commits to the last: each goes on where one before it was. */
    void descent() {
      MemberCommitSpan before = null;
      for (MemberCommitSpan span : history.spells()) {
        TimelineBranch branch = span.branch();
        if (branch == null) {
          doubts.add("nobody read of which history " + span.words() + " is, which took commits");
          continue;
        }
        TimelineBranch last = before == null ? null : before.branch();
        if (before != null && last != null && !last.leadsTo(branch)) {
          wrong.add(
              "%s took commits after %s had, and does not descend from it"
                  .formatted(span.words(), before.words()));
        } else if (before != null
            && last != null
            && !last.equals(branch)
            && before.lastSentNs() > span.firstReturnedNs()) {
          wrong.add(
              "%s took commits after %s, which descends from it, had"
                  .formatted(before.words(), span.words()));
        }
        served.add(span.member() + " on timeline " + span.timeline());
        before = span;
      }
      if (before == null) {
        doubts.add("nobody was seen to take a commit");
      }
    }

    /** Nothing of the incarnation that was given up served again, or while it was taken away. */
    void rebuilt(ClusterRebuilt rebuilt) {
      Set<String> wiped = new HashSet<>();
      for (Event.Action look : history.of(Event.Action.class)) {
        if (look.verb().equals(WIPED)
            && look.at().startNs() >= rebuilt.at().startNs()
            && look.at().endNs() <= rebuilt.at().endNs()) {
          wiped.add(look.subject());
        }
      }
      for (Event.Member member : history.members().values()) {
        if (member.cluster().equals(rebuilt.cluster()) && !wiped.contains(member.name())) {
          doubts.add(
              "nobody saw that %s was wiped before %s was rebuilt"
                  .formatted(member.name(), rebuilt.cluster()));
        }
      }
      for (MemberCommitSpan span : history.spells()) {
        if (!rebuilt.cluster().equals(history.cluster(span.member()))) {
          continue;
        }
        boolean earlier = span.firstSentNs() < rebuilt.at().startNs();
        if (earlier && span.lastSentNs() > rebuilt.at().endNs()) {
          wrong.add(
              "%s took commits again after %s had been wiped"
                  .formatted(span.words(), span.member()));
        }
        if (span.commits().stream()
            .anyMatch(
                c ->
                    c.at().startNs() > rebuilt.at().startNs()
                        && c.at().endNs() < rebuilt.at().endNs())) {
          wrong.add(
              "%s took commits while %s was rebuilt".formatted(span.words(), rebuilt.cluster()));
        }
      }
    }

    /** What was planned to be rebuilt was, and the ledger tells of it. */
    void unseen() {
      if (history.of(ClusterRebuilt.class).size()
          < LedgerDeclarations.plannedTimes(history, REBUILDS)) {
        doubts.add("a cluster was to be rebuilt, and the ledger does not tell that it was");
      }
    }

    /** What lies in a path is of timelines that its own cluster served, not of another's. */
    void paths() {
      ArchiveOwners owners = new ArchiveOwners(history);
      String unlisted = owners.unlisted();
      if (unlisted != null) {
        doubts.add(unlisted);
      }
      wrong.addAll(owners.strangers());
    }
  }
}
