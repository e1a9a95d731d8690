package io.drillyard.evidence;

import io.drillyard.check.DataLoss;
import io.drillyard.check.Finding;
import io.drillyard.check.NoSplitBrain;
import io.drillyard.check.RecoveryTime;
import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.JudgedRun;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.evidence.Evidence.Drill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings that were varied, and what each combination came to.
 *
 * @param grid what was asked for
 * @param cells one per scenario and combination, also for those that were left out
 */
public record SettingsSweep(Grid grid, List<Cell> cells) {

  /** A setting and the values it was given, as written. */
  public record Axis(String key, List<String> values) {}

  /**
   * One combination.
   *
   * @param values by key
   * @param environment generated for it, in the run's folder; empty where it was left out
   * @param skipped why it was left out, or null
   */
  public record Point(Map<String, String> values, String environment, @Nullable String skipped) {}

  /**
   * The plan of a sweep.
   *
   * @param base environment that the variants were made from
   */
  public record Grid(String base, List<String> scenarios, List<Axis> axes, List<Point> points) {}

  /**
   * A figure of a cell: the worst of its runs.
   *
   * @param verdict MISSED if any run's check is, else UNDETERMINED if any is or none ran
   * @param worst the largest lower and the largest upper end
   * @param limit declared, or null
   */
  public record Figure(Verdict verdict, RunSample worst, @Nullable Double limit, String unit) {}

  /**
   * What a scenario came to under one combination.
   *
   * @param runs drills that ended, in whatever way
   * @param rto recovery time, ms
   * @param lost acknowledged writes lost, transactions; judged by the declared RPO
   * @param overlap time with two primaries, ms
   * @param folders of its drills
   */
  public record Cell(
      String scenario,
      Point point,
      int runs,
      Figure rto,
      Figure lost,
      Figure overlap,
      List<String> folders) {}

  /** What a grid's drills came to. */
  static SettingsSweep of(Grid grid, List<Drill> drills) {
    List<Cell> cells = new ArrayList<>();
    for (String scenario : grid.scenarios()) {
      for (Point point : grid.points()) {
        cells.add(
            cell(
                scenario,
                point,
                drills.stream()
                    .filter(
                        d ->
                            point.skipped() == null
                                && d.scenario().equals(scenario)
                                && d.environment().equals(point.environment()))
                    .toList()));
      }
    }
    return new SettingsSweep(grid, List.copyOf(cells));
  }

  private static Cell cell(String scenario, Point point, List<Drill> drills) {
    List<JudgedRun> runs = drills.stream().map(RunStudy::played).toList();
    return new Cell(
        scenario,
        point,
        runs.size(),
        figure(runs, RecoveryTime.NAME, "ms", r -> r.sample(RecoveryTime.NAME)),
        figure(runs, DataLoss.NAME, "transactions", JudgedRun::lostWrites),
        figure(runs, NoSplitBrain.NAME, "ms", r -> r.sample(NoSplitBrain.NAME)),
        drills.stream().map(Drill::folder).toList());
  }

  private static Figure figure(
      List<JudgedRun> runs, String check, String unit, Function<JudgedRun, RunSample> sample) {
    Verdict verdict = runs.isEmpty() ? Verdict.UNDETERMINED : Verdict.MET;
    double lower = 0;
    double upper = runs.isEmpty() ? Double.POSITIVE_INFINITY : 0;
    Double limit = null;
    for (JudgedRun run : runs) {
      Verdict one = run.of(check);
      boolean worse = one == Verdict.MISSED || verdict == Verdict.MET;
      verdict = worse ? one : verdict;
      RunSample s = sample.apply(run);
      lower = Math.max(lower, s.lower());
      upper = Math.max(upper, s.upper());
      Finding f = run.finding(check);
      Finding.Measured m = f == null ? null : f.measured();
      limit = m == null || !m.unit().equals(unit) ? limit : m.limit();
    }
    return new Figure(verdict, new RunSample(lower, upper), limit, unit);
  }
}
