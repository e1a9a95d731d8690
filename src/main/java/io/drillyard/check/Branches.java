package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves (member, timeline) to a {@link Branch} through the timeline histories that were read.
 *
 * <p>Timeline 1 has no history by definition, so the system identifier alone names its branch. Any
 * later timeline resolves only through a history that the member itself held: another member's file
 * of the same number may tell another story. Where one member held two stories of one number, the
 * first one counts, and {@link #conflicts()} tells of both.
 */
final class Branches {
  private static final int CONFLICTS_MAX = 50;

  private final History history;
  private final Map<String, String> systemOfMember = new HashMap<>();
  private final Map<String, Set<String>> systemsOfCluster = new HashMap<>();
  private final Map<String, Map<Integer, Branch>> ofMember = new HashMap<>();
  private final List<String> conflicts = new ArrayList<>();

  Branches(History history) {
    this.history = history;
    List<Event.HistorySeen> seen = history.of(Event.HistorySeen.class);
    seen.forEach(this::learnSystem);
    seen.forEach(this::learnBranches);
    findConflicts(seen);
  }

  private void learnSystem(Event.HistorySeen seen) {
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
    Map<Integer, Branch> known = ofMember.computeIfAbsent(seen.name(), m -> new HashMap<>());
    known.putIfAbsent(seen.timeline(), new Branch(system, seen.timeline(), seen.forks()));
    for (int i = 0; i < seen.forks().size(); i++) {
      int ancestor = seen.forks().get(i).parentTimeline();
      known.putIfAbsent(ancestor, new Branch(system, ancestor, seen.forks().subList(0, i)));
    }
  }

  /** A history whose timelines do not rise to its own number is not one. */
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
      case "dcs" -> systemOfCluster(seen.name());
      default -> null;
    };
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
  @Nullable Branch resolve(@Nullable String member, int timeline) {
    if (member == null || timeline < 1) {
      return null;
    }
    Branch own = ofMember.getOrDefault(member, Map.of()).get(timeline);
    if (own != null || timeline > 1) {
      return own;
    }
    String system = systemOfMember(member);
    return system == null ? null : new Branch(system, 1, List.of());
  }

  private void findConflicts(List<Event.HistorySeen> seen) {
    Map<String, Story> first = new HashMap<>();
    for (Event.HistorySeen one : seen) {
      String system = system(one);
      if (system == null || !wellFormed(one)) {
        continue;
      }
      String source = one.source() + " " + one.name();
      compare(first, new Story(source, new Branch(system, one.timeline(), one.forks())));
      // A later timeline's history tells the stories of its ancestors too.
      for (int i = 0; i < one.forks().size(); i++) {
        int ancestor = one.forks().get(i).parentTimeline();
        compare(first, new Story(source, new Branch(system, ancestor, one.forks().subList(0, i))));
      }
    }
  }

  /** What one source says of one timeline. */
  private record Story(String source, Branch branch) {
    String words() {
      return source + " tells " + branch.words();
    }
  }

  private void compare(Map<String, Story> first, Story story) {
    Branch branch = story.branch();
    Story other = first.putIfAbsent(branch.system() + "/" + branch.timeline(), story);
    if (other == null || other.branch().equals(branch)) {
      return;
    }
    String sentence =
        "timeline %d has two histories: %s, %s"
            .formatted(branch.timeline(), other.words(), story.words());
    if (conflicts.size() < CONFLICTS_MAX && !conflicts.contains(sentence)) {
      conflicts.add(sentence);
    }
  }

  /** Sentences about timeline numbers that stand for two histories of one system. */
  List<String> conflicts() {
    return conflicts;
  }
}
