package io.drillyard.evidence.picture;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.FigureDistribution;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import java.util.Locale;

/**
 * The runs of a series, one row each in the order in which they were played: an interval is a bar,
 * a short one a dot; the target and the quantiles are lines across. It grows with the page's width,
 * so places are percentages.
 */
public final class RepeatStripsPicture {
  private static final int TOP = 58;
  private static final int BOTTOM = 26;
  private static final int ROWS_PX = 420;
  private static final double[] STEPS = {
    0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000,
    60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
  };
  private static final int TICKS_MAX = 6;

  private final FigureDistribution spread;
  private final List<Verdict> verdicts;
  private final double end;
  private final double row;
  private final MarkupWriter out = new MarkupWriter();

  /**
   * Draws.
   *
   * @param verdicts one per sample
   */
  public static String of(FigureDistribution spread, List<Verdict> verdicts) {
    return new RepeatStripsPicture(spread, verdicts).draw();
  }

  private RepeatStripsPicture(FigureDistribution spread, List<Verdict> verdicts) {
    this.spread = spread;
    this.verdicts = verdicts;
    Double limit = spread.limit();
    double most = limit == null ? 0 : limit;
    for (RunSample s : spread.samples()) {
      most = Math.max(most, Double.isInfinite(s.upper()) ? s.lower() : s.upper());
    }
    this.end = most > 0 ? most * 1.06 : 1;
    this.row = Math.max(4, Math.min(13, (double) ROWS_PX / spread.samples().size()));
  }

  private String draw() {
    int n = spread.samples().size();
    double height = TOP + n * row + BOTTOM;
    String alt =
        "%d runs, one row each: median %s, 95th percentile %s, largest %s"
            .formatted(n, words(spread.p50()), words(spread.p95()), words(spread.max()));
    out.open("div", "class", "strip");
    out.open(
        "svg", "width", "100%", "height", SvgShapes.n(height), "role", "img", "aria-label", alt);
    axis(TOP + n * row);
    for (int i = 0; i < n; i++) {
      run(i, spread.samples().get(i), verdicts.get(i));
    }
    Double limit = spread.limit();
    if (limit != null) {
      mark("limit", limit, 14, "target " + words(limit));
    }
    // Last, so that their words lie above the target's line.
    mark("quantile", spread.p50().upper(), 46, "p50 " + words(spread.p50().upper()));
    mark("quantile", spread.p95().upper(), 30, "p95 " + words(spread.p95().upper()));
    return out.close().close().line().toString();
  }

  private void axis(double base) {
    double step = STEPS[STEPS.length - 1];
    for (double candidate : STEPS) {
      if (end / candidate <= TICKS_MAX) {
        step = candidate;
        break;
      }
    }
    for (double at = 0; at <= end; at += step) {
      line("grid", at, at, TOP - 4, base);
      String css = at == 0 ? "tick-first" : x(at) > 96 ? "tick-last" : "tick";
      text(css, x(at), base + 16, words(at));
    }
  }

  private void run(int i, RunSample s, Verdict verdict) {
    double y = TOP + (i + 0.5) * row;
    boolean open = Double.isInfinite(s.upper());
    String title =
        "run %d of %d: %s, %s".formatted(i + 1, spread.samples().size(), words(s), verdict.name());
    out.open(
        "line",
        "class",
        "run " + verdict.name().toLowerCase(Locale.ROOT) + (open ? " open" : ""),
        "x1",
        percent(x(s.lower())),
        "x2",
        percent(open ? 100 : x(s.upper())),
        "y1",
        SvgShapes.n(y),
        "y2",
        SvgShapes.n(y),
        "stroke-width",
        SvgShapes.n(Math.max(2.5, Math.min(7, row - 1.5))));
    out.leaf("title", title).close();
  }

  /** A line across all runs, with its words above; at the right edge they stand left of it. */
  private void mark(String css, double at, double y, String words) {
    if (Double.isInfinite(at)) {
      text(css + " tick-last", 100, y, words);
      return;
    }
    line(css, at, at, y + 3, TOP + spread.samples().size() * row);
    boolean right = x(at) > 62;
    text(css + (right ? " tick-last" : ""), x(at) + (right ? -0.6 : 0.6), y, words);
  }

  private void line(String css, double from, double to, double y1, double y2) {
    out.empty(
        "line",
        "class",
        css,
        "x1",
        percent(x(from)),
        "x2",
        percent(x(to)),
        "y1",
        SvgShapes.n(y1),
        "y2",
        SvgShapes.n(y2));
  }

  private void text(String css, double x, double y, String words) {
    out.leaf("text", words, "class", css, "x", percent(x), "y", SvgShapes.n(y));
  }

  private double x(double value) {
    return Math.max(0, Math.min(100, 100 * value / end));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share);
  }

  private String words(double value) {
    return FigureWords.amount(value, spread.unit());
  }

  private String words(RunSample s) {
    return FigureWords.sample(s, spread.unit());
  }
}
