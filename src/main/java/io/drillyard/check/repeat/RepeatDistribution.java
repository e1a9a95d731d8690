package io.drillyard.check.repeat;

import io.drillyard.check.DataLoss;
import io.drillyard.check.Finding;
import io.drillyard.check.RecoveryTime;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Share;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the repeats of one drill come to.
 *
 * <p>Without a declared share: MISSED if any run is, else UNDETERMINED if any run is, else MET.
 * With one: MET if the confidence that the share meets, every run that did not meet counting
 * against it, reaches the declared one; MISSED if the misses alone show, at that confidence, that
 * fewer cases meet, or if anything was missed that no share covers; else UNDETERMINED. A run whose
 * read-back contradicts its ledger is excused by no share: the series is not MET.
 *
 * @param kind of which drill
 * @param runs how many
 * @param met runs whose verdict is MET
 * @param missed runs whose verdict is MISSED
 * @param undetermined the other runs; they count as not met
 * @param verdict of the series
 * @param share declared, or null
 * @param leastShare largest share of cases shown to meet, at the declared confidence or 95 %
 * @param reached confidence that the declared share (or 95 %) meets
 * @param runsNeeded runs that would show that share, if no more than these fail to meet; {@link
 *     Integer#MAX_VALUE}: more than are feasible
 * @param rto recovery times, ms
 * @param rpo losses in the unit of the declared RPO; null where nothing was measured
 * @param lost acknowledged writes lost, transactions
 * @param statement the result in words; empty in a stored record
 */
public record RepeatDistribution(
    Kind kind,
    int runs,
    int met,
    int missed,
    int undetermined,
    Verdict verdict,
    @Nullable Share share,
    double leastShare,
    double reached,
    int runsNeeded,
    FigureDistribution rto,
    @Nullable FigureDistribution rpo,
    FigureDistribution lost,
    String statement) {

  /** Stored records hold no sentences. */
  public RepeatDistribution {
    statement = Objects.requireNonNullElse(statement, "");
  }

  /** Which drills are repeats of each other. */
  public record Kind(String scenario, String environment, String context, String disruption) {
    /** {@code Scenario in environment, context × disruption}. */
    public String words() {
      return scenario + " in " + environment + ", " + context + " × " + disruption;
    }
  }

  /**
   * Of the runs of a series, in their order.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RepeatDistribution of(Kind kind, List<JudgedRun> runs, @Nullable Share share) {
    int n = runs.size();
    int met = count(runs, Verdict.MET);
    int missed = count(runs, Verdict.MISSED);
    double confidence = share == null ? FigureDistribution.USUAL : share.confidence();
    double least = share == null ? FigureDistribution.HIGH : share.least();
    double shown = ShareConfidence.leastShare(n, met, confidence);
    double reached = ShareConfidence.thatShareMeets(n, met, least);
    int needed = ShareConfidence.runsNeeded(least, confidence, n - met);
    Verdict verdict = share == null ? plain(n, met, missed) : shared(runs, met, missed, share);
    return new RepeatDistribution(
        kind,
        n,
        met,
        missed,
        n - met - missed,
        verdict,
        share,
        shown,
        reached,
        needed,
        spread(runs, RecoveryTime.NAME, "ms", r -> r.sample(RecoveryTime.NAME)),
        rpo(runs),
        FigureDistribution.of(
            "transactions", null, runs.stream().map(JudgedRun::lostWrites).toList()),
        statement(n, met, missed, verdict, share, shown, reached, needed) + unexcused(share, runs));
  }

  private static Verdict plain(int n, int met, int missed) {
    return missed > 0 ? Verdict.MISSED : met == n ? Verdict.MET : Verdict.UNDETERMINED;
  }

  private static Verdict shared(List<JudgedRun> runs, int met, int missed, Share share) {
    int n = runs.size();
    if (runs.stream().anyMatch(JudgedRun::missedBeyondShare)) {
      return Verdict.MISSED;
    }
    if (ShareConfidence.thatShareMeets(n, met, share.least()) >= share.confidence()) {
      return runs.stream().anyMatch(JudgedRun::contradictory) ? Verdict.UNDETERMINED : Verdict.MET;
    }
    boolean disproved =
        ShareConfidence.thatShareMeets(n, missed, 1 - share.least()) >= share.confidence();
    return disproved ? Verdict.MISSED : Verdict.UNDETERMINED;
  }

  /** What no share excuses, in words; empty where there is nothing of it. */
  private static String unexcused(@Nullable Share share, List<JudgedRun> runs) {
    long beyond = runs.stream().filter(r -> r.missedBeyondShare() || r.contradictory()).count();
    return share == null || beyond == 0
        ? ""
        : " No share excuses %d of the runs: more than a figure was not kept.".formatted(beyond);
  }

  private static int count(List<JudgedRun> runs, Verdict verdict) {
    return (int) runs.stream().filter(r -> r.verdict() == verdict).count();
  }

  private static @Nullable FigureDistribution rpo(List<JudgedRun> runs) {
    String unit = null;
    for (JudgedRun run : runs) {
      Finding.Measured m = measured(run, DataLoss.NAME);
      unit = m == null ? unit : m.unit();
    }
    return unit == null ? null : spread(runs, DataLoss.NAME, unit, r -> r.sample(DataLoss.NAME));
  }

  private static FigureDistribution spread(
      List<JudgedRun> runs, String check, String unit, Function<JudgedRun, RunSample> sample) {
    Double limit = null;
    for (JudgedRun run : runs) {
      Finding.Measured m = measured(run, check);
      limit = m == null || m.limit() == null ? limit : m.limit();
    }
    return FigureDistribution.of(unit, limit, runs.stream().map(sample).toList());
  }

  private static Finding.@Nullable Measured measured(JudgedRun run, String check) {
    Finding f = run.finding(check);
    return f == null ? null : f.measured();
  }

  private static String statement(
      int n,
      int met,
      int missed,
      Verdict verdict,
      @Nullable Share share,
      double shown,
      double reached,
      int needed) {
    StringBuilder said = new StringBuilder();
    double confidence = share == null ? FigureDistribution.USUAL : share.confidence();
    said.append("%d of %d runs met: ".formatted(met, n));
    said.append(
        met == 0
            ? "no share of cases is shown to meet"
            : "at least %s of cases meet, with %s confidence"
                .formatted(floor(shown), Share.percent(confidence)));
    int open = n - met - missed;
    if (open > 0) {
      said.append(
          "; %d undetermined %s as not met".formatted(open, open == 1 ? "counts" : "count"));
    }
    if (share != null) {
      said.append(
          ". Declared: %s; reached: %s confidence".formatted(share.words(), floor(reached)));
    }
    if (share == null || verdict == Verdict.UNDETERMINED) {
      String claim = share == null ? "95 % of cases at 95 % confidence" : "the declared share";
      said.append(enough(n, met, needed, claim));
    }
    return said.append('.').toString();
  }

  private static String enough(int n, int met, int needed, String claim) {
    String without = met == n ? "without a miss" : "with no more than " + (n - met) + " not met";
    if (needed == Integer.MAX_VALUE) {
      return ". No feasible number of runs shows " + claim;
    }
    return needed <= n
        ? ". That shows " + claim
        : ". Too few to show %s: that takes %d runs %s".formatted(claim, needed, without);
  }

  /** Rounded down, so that no statement says more than was shown. */
  private static String floor(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(fraction * 1000) / 10);
  }
}
