package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo.Backup;
import io.drillyard.backup.TimelineHistory;
import io.drillyard.backup.TransactionEnds;
import io.drillyard.ledger.Lsn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where the newest timeline left the one before it: the place at which a recovery is most easily
 * sent astray.
 *
 * @param timeline that began there
 * @param from the one that was left
 * @param lsn of its first record
 */
public record TimelineSwitch(long timeline, long from, long lsn) {

  /**
   * The newest switch of a stanza.
   *
   * @throws RestoreChoice.NotThereException when it lies before the backup's end
   */
  public static TimelineSwitch newest(Map<Long, TimelineHistory> histories, Backup backup) {
    // Branches that were given up have histories, too; only the newest timeline's own way counts.
    return histories.values().stream()
        .max(Comparator.comparingLong(TimelineHistory::timeline))
        .map(h -> of(h.timeline(), h.ancestors().getLast()))
        .filter(s -> Long.compareUnsigned(s.lsn(), Lsn.parse(backup.stopLsn())) > 0)
        .orElseThrow(
            () ->
                new RestoreChoice.NotThereException(
                    "no timeline began after backup " + backup.label() + " ended"));
  }

  private static TimelineSwitch of(long timeline, TimelineHistory.Ancestor left) {
    return new TimelineSwitch(timeline, left.timeline(), left.endLsn());
  }

  /**
   * A target beside it.
   *
   * @param wanted {@code before-switch}: without the last transaction of the timeline that was
   *     left; {@code at-switch}: all of that timeline and nothing of the next; {@code
   *     after-switch}: with the first transaction of the next, and no more
   * @param ends transactions around it
   * @throws RestoreChoice.NotThereException when no transaction ended on that side
   */
  public RestoreChoice.Target target(String wanted, List<TransactionEnds.At> ends) {
    return switch (wanted) {
      case "before-switch" ->
          ends.stream()
              .filter(e -> Long.compareUnsigned(e.lsn(), lsn) < 0)
              .max(Comparator.comparing(TransactionEnds.At::time))
              .map(e -> new RestoreChoice.Instantly(e.time().minusNanos(1000)))
              .orElseThrow(() -> none("before"));
      case "at-switch" -> new RestoreChoice.AtSwitch(timeline, Lsn.format(lsn));
      case "after-switch" ->
          ends.stream()
              .filter(e -> Long.compareUnsigned(e.lsn(), lsn) >= 0)
              .min(Comparator.comparing(TransactionEnds.At::time))
              .map(e -> new RestoreChoice.Instantly(e.time()))
              .orElseThrow(() -> none("after"));
      default -> throw new RestoreChoice.NotThereException("no target is called '" + wanted + "'");
    };
  }

  private RestoreChoice.NotThereException none(String side) {
    return new RestoreChoice.NotThereException(
        "no transaction was found just %s timeline %d began at %s"
            .formatted(side, timeline, Lsn.format(lsn)));
  }
}
