package io.drillyard.restore.play;

import io.drillyard.backup.ArchiveBranches;
import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.WalSegment;
import io.drillyard.check.Finding;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.NewestBranch;
import io.drillyard.check.backup.Rung;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** Which branch of history is followed, and what lies beside it. */
final class BranchRung {
  private final Setting setting;

  BranchRung(Setting setting) {
    this.setting = setting;
  }

  /** The timeline that recovery follows. */
  long followed(BackupInfo backups, ArchiveListing archive) {
    Long told = setting.policy().timeline();
    return told == null ? ArchiveBranches.newest(archive, backups) : told;
  }

  /** Commit records alone tell which branch is the newest; most archives have one alone. */
  Finding judge(Vault.@Nullable Seen what) {
    if (what == null || what.backups() == null || what.archive() == null) {
      return Judged.undetermined(Rung.BRANCH, "The archive could not be read.");
    }
    ArchiveListing archive = what.archive();
    long bytes = archive.segmentBytes();
    long end = followed(what.backups(), archive);
    List<NewestBranch.Other> others = new ArrayList<>();
    for (ArchiveBranches.Beside beside : ArchiveBranches.of(archive, what.histories(), end)) {
      others.add(setting.sandbox().wal().beside(beside, bytes));
    }
    NavigableSet<Long> own = archive.segments().get(end);
    Instant newest =
        others.isEmpty() || own == null
            ? null
            : setting
                .sandbox()
                .wal()
                .newest(new WalSegment(end, own.first()), new WalSegment(end, own.last()), bytes);
    return NewestBranch.judge(
        end,
        newest,
        others,
        ArchiveBranches.historiesAlone(archive, end),
        setting.policy().timeline() != null);
  }

  /** What recovery is told to follow: a history alone would lead it away; null: the newest. */
  @Nullable Long timeline(Vault.@Nullable Seen what, Choice settled) {
    Long told = setting.policy().timeline();
    if (told != null || what == null || what.backups() == null || what.archive() == null) {
      return told;
    }
    return Math.max(followed(what.backups(), what.archive()), settled.backup().timeline());
  }
}
