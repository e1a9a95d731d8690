package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves (member, timeline) to a {@link TimelineBranch} through the timeline histories that were
 * read.
 *
 * <p>Timeline 1 has no history by definition, so the system identifier alone names its branch. Any
 * later timeline resolves only through a history that the member itself held: another member's file
 * of the same number may tell another story. Where one member held two stories of one number, the
 * first one counts, and {@link #conflicts()} tells of both. What the archive and the DCS tell names
 * no branch of a member; it is compared with what the members tell ({@link
 * TimelineSourceComparison}).
 */
final class TimelineBranches {
  /** Where pgBackRest keeps a history: {@code …/archive/STANZA/VERSION-ID/0000000N.history}. */
  private static final Pattern ARCHIVED =
      Pattern.compile("(?:.*/)?archive/([^/]+)/([^/]+)/[0-9A-F]{8}\\.history.*");

  private final LedgerViews history;
  private final Map<String, String> systemOfMember = new HashMap<>();
  private final Map<String, Set<String>> systemsOfCluster = new HashMap<>();
  private final Map<String, Map<Integer, TimelineBranch>> ofMember = new HashMap<>();
  private final Map<String, Set<String>> archivesOfStanza = new HashMap<>();
  private final TimelineSourceComparison stories;

  TimelineBranches(LedgerViews history) {
    this.history = history;
    List<Event.HistorySeen> seen = history.of(Event.HistorySeen.class);
    seen.forEach(this::learnSystem);
    seen.forEach(this::learnBranches);
    stories = TimelineSourceComparison.compared(history, this::system);
  }

  private void learnSystem(Event.HistorySeen seen) {
    Matcher archived = ARCHIVED.matcher(seen.name());
    if (seen.source().equals(TimelineSourceComparison.REPOSITORY) && archived.matches()) {
      archivesOfStanza
          .computeIfAbsent(archived.group(1), s -> new HashSet<>())
          .add(archived.group(2));
    }
    String cluster = history.cluster(seen.name());
    if (!seen.source().equals("member") || cluster == null || seen.systemIdentifier().isEmpty()) {
      return;
    }
    systemOfMember.putIfAbsent(seen.name(), seen.systemIdentifier());
    systemsOfCluster.computeIfAbsent(cluster, c -> new HashSet<>()).add(seen.systemIdentifier());
  }

  private void learnBranches(Event.HistorySeen seen) {
    if (!seen.source().equals("member") || !wellFormed(seen)) {
      return;
    }
    String system = system(seen);
    if (system == null) {
      return;
    }
    Map<Integer, TimelineBranch> known =
        ofMember.computeIfAbsent(seen.name(), m -> new HashMap<>());
    known.putIfAbsent(seen.timeline(), new TimelineBranch(system, seen.timeline(), seen.forks()));
    for (int i = 0; i < seen.forks().size(); i++) {
      int ancestor = seen.forks().get(i).parentTimeline();
      known.putIfAbsent(ancestor, new TimelineBranch(system, ancestor, seen.forks().subList(0, i)));
    }
  }

  /**
   * A history whose timelines do not rise to its own number is not one: PostgreSQL refuses it, too.
   */
  static boolean wellFormed(Event.HistorySeen seen) {
    int before = 0;
    for (Event.Fork fork : seen.forks()) {
      if (fork.parentTimeline() <= before) {
        return false;
      }
      before = fork.parentTimeline();
    }
    return seen.timeline() > before && (seen.timeline() == 1 || !seen.forks().isEmpty());
  }

  private @Nullable String system(Event.HistorySeen seen) {
    if (!seen.systemIdentifier().isEmpty()) {
      return seen.systemIdentifier();
    }
    return switch (seen.source()) {
      case "member" -> systemOfMember(seen.name());
      case TimelineSourceComparison.DCS -> systemOfCluster(seen.name());
      case TimelineSourceComparison.REPOSITORY -> systemOfArchive(seen.name());
      default -> null;
    };
  }

  /**
   * The system of an archive whose information nobody read: a stanza is called like its cluster.
   * One that was made anew for another system holds the archives of both, and tells of neither.
   */
  private @Nullable String systemOfArchive(String file) {
    Matcher archived = ARCHIVED.matcher(file);
    return archived.matches()
            && archivesOfStanza.getOrDefault(archived.group(1), Set.of()).size() == 1
        ? systemOfCluster(archived.group(1))
        : null;
  }

  private @Nullable String systemOfMember(String member) {
    String own = systemOfMember.get(member);
    String cluster = history.cluster(member);
    return own != null || cluster == null ? own : systemOfCluster(cluster);
  }

  /** Members of one cluster share a system identifier (Patroni refuses others). */
  private @Nullable String systemOfCluster(String cluster) {
    Set<String> systems = systemsOfCluster.getOrDefault(cluster, Set.of());
    return systems.size() == 1 ? systems.iterator().next() : null;
  }

  /** The branch a member served under that timeline number; null when no history tells. */
  @Nullable TimelineBranch resolve(@Nullable String member, int timeline) {
    if (member == null || timeline < 1) {
      return null;
    }
    TimelineBranch own = ofMember.getOrDefault(member, Map.of()).get(timeline);
    if (own != null || timeline > 1) {
      return own;
    }
    String system = systemOfMember(member);
    return system == null ? null : new TimelineBranch(system, 1, List.of());
  }

  /** Sentences about timeline numbers that stand for two histories of one system. */
  List<String> conflicts() {
    return stories.conflicts();
  }

  /** What the sources leave open, in sentences: a history that cannot be read may tell of two. */
  List<String> doubts() {
    return stories.doubts();
  }
}
