package io.drillyard.check.backup;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an earlier run saw in a repository. Time only goes forward: what is newest may be joined by
 * something newer, and what is oldest may expire; anything else means that the repository was put
 * back, or that it is another one.
 *
 * @param systemId of the database that it held
 * @param newestBackup label
 * @param newestSegments number of the newest segment, by timeline
 */
public record EarlierRepositoryState(
    String systemId, String newestBackup, Map<Long, Long> newestSegments) {

  /** What is there now, to be remembered. */
  public static EarlierRepositoryState of(BackupInfo info, ArchiveListing archive) {
    Map<Long, Long> newest = new LinkedHashMap<>();
    archive.segments().forEach((timeline, numbers) -> newest.put(timeline, numbers.last()));
    return new EarlierRepositoryState(
        info.database().systemId(),
        info.backups().isEmpty() ? "" : info.backups().getLast().label(),
        newest);
  }

  /** What is there no more although it should be; empty when time went forward. */
  public List<String> lostSince(BackupInfo info, ArchiveListing archive) {
    List<String> lost = new ArrayList<>();
    if (!systemId.equals(info.database().systemId())) {
      lost.add(
          "an earlier run saw the backups of system %s here, now they are of %s"
              .formatted(systemId, info.database().systemId()));
      return lost;
    }
    String newest = info.backups().isEmpty() ? "" : info.backups().getLast().label();
    // Labels begin with the time at which they were taken, children's after their parent's.
    if (!newestBackup.isEmpty() && time(newest).compareTo(time(newestBackup)) < 0) {
      lost.add(
          "an earlier run saw backup %s; the newest is %s now"
              .formatted(newestBackup, newest.isEmpty() ? "none" : newest));
    }
    newestSegments.forEach(
        (timeline, number) -> {
          var numbers = archive.segments().get(timeline);
          boolean older = numbers != null && numbers.last() < number;
          boolean gone = numbers == null && timeline > archive.newestTimeline();
          if (older || gone) {
            lost.add(
                "an earlier run saw timeline %d archived up to %s; now it ends before"
                    .formatted(timeline, Lsn.format((number + 1) * archive.segmentBytes())));
          }
        });
    return lost;
  }

  private static String time(String label) {
    return label.isEmpty() ? "" : label.replaceAll("^.*_", "").replaceAll("[FDI]$", "");
  }
}
