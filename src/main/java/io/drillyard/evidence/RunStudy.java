package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.BaselineRegression;
import io.drillyard.check.repeat.JudgedRun;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.declaration.Share;
import io.drillyard.evidence.Evidence.Drill;
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
public record RunStudy(
    List<RepeatDistribution> distributions,
    @Nullable Baseline baseline,
    @Nullable SettingsSweep sweep,
    @Nullable StormStudy storm) {

  /**
   * A stored run that this one was compared with.
   *
   * @param run its identifier
   * @param sha256 of its evidence.json
   * @param regressions one per distribution
   */
  public record Baseline(String run, String sha256, List<BaselineRegression> regressions) {}

  /** What a stored run measured. */
  public record Reference(
      String run, String sha256, Map<RepeatDistribution.Kind, List<RunSample>> recoveries) {}

  /** Copies the list. */
  public RunStudy {
    distributions = List.copyOf(distributions);
  }

  /** Of these drills; null if nothing was repeated, compared, varied, or declares a share. */
  public static @Nullable RunStudy of(
      List<Drill> drills, @Nullable Reference reference, SettingsSweep.@Nullable Grid grid) {
    return of(drills, reference, grid, null);
  }

  /** The same for the replays of a storm. */
  public static @Nullable RunStudy of(
      List<Drill> drills,
      @Nullable Reference reference,
      SettingsSweep.@Nullable Grid grid,
      StormStudy.@Nullable Course course) {
    List<RepeatDistribution> distributions = new ArrayList<>();
    series(drills)
        .forEach(
            (kind, runs) -> {
              Share share = runs.getFirst().target().objective().share();
              if (runs.size() > 1 || share != null || reference != null) {
                distributions.add(
                    RepeatDistribution.of(
                        kind, runs.stream().map(RunStudy::played).toList(), share));
              }
            });
    Baseline baseline = reference == null ? null : compare(distributions, reference);
    SettingsSweep sweep = grid == null ? null : SettingsSweep.of(grid, drills);
    StormStudy storm = course == null ? null : StormStudy.of(course, drills);
    return distributions.isEmpty() && baseline == null && sweep == null && storm == null
        ? null
        : new RunStudy(distributions, baseline, sweep, storm);
  }

  /**
   * The same study of drills that were judged again; null stays null where nothing calls for it.
   */
  public static @Nullable RunStudy again(@Nullable RunStudy was, List<Drill> drills) {
    Baseline baseline = was == null ? null : was.baseline();
    SettingsSweep sweep = was == null ? null : was.sweep();
    StormStudy storm = was == null ? null : was.storm();
    return of(
        drills,
        baseline == null ? null : reference(baseline),
        sweep == null ? null : sweep.grid(),
        storm == null ? null : storm.course());
  }

  /** What a run measured, for others to be compared with. */
  public static Reference reference(Evidence evidence, String sha256) {
    Map<RepeatDistribution.Kind, List<RunSample>> recoveries = new LinkedHashMap<>();
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
    Map<RepeatDistribution.Kind, List<RunSample>> recoveries = new LinkedHashMap<>();
    for (BaselineRegression r : baseline.regressions()) {
      RepeatDistribution.Kind k = r.kind();
      recoveries.put(
          new RepeatDistribution.Kind(k.scenario(), r.environment(), k.context(), k.disruption()),
          r.before());
    }
    return new Reference(baseline.run(), baseline.sha256(), recoveries);
  }

  private static Baseline compare(List<RepeatDistribution> distributions, Reference reference) {
    List<BaselineRegression> regressions = new ArrayList<>();
    for (RepeatDistribution fresh : distributions) {
      RepeatDistribution.Kind kind = fresh.kind();
      RepeatDistribution.Kind other = counterpart(kind, reference);
      regressions.add(
          BaselineRegression.of(
              fresh, other.environment(), reference.recoveries().getOrDefault(other, List.of())));
    }
    return new Baseline(reference.run(), reference.sha256(), List.copyOf(regressions));
  }

  /** The same drill in the same environment; else in the only other one that the baseline has. */
  private static RepeatDistribution.Kind counterpart(
      RepeatDistribution.Kind kind, Reference reference) {
    if (reference.recoveries().containsKey(kind)) {
      return kind;
    }
    List<RepeatDistribution.Kind> others =
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
  private static Map<RepeatDistribution.Kind, List<Drill>> series(List<Drill> drills) {
    Map<RepeatDistribution.Kind, List<Drill>> series = new LinkedHashMap<>();
    for (Drill drill : drills) {
      if (drill.control() == null) {
        series.computeIfAbsent(kind(drill), k -> new ArrayList<>()).add(drill);
      }
    }
    return series;
  }

  /** Which series a drill belongs to. */
  public static RepeatDistribution.Kind kind(Drill drill) {
    return new RepeatDistribution.Kind(
        drill.name(), drill.environment(), drill.context(), drill.disruption());
  }

  static JudgedRun played(Drill drill) {
    return new JudgedRun(drill.verdict(), drill.end().equals("complete"), drill.checks());
  }

  /** The distribution that a drill belongs to, or null. */
  public @Nullable RepeatDistribution distribution(Drill drill) {
    if (drill.control() != null) {
      return null;
    }
    RepeatDistribution.Kind kind = kind(drill);
    return distributions.stream().filter(d -> d.kind().equals(kind)).findFirst().orElse(null);
  }

  /** What the comparison with a baseline comes to; MET where there is none. */
  public Verdict compared() {
    Verdict worst = Verdict.MET;
    if (baseline != null) {
      for (BaselineRegression r : baseline.regressions()) {
        if (r.verdict() == Verdict.MISSED) {
          return Verdict.MISSED;
        }
        worst = r.verdict() == Verdict.MET ? worst : Verdict.UNDETERMINED;
      }
    }
    return worst;
  }
}
