package io.drillyard.check;

import io.drillyard.backup.WalSegment;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.ledger.WalSwitched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose WAL lies in which path of a repository: by the last listing, and by who accepted commits on
 * which timeline. A timeline on which nobody was seen to accept anything is nobody's.
 */
final class ArchiveOwners {
  /** {@code PATH/archive/STANZA/VERSION-ID/TIMELINE+LOG/SEGMENT-…}: whole segments only. */
  private static final Pattern SEGMENT =
      Pattern.compile("(?:(.*)/)?archive/([^/]+)/[^/]+/[0-9A-F]{16}/([0-9A-F]{24})(?:-[^/]*)?");

  private final LedgerViews history;
  private final Map<String, RepositoryListed> last = new LinkedHashMap<>();

  ArchiveOwners(LedgerViews history) {
    this.history = history;
    history.of(RepositoryListed.class).forEach(listed -> last.put(listed.repository(), listed));
  }

  /** Why nobody knows what lies there at the end; null where every repository was listed then. */
  @Nullable String unlisted() {
    Set<String> names = LedgerDeclarations.repositories(history);
    if (last.isEmpty() || names.isEmpty()) {
      return "no repository was listed at the end: nobody knows who archived where";
    }
    long sinceNs =
        history.spells().stream().mapToLong(MemberCommitSpan::firstReturnedNs).max().orElse(0);
    for (String name : names) {
      RepositoryListed listed = last.get(name);
      if (listed == null || listed.at().startNs() < sinceNs) {
        return name + " was not listed after the last cluster had begun to serve";
      }
    }
    return null;
  }

  /** Sentences about segments of one cluster's timeline in the path of another. */
  List<String> strangers() {
    List<String> strangers = new ArrayList<>();
    last.values().forEach(listed -> strangers.addAll(strangers(listed)));
    return strangers;
  }

  private Set<String> strangers(RepositoryListed listed) {
    long segmentBytes =
        history.of(WalSwitched.class).stream()
            .mapToLong(WalSwitched::segmentBytes)
            .filter(bytes -> bytes > 0)
            .max()
            .orElse(WalSegment.USUAL_BYTES);
    Set<String> strangers = new LinkedHashSet<>();
    for (String key : listed.objects().keySet()) {
      Matcher place = SEGMENT.matcher(key);
      if (place.matches()) {
        String path = "/" + (place.group(1) == null ? "" : place.group(1));
        String stanza = place.group(2);
        WalSegment segment = WalSegment.parse(place.group(3), segmentBytes);
        String other = stranger(path, stanza, segment, segmentBytes);
        if (!other.isEmpty()) {
          strangers.add(
              "%s: WAL of timeline %d lies in %s, the path of %s, and %s"
                  .formatted(listed.repository(), segment.timeline(), path, stanza, other));
        }
      }
    }
    return strangers;
  }

  /**
   * Who alone accepted commits on that timeline, where the path's own cluster did not. What it had
   * followed up to where it left a timeline is its own history, too: a standby that is promoted
   * archives what it has no status of (docs/findings/a-promoted-standby-archives-its-past.md).
   */
  private String stranger(String path, String stanza, WalSegment segment, long segmentBytes) {
    String other = "";
    for (MemberCommitSpan span : history.spells()) {
      String cluster = history.cluster(span.member());
      if (cluster == null) {
        continue;
      }
      boolean here = span.timeline() == segment.timeline();
      boolean own = cluster.equals(stanza) && mayHold(path, cluster, span);
      if (own && (here || followed(span, segment, segmentBytes))) {
        return "";
      }
      if (here) {
        other =
            cluster.equals(stanza) ? "its former incarnation served it" : cluster + " served it";
      }
    }
    return other;
  }

  /** True where the whole segment lies before the point at which a branch left its timeline. */
  private static boolean followed(MemberCommitSpan span, WalSegment segment, long segmentBytes) {
    TimelineBranch branch = span.branch();
    return branch != null
        && branch.forks().stream()
            .anyMatch(
                fork ->
                    fork.parentTimeline() == segment.timeline()
                        && Long.compareUnsigned(segment.endLsn(segmentBytes), fork.lsn()) <= 0);
  }

  /** A path belongs to the incarnation that it was given to. */
  private boolean mayHold(String path, String cluster, MemberCommitSpan span) {
    for (ClusterRebuilt rebuilt : history.of(ClusterRebuilt.class)) {
      if (!rebuilt.cluster().equals(cluster)) {
        continue;
      }
      if (rebuilt.path().equals(path) && span.lastSentNs() < rebuilt.at().endNs()) {
        return false;
      }
      if (rebuilt.formerPath().equals(path) && span.firstSentNs() > rebuilt.at().endNs()) {
        return false;
      }
    }
    return true;
  }
}
