package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every source tells of every timeline number, compared: the members, the archive, the DCS.
 *
 * <p>A member's file and an archived one are whole histories of the timeline that they are named
 * for. The DCS keeps less: Patroni writes the lines of the leader's file, the last {@code
 * max_timelines_history} of them, and names no newest timeline. So only what stands in it is
 * compared: that a number which has a line was begun where the lines before it say. Which number
 * follows its last line is not guessed: numbers are skipped, where a standby knows of a timeline
 * that was given up. A line may be old, since the next leader writes it after its promotion; it
 * must be of a branch that somebody tells of.
 */
final class TimelineSourceComparison {
  static final String DCS = "dcs";
  static final String REPOSITORY = "repository";

  private static final int CONFLICTS_MAX = 50;

  /** What one source says of one timeline. */
  private record Story(String source, TimelineBranch branch) {
    String words() {
      return source + " tells " + branch.words();
    }
  }

  private final Map<String, Story> first = new LinkedHashMap<>();
  private final Map<String, Set<List<Event.Fork>>> known = new LinkedHashMap<>();
  private final List<String> conflicts = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  private TimelineSourceComparison() {}

  /**
   * Compares all that was read.
   *
   * @param system the system identifier that a source tells of; null when it is not known
   */
  static TimelineSourceComparison compared(
      LedgerViews history, Function<Event.HistorySeen, @Nullable String> system) {
    TimelineSourceComparison stories = new TimelineSourceComparison();
    List<Event.HistorySeen> seen = history.of(Event.HistorySeen.class);
    for (Event.HistorySeen one : seen) {
      String of = system.apply(one);
      if (of != null && !one.source().equals(DCS) && TimelineBranches.wellFormed(one)) {
        stories.whole(one, of);
      }
    }
    for (Event.HistorySeen one : seen) {
      String of = system.apply(one);
      if (of != null && one.source().equals(DCS)) {
        stories.suffix(one, of);
      }
    }
    stories.unreadable(history);
    return stories;
  }

  private void whole(Event.HistorySeen one, String system) {
    String source = one.source() + " " + one.name();
    compare(new Story(source, new TimelineBranch(system, one.timeline(), one.forks())));
    // A later timeline's history tells the stories of its ancestors too.
    for (int i = 0; i < one.forks().size(); i++) {
      int ancestor = one.forks().get(i).parentTimeline();
      compare(new Story(source, new TimelineBranch(system, ancestor, one.forks().subList(0, i))));
    }
  }

  private void compare(Story story) {
    TimelineBranch branch = story.branch();
    known.computeIfAbsent(branch.system(), s -> new LinkedHashSet<>()).add(branch.forks());
    Story other = first.putIfAbsent(branch.system() + "/" + branch.timeline(), story);
    if (other != null && !other.branch().equals(branch)) {
      conflict(branch.timeline(), other.words(), story.words());
    }
  }

  private void conflict(int timeline, String one, String other) {
    String sentence = "timeline %d has two histories: %s, %s".formatted(timeline, one, other);
    if (conflicts.size() < CONFLICTS_MAX && !conflicts.contains(sentence)) {
      conflicts.add(sentence);
    }
  }

  /** The last lines of a history, of whichever timeline was the newest when they were written. */
  private void suffix(Event.HistorySeen one, String system) {
    List<Event.Fork> lines = one.forks();
    for (int i = 1; i < lines.size(); i++) {
      int timeline = lines.get(i).parentTimeline();
      List<Event.Fork> before = lines.subList(0, i);
      Story told = first.get(system + "/" + timeline);
      if (told != null && !endsWith(told.branch().forks(), before)) {
        conflict(
            timeline, told.words(), "dcs " + one.name() + " tells that it began " + words(before));
      }
    }
    boolean toldOf =
        known.getOrDefault(system, Set.of()).stream().anyMatch(s -> endsWith(s, lines));
    if (!lines.isEmpty() && !toldOf) {
      doubts.add(
          "the DCS of %s tells of a timeline that began %s, and no member and no archive does"
              .formatted(one.name(), words(lines)));
    }
  }

  /** True when a story ends with these lines, or could: where it is told from 1 on it is whole. */
  private static boolean endsWith(List<Event.Fork> story, List<Event.Fork> lines) {
    int from = story.size() - lines.size();
    return from >= 0 && story.subList(from, story.size()).equals(lines);
  }

  private static String words(List<Event.Fork> lines) {
    Event.Fork last = lines.getLast();
    return "where %d was left at %s".formatted(last.parentTimeline(), Lsn.format(last.lsn()));
  }

  /** A file that is there and cannot be read could tell anything, until it was read after all. */
  private void unreadable(LedgerViews history) {
    List<Event.HistorySeen> seen = history.of(Event.HistorySeen.class);
    for (Event.HistorySeen one : seen) {
      boolean bad =
          one.source().equals(DCS) ? !rises(one.forks()) : !TimelineBranches.wellFormed(one);
      if (bad && !readLater(seen, one, one.source(), one.name(), one.timeline())) {
        doubts.add(
            "the history of timeline %d that %s %s tells is none: its timelines do not rise to it"
                .formatted(one.timeline(), one.source(), one.name()));
      }
    }
    for (HistoryUnread one : history.of(HistoryUnread.class)) {
      if (!readLater(seen, one, one.source(), one.name(), one.timeline())) {
        doubts.add(
            "the timeline history of %s %s could not be read: %s"
                .formatted(one.source(), one.name(), one.problem()));
      }
    }
  }

  private static boolean rises(List<Event.Fork> forks) {
    for (int i = 0; i < forks.size(); i++) {
      int before = i == 0 ? 0 : forks.get(i - 1).parentTimeline();
      if (forks.get(i).parentTimeline() <= before) {
        return false;
      }
    }
    return true;
  }

  private static boolean readLater(
      List<Event.HistorySeen> seen, Event bad, String source, String name, int timeline) {
    return seen.stream()
        .anyMatch(
            s ->
                s.source().equals(source)
                    && s.name().equals(name)
                    && (s.timeline() == timeline || source.equals(DCS))
                    && s.at().startNs() > bad.at().startNs()
                    && (source.equals(DCS) ? rises(s.forks()) : TimelineBranches.wellFormed(s)));
  }

  List<String> conflicts() {
    return conflicts;
  }

  List<String> doubts() {
    return doubts;
  }
}
