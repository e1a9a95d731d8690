package io.drillyard.check.backup;

import io.drillyard.backup.ArchiveBranches;
import io.drillyard.check.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the archive holds beside the branch that is restored, by its commit records.
 *
 * @param newest time of the last commit of the branch that is followed; null: none was found, or
 *     there is no other branch
 * @param others all other branches
 */
public record BranchLook(@Nullable Instant newest, List<NewestBranch.Other> others)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    InformationLook what = test.information();
    if (what == null || what.backups() == null || what.archive() == null) {
      return RungFindings.undetermined(Rung.BRANCH, "The archive could not be read.");
    }
    long end = what.followed(test.terms());
    return NewestBranch.judge(
        end,
        newest,
        others,
        ArchiveBranches.historiesAlone(what.archive(), end),
        test.terms().timeline() != null);
  }
}
