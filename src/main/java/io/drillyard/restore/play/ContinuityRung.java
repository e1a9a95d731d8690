package io.drillyard.restore.play;

import io.drillyard.backup.Continuity;
import io.drillyard.check.Finding;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.TestLimit;
import io.drillyard.ledger.Lsn;
import io.drillyard.target.RestorePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the backup, and follows its way through the archive to the target. */
final class ContinuityRung {
  private final Setting setting;
  private final BranchRung branch;
  private final long seed;
  private @Nullable Choice choice;
  private @Nullable Continuity way;

  ContinuityRung(Setting setting, BranchRung branch, long seed) {
    this.setting = setting;
    this.branch = branch;
    this.seed = seed;
  }

  /** What was chosen; null before it was judged, or when there is no such backup. */
  @Nullable Choice choice() {
    return choice;
  }

  /** The way to the target; null before it was judged. */
  @Nullable Continuity way() {
    return way;
  }

  /**
   * How long a test of that size may take; to be asked after it was judged.
   *
   * @param sizes of all objects of the stanza
   */
  Duration limit(Map<String, Long> sizes, Vault.@Nullable Seen what) {
    Choice chosen = choice;
    Continuity followed = way;
    long wal =
        what == null || what.archive() == null || followed == null
            ? 0
            : followed.required() * what.archive().segmentBytes();
    Duration rto = setting.policy().rto();
    Duration size =
        TestLimit.bySize(
            sizes.values().stream().mapToLong(Long::longValue).sum(),
            sizes.size(),
            chosen == null ? 0 : chosen.backup().bytes(),
            wal);
    // A test that is cut off before its target is over can miss nothing.
    return rto == null ? size : size.plus(rto);
  }

  /** Judges what was read of the repository. */
  Finding judge(Vault.@Nullable Seen what) {
    if (what == null || what.backups() == null || what.archive() == null) {
      return Judged.missed(
          Rung.CONTINUITY, "Without usable information no way can be followed.", List.of());
    }
    RestorePolicy policy = setting.policy();
    Choice chosen;
    try {
      String target = Settling.provisional(policy.target());
      chosen = Choice.of(what.backups(), policy.backup(), target, seed, null);
    } catch (Choice.NotThereException e) {
      return Judged.missed(Rung.CONTINUITY, String.valueOf(e.getMessage()), List.of());
    }
    choice = chosen;
    Long lsn = chosen.target() instanceof Choice.BeforeBackup b ? (Long) Lsn.parse(b.lsn()) : null;
    long end = branch.followed(what.backups(), what.archive());
    Continuity followed =
        Continuity.of(chosen.backup(), what.archive(), what.histories(), end, lsn);
    way = followed;
    List<String> details = new ArrayList<>(followed.problems());
    followed
        .stretches()
        .forEach(
            s ->
                details.add(
                    "timeline %d: segments %d to %d".formatted(s.timeline(), s.first(), s.last())));
    details.addAll(followed.remarks());
    details.add("By names and histories; contents are proved only where they are replayed.");
    return followed.whole()
        ? Judged.met(
            Rung.CONTINUITY,
            "All %,d segments from backup %s to %s are there, on %d timelines."
                .formatted(
                    followed.required(),
                    chosen.backup().label(),
                    chosen.target().words(),
                    followed.stretches().size()),
            details)
        : Judged.missed(
            Rung.CONTINUITY,
            "From backup %s: %s."
                .formatted(chosen.backup().label(), String.join("; ", followed.problems())),
            details);
  }
}
