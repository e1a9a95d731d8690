package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence.Drill;
import java.util.ArrayList;
import java.util.List;

/**
 * A random schedule of faults, and the search for a smaller one that still violates.
 *
 * @param course what was played
 * @param trials what each drill of it came to; the first is the storm itself
 * @param violated how many replays of the smallest schedule violated, the finding of it among them
 * @param replays how many replays of it there were
 */
public record StormStudy(Course course, List<Trial> trials, int violated, int replays) {

  /** One fault of a schedule. */
  public record Gust(
      int number, String fault, String words, long atMs, long lengthMs, boolean momentary) {}

  /** One replay: which drill, why, and of what. */
  public record Try(String folder, String purpose, List<Gust> schedule) {}

  /**
   * What was played, and why.
   *
   * @param limits that the schedule was made within, in words
   * @param schedule as it was made, or given
   * @param tries every drill, the storm itself first
   * @param smallest that violated; empty where nothing did
   * @param search how the search for it ended, in words; empty where there was none
   * @param replay the one command that plays it again
   */
  public record Course(
      long seed,
      String limits,
      List<Gust> schedule,
      List<Try> tries,
      List<Gust> smallest,
      String search,
      String replay) {}

  /** What a replay came to. */
  public enum Outcome {
    /** The check that the storm missed was missed. */
    VIOLATED,
    /** Every check was met. */
    HELD,
    /** Neither. */
    UNRESOLVED
  }

  /**
   * One drill of the storm.
   *
   * @param missed names of the checks that it missed
   */
  public record Trial(String folder, Outcome outcome, List<String> missed) {}

  /** From the drills as they are judged now. */
  static StormStudy of(Course course, List<Drill> drills) {
    List<Trial> trials = new ArrayList<>();
    int violated = 0;
    int replays = 0;
    Drill storm = drill(drills, course.tries().getFirst());
    for (Try one : course.tries()) {
      Drill drill = drill(drills, one);
      Outcome outcome = outcome(storm, drill);
      trials.add(new Trial(one.folder(), outcome, missed(drill)));
      boolean replay = trials.size() > 1 && one.schedule().equals(course.smallest());
      replays += replay ? 1 : 0;
      violated += replay && outcome == Outcome.VIOLATED ? 1 : 0;
    }
    return new StormStudy(course, List.copyOf(trials), violated, replays);
  }

  private static Drill drill(List<Drill> drills, Try one) {
    return drills.stream()
        .filter(d -> d.folder().equals(one.folder()))
        .findFirst()
        .orElseThrow(
            () ->
                new EvidenceException(
                    one.folder(),
                    "is a replay of the storm, and no drill of the run",
                    "Take the run from where it was made"));
  }

  /** What a replay came to, beside the storm that it is to explain. */
  public static Outcome outcome(Drill storm, Drill replay) {
    List<String> same = new ArrayList<>(missed(replay));
    same.retainAll(missed(storm));
    if (!same.isEmpty()) {
      return Outcome.VIOLATED;
    }
    return replay.verdict() == Verdict.MET ? Outcome.HELD : Outcome.UNRESOLVED;
  }

  private static List<String> missed(Drill drill) {
    return drill.checks().stream()
        .filter(f -> f.verdict() == Verdict.MISSED)
        .map(Finding::check)
        .toList();
  }
}
