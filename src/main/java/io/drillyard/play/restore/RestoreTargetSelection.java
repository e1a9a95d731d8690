package io.drillyard.play.restore;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.TransactionEnds;
import io.drillyard.backup.WalSegment;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.check.backup.TimelineSwitch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets that can be chosen only when the archive was read: until then they are the latest. */
final class RestoreTargetSelection {
  private static final String RANDOM = "random-instant";

  /** Segments to either side of a switch in which a transaction is looked for. */
  private static final int SEARCH = 4;

  private final RepositoryUnderTest setting;
  private final @Nullable InformationLook seen;
  private final long seed;

  RestoreTargetSelection(RepositoryUnderTest setting, @Nullable InformationLook seen, long seed) {
    this.setting = setting;
    this.seen = seen;
    this.seed = seed;
  }

  /**
   * The choice as it has to be; the backup must have been copied to the sandbox.
   *
   * @param end what is known of the archive's end
   * @throws RestoreChoice.NotThereException when there is no such target
   */
  RestoreChoice settle(RestoreChoice chosen, TargetReached.@Nullable Expected end) {
    String wanted = setting.policy().target();
    InformationLook what = seen;
    if (!RestoreChoice.isLater(wanted)
        || what == null
        || what.backups() == null
        || what.archive() == null) {
      return chosen;
    }
    if (wanted.equals(RANDOM)) {
      Instant newest = end == null ? null : end.lastCommit();
      return RestoreChoice.of(what.backups(), chosen.backup().label(), RANDOM, seed, newest);
    }
    TimelineSwitch at = TimelineSwitch.newest(what.histories(), chosen.backup());
    List<TransactionEnds.At> ends =
        wanted.equals("at-switch") ? List.of() : around(at, what.archive());
    return new RestoreChoice(seed, chosen.backup(), at.target(wanted, ends));
  }

  /**
   * The new timeline's first segment begins with what the old one had written of it; the others
   * before it are the old one's.
   */
  private List<TransactionEnds.At> around(TimelineSwitch at, ArchiveListing archive) {
    long number = Long.divideUnsigned(at.lsn(), archive.segmentBytes());
    List<TransactionEnds.At> ends = new ArrayList<>();
    for (int step = -SEARCH; step <= SEARCH; step++) {
      WalSegment segment =
          new WalSegment(step < 0 ? at.from() : at.timeline(), Math.max(0, number + step));
      if (archive.has(segment)) {
        ends.addAll(setting.sandbox().wal().transactionEnds(segment.name(archive.segmentBytes())));
      }
    }
    return ends;
  }
}
