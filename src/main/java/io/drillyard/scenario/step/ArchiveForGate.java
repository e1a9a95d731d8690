package io.drillyard.scenario.step;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.InfoFile;
import io.drillyard.backup.TimelineHistory;
import io.drillyard.backup.UnreadableException;
import io.drillyard.backup.WalContinuity;
import io.drillyard.backup.WalSegment;
import io.drillyard.declaration.ClusterPlan;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.Lsn;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a lost cluster left in its repository, as the gate before a restore has to know it: whether
 * the way from its newest backup to the end of its archive is whole, and when the last segment of
 * that way arrived. Names, times and the small files alone are read.
 */
final class ArchiveForGate {
  private static final int PROBLEMS_MAX = 5;

  private final Repository repository;
  private final String prefix;
  private final String scope;
  private final List<String> problems = new ArrayList<>();

  private ArchiveForGate(Repository repository, ClusterPlan lost) {
    this.repository = repository;
    this.prefix = lost.repositoryPrefix();
    this.scope = lost.scope();
  }

  /**
   * Reads it.
   *
   * @param timeoutMs after which a segment is archived that is not full; null: never
   * @return null when the repository did not answer
   */
  static GateAsked.@Nullable ArchiveSeen read(
      Repository repository, ClusterPlan lost, @Nullable Double timeoutMs, Instant now) {
    try {
      return new ArchiveForGate(repository, lost).read(timeoutMs, now);
    } catch (RepositoryException e) {
      return null;
    }
  }

  private GateAsked.ArchiveSeen read(@Nullable Double timeoutMs, Instant now) {
    WalSegment last = null;
    String key = null;
    long bytes = WalSegment.USUAL_BYTES;
    try {
      BackupInfo backups =
          BackupInfo.of(
              InfoFile.parse("backup.info", text(prefix + "backup/" + scope + "/backup.info")));
      if (backups.backups().isEmpty()) {
        problems.add("there is no backup");
      } else {
        String folder = prefix + "archive/" + scope + "/" + backups.database().archiveId() + "/";
        Map<String, Long> sizes = new TreeMap<>();
        for (StoredObject object : repository.objects(folder)) {
          sizes.put(object.key(), object.bytes());
        }
        ArchiveListing archive = ArchiveListing.of(backups, sizes, folder);
        bytes = archive.segmentBytes();
        last = last(backups.backups().getLast(), archive, folder);
        key = last == null ? null : keyOf(last.name(bytes), sizes, folder);
      }
    } catch (UnreadableException | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      if (e.kind() != RepositoryException.Kind.NOT_FOUND) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
    List<String> few = problems.stream().limit(PROBLEMS_MAX).toList();
    if (last == null || key == null) {
      return new GateAsked.ArchiveSeen(null, null, few, timeoutMs);
    }
    Instant arrived = repository.stat(key).modified();
    return new GateAsked.ArchiveSeen(
        last.name(bytes), (double) Duration.between(arrived, now).toMillis(), few, timeoutMs);
  }

  private String text(String key) {
    return new String(repository.read(key), StandardCharsets.UTF_8);
  }

  /** The end of the way that a restore follows; what is wrong with it goes to the problems. */
  private @Nullable WalSegment last(
      BackupInfo.Backup backup, ArchiveListing archive, String folder) {
    Map<Long, TimelineHistory> histories = new TreeMap<>();
    for (long timeline : archive.histories()) {
      histories.put(
          timeline,
          TimelineHistory.parse(timeline, text(folder + "%08X.history".formatted(timeline))));
    }
    WalContinuity way =
        WalContinuity.of(backup, archive, histories, archive.newestTimeline(), null);
    problems.addAll(way.problems());
    archive.empty().forEach(name -> problems.add(name + " holds nothing"));
    archive.rivals().keySet().forEach(name -> problems.add(name + " is there with two contents"));
    TimelineHistory newest = histories.get(archive.newestTimeline());
    if (newest != null) {
      newest.ancestors().forEach(a -> goesOn(archive, a));
    }
    return way.last();
  }

  /** Somebody wrote on where the newest timeline had left: whose history is the right one? */
  private void goesOn(ArchiveListing archive, TimelineHistory.Ancestor ancestor) {
    TreeSet<Long> segments = archive.segments().get(ancestor.timeline());
    long left =
        WalSegment.holding(ancestor.timeline(), ancestor.endLsn(), archive.segmentBytes()).number();
    if (segments != null && segments.last() > left) {
      problems.add(
          "timeline %d goes on behind %s, where a newer one left it"
              .formatted(ancestor.timeline(), Lsn.format(ancestor.endLsn())));
    }
  }

  private static @Nullable String keyOf(String name, Map<String, Long> sizes, String folder) {
    String beginning = folder + name.substring(0, 16) + "/" + name + "-";
    return sizes.keySet().stream().filter(k -> k.startsWith(beginning)).findFirst().orElse(null);
  }
}
