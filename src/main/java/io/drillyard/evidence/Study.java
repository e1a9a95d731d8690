package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.Distribution;
import io.drillyard.check.repeat.Played;
import io.drillyard.check.repeat.Regression;
import io.drillyard.check.repeat.Sample;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.target.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the drills of a run show together. Made from the drills alone (and from what the baseline
 * measured), so that a stored run can be studied again.
 *
 * @param distributions one per scenario × environment × context × disruption that was repeated or
 *     that declares a share
 * @param baseline null: compared with nothing
 * @param sweep null: no settings were varied
 * @param storm null: no random schedule was played
 */
public record Study(
    List<Distribution> distributions,
    @Nullable Baseline baseline,
    @Nullable Sweep sweep,
    @Nullable StormStudy storm) {

  /**
   * A stored run that this one was compared with.
   *
   * @param run its identifier
   * @param sha256 of its evidence.json
   * @param regressions one per distribution
   */
  public record Baseline(String run, String sha256, List<Regression> regressions) {}

  /** What a stored run measured. */
  public record Reference(
      String run, String sha256, Map<Distribution.Kind, List<Sample>> recoveries) {}

  /** Copies the list. */
  public Study {
    distributions = List.copyOf(distributions);
  }

  /** Of these drills; null if nothing was repeated, compared, varied, or declares a share. */
  public static @Nullable Study of(
      List<Drill> drills, @Nullable Reference reference, Sweep.@Nullable Grid grid) {
    return of(drills, reference, grid, null);
  }

  /** The same for the replays of a storm. */
  public static @Nullable Study of(
      List<Drill> drills,
      @Nullable Reference reference,
      Sweep.@Nullable Grid grid,
      StormStudy.@Nullable Course course) {
    List<Distribution> distributions = new ArrayList<>();
    series(drills)
        .forEach(
            (kind, runs) -> {
              Share share = runs.getFirst().target().objective().share();
              if (runs.size() > 1 || share != null || reference != null) {
                distributions.add(
                    Distribution.of(kind, runs.stream().map(Study::played).toList(), share));
              }
            });
    Baseline baseline = reference == null ? null : compare(distributions, reference);
    Sweep sweep = grid == null ? null : Sweep.of(grid, drills);
    StormStudy storm = course == null ? null : StormStudy.of(course, drills);
    return distributions.isEmpty() && baseline == null && sweep == null && storm == null
        ? null
        : new Study(distributions, baseline, sweep, storm);
  }

  /**
   * The same study of drills that were judged again; null stays null where nothing calls for it.
   */
  public static @Nullable Study again(@Nullable Study was, List<Drill> drills) {
    Baseline baseline = was == null ? null : was.baseline();
    Sweep sweep = was == null ? null : was.sweep();
    StormStudy storm = was == null ? null : was.storm();
    return of(
        drills,
        baseline == null ? null : reference(baseline),
        sweep == null ? null : sweep.grid(),
        storm == null ? null : storm.course());
  }

  /** What a run measured, for others to be compared with. */
  public static Reference reference(Evidence evidence, String sha256) {
    Map<Distribution.Kind, List<Sample>> recoveries = new LinkedHashMap<>();
    series(evidence.drills())
        .forEach(
            (kind, runs) ->
                recoveries.put(
                    kind,
                    runs.stream()
                        .map(d -> played(d).sample(io.drillyard.check.RecoveryTime.NAME))
                        .toList()));
    return new Reference(evidence.run(), sha256, recoveries);
  }

  private static Reference reference(Baseline baseline) {
    Map<Distribution.Kind, List<Sample>> recoveries = new LinkedHashMap<>();
    for (Regression r : baseline.regressions()) {
      Distribution.Kind k = r.kind();
      recoveries.put(
          new Distribution.Kind(k.scenario(), r.environment(), k.context(), k.disruption()),
          r.before());
    }
    return new Reference(baseline.run(), baseline.sha256(), recoveries);
  }

  private static Baseline compare(List<Distribution> distributions, Reference reference) {
    List<Regression> regressions = new ArrayList<>();
    for (Distribution fresh : distributions) {
      Distribution.Kind kind = fresh.kind();
      Distribution.Kind other = counterpart(kind, reference);
      regressions.add(
          Regression.of(
              fresh, other.environment(), reference.recoveries().getOrDefault(other, List.of())));
    }
    return new Baseline(reference.run(), reference.sha256(), List.copyOf(regressions));
  }

  /** The same drill in the same environment; else in the only other one that the baseline has. */
  private static Distribution.Kind counterpart(Distribution.Kind kind, Reference reference) {
    if (reference.recoveries().containsKey(kind)) {
      return kind;
    }
    List<Distribution.Kind> others =
        reference.recoveries().keySet().stream()
            .filter(
                k ->
                    k.scenario().equals(kind.scenario())
                        && k.context().equals(kind.context())
                        && k.disruption().equals(kind.disruption()))
            .toList();
    return others.size() == 1 ? others.getFirst() : kind;
  }

  /** The drills that judge a target, by kind, in the order in which they were played. */
  private static Map<Distribution.Kind, List<Drill>> series(List<Drill> drills) {
    Map<Distribution.Kind, List<Drill>> series = new LinkedHashMap<>();
    for (Drill drill : drills) {
      if (drill.control() == null) {
        series.computeIfAbsent(kind(drill), k -> new ArrayList<>()).add(drill);
      }
    }
    return series;
  }

  /** Which series a drill belongs to. */
  public static Distribution.Kind kind(Drill drill) {
    return new Distribution.Kind(
        drill.name(), drill.environment(), drill.context(), drill.disruption());
  }

  static Played played(Drill drill) {
    return new Played(drill.verdict(), drill.end().equals("complete"), drill.checks());
  }

  /** The distribution that a drill belongs to, or null. */
  public @Nullable Distribution distribution(Drill drill) {
    if (drill.control() != null) {
      return null;
    }
    Distribution.Kind kind = kind(drill);
    return distributions.stream().filter(d -> d.kind().equals(kind)).findFirst().orElse(null);
  }

  /** What the comparison with a baseline comes to; MET where there is none. */
  public Verdict compared() {
    Verdict worst = Verdict.MET;
    if (baseline != null) {
      for (Regression r : baseline.regressions()) {
        if (r.verdict() == Verdict.MISSED) {
          return Verdict.MISSED;
        }
        worst = r.verdict() == Verdict.MET ? worst : Verdict.UNDETERMINED;
      }
    }
    return worst;
  }
}
