package io.drillyard.check;

import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.RepositoryListed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
      Pattern.compile(
          "(?:(.*)/)?archive/([^/]+)/[^/]+/[0-9A-F]{16}/([0-9A-F]{8})[0-9A-F]{16}(?:-[^/]*)?");

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

  private List<String> strangers(RepositoryListed listed) {
    Map<String, TreeSet<Integer>> timelines = new TreeMap<>();
    for (String key : listed.objects().keySet()) {
      Matcher segment = SEGMENT.matcher(key);
      if (segment.matches()) {
        String path = segment.group(1) == null ? "" : segment.group(1);
        timelines
            .computeIfAbsent(path + "\n" + segment.group(2), k -> new TreeSet<>())
            .add(Integer.parseUnsignedInt(segment.group(3), 16));
      }
    }
    List<String> strangers = new ArrayList<>();
    timelines.forEach(
        (place, there) -> {
          String path = "/" + place.substring(0, place.indexOf('\n'));
          String stanza = place.substring(place.indexOf('\n') + 1);
          for (int timeline : there) {
            String other = stranger(path, stanza, timeline);
            if (!other.isEmpty()) {
              strangers.add(
                  "%s: WAL of timeline %d lies in %s, the path of %s, and %s"
                      .formatted(listed.repository(), timeline, path, stanza, other));
            }
          }
        });
    return strangers;
  }

  /** Who alone accepted commits on that timeline, where the path's own cluster did not. */
  private String stranger(String path, String stanza, int timeline) {
    String other = "";
    for (MemberCommitSpan span : history.spells()) {
      String cluster = history.cluster(span.member());
      if (span.timeline() != timeline || cluster == null) {
        continue;
      }
      if (cluster.equals(stanza) && mayHold(path, cluster, span)) {
        return "";
      }
      other = cluster.equals(stanza) ? "its former incarnation served it" : cluster + " served it";
    }
    return other;
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
