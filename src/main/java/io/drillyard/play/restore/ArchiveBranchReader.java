package io.drillyard.play.restore;

import io.drillyard.backup.ArchiveBranches;
import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.WalSegment;
import io.drillyard.check.backup.BranchLook;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.NewestBranch;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.RestoreTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** Reads what lies beside the branch of history that is followed. */
final class ArchiveBranchReader {
  private final RepositoryUnderTest setting;
  private final RestoreTerms terms;

  ArchiveBranchReader(RepositoryUnderTest setting, RestoreTerms terms) {
    this.setting = setting;
    this.terms = terms;
  }

  /** Commit records alone tell which branch is the newest; most archives have one alone. */
  BranchLook look(@Nullable InformationLook what) {
    if (what == null || what.backups() == null || what.archive() == null) {
      return new BranchLook(null, List.of());
    }
    ArchiveListing archive = what.archive();
    long bytes = archive.segmentBytes();
    long end = what.followed(terms);
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
    return new BranchLook(newest, others);
  }

  /** What recovery is told to follow: a history alone would lead it away; null: the newest. */
  @Nullable Long timeline(@Nullable InformationLook what, RestoreChoice settled) {
    Long told = terms.timeline();
    if (told != null || what == null || what.backups() == null || what.archive() == null) {
      return told;
    }
    return Math.max(what.followed(terms), settled.backup().timeline());
  }
}
