package io.drillyard.check.repeat;

import io.drillyard.check.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The recovery times of a series against those of a stored baseline.
 *
 * @param kind of the fresh series
 * @param environment of the baseline's series, which may be another one
 * @param before the baseline's recovery times, ms; empty where it has none of this kind
 * @param test one-sided: are the fresh ones larger?
 * @param outcome what the test shows at {@link #LEVEL}
 * @param statement the result in words, with test, sizes and p; empty in a stored record
 */
public record BaselineRegression(
    RepeatDistribution.Kind kind,
    String environment,
    List<RunSample> before,
    MannWhitney test,
    Outcome outcome,
    String statement) {

  /** Significance level. */
  public static final double LEVEL = 0.05;

  /** What the comparison shows. */
  public enum Outcome {
    /** Recovery takes longer than it did. */
    SLOWER,
    /** Nothing shows that it takes longer; no proof that it does not. */
    NO_EVIDENCE,
    /** Too few runs, or too many that say nothing. */
    TOO_FEW
  }

  /** Copies the samples; stored records hold no sentences. */
  public BaselineRegression {
    before = List.copyOf(before);
    statement = Objects.requireNonNullElse(statement, "");
  }

  /** What it means for the run: slower is MISSED, too few is UNDETERMINED. */
  public Verdict verdict() {
    return switch (outcome) {
      case SLOWER -> Verdict.MISSED;
      case NO_EVIDENCE -> Verdict.MET;
      case TOO_FEW -> Verdict.UNDETERMINED;
    };
  }

  /**
   * Compares. A run without a proved upper end is never faster than another, one without a proved
   * lower end never slower; where such runs decide the result, it is {@link Outcome#TOO_FEW}.
   *
   * @param environment in which the baseline was drilled
   */
  public static BaselineRegression of(
      RepeatDistribution fresh, String environment, List<RunSample> before) {
    List<RunSample> now = fresh.rto().samples();
    MannWhitney test = MannWhitney.larger(before, now);
    double smallest = MannWhitney.smallestP(before.size(), now.size());
    Outcome outcome =
        smallest > LEVEL
            ? Outcome.TOO_FEW
            : test.p() <= LEVEL
                ? Outcome.SLOWER
                : test.leastP() <= LEVEL ? Outcome.TOO_FEW : Outcome.NO_EVIDENCE;
    return new BaselineRegression(
        fresh.kind(),
        environment,
        before,
        test,
        outcome,
        statement(test, smallest, outcome, before.isEmpty()));
  }

  private static String statement(
      MannWhitney test, double smallest, Outcome outcome, boolean noSuchSeries) {
    if (noSuchSeries) {
      return "Too few runs to tell: the baseline has no drill of this kind.";
    }
    String said =
        switch (outcome) {
          case SLOWER -> "Recovery is slower than in the baseline";
          case NO_EVIDENCE -> "No evidence that recovery is slower than in the baseline";
          case TOO_FEW -> "Too few runs to tell whether recovery is slower than in the baseline";
        };
    String why =
        outcome != Outcome.TOO_FEW
            ? ""
            : smallest > LEVEL
                ? String.format(Locale.ROOT, "; so few can never show less than p = %.3f", smallest)
                : String.format(
                    Locale.ROOT,
                    "; overlapping intervals and runs that say nothing leave p between %.4f and %.4f",
                    test.leastP(),
                    test.p());
    return String.format(
        Locale.ROOT,
        "%s (Mann–Whitney U, one-sided, %s: n = %d now, %d before, U = %d, p = %.4f, level %.2f)%s.",
        said,
        test.method(),
        test.fresh(),
        test.baseline(),
        test.leastU(),
        test.p(),
        LEVEL,
        why);
  }
}
