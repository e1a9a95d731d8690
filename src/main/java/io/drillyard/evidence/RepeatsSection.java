package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.BaselineRegression;
import io.drillyard.check.repeat.FigureDistribution;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.RepeatStripsPicture;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What repeats show together: the statement, the runs as a picture, the quantiles. */
final class RepeatsSection {
  /** Of the section. */
  static final String ANCHOR = "repeats";

  private final MarkupWriter out;
  private final Evidence evidence;

  private RepeatsSection(MarkupWriter out, Evidence evidence) {
    this.out = out;
    this.evidence = evidence;
  }

  static void write(MarkupWriter out, Evidence evidence) {
    RunStudy study = evidence.study();
    if (study != null && !study.distributions().isEmpty()) {
      new RepeatsSection(out, evidence).all(study);
    }
  }

  private void all(RunStudy study) {
    out.open("section", "id", ANCHOR).leaf("h2", "What the repeats show together");
    out.leaf(
        "p",
        "Shares are exact one-sided binomial bounds; nothing is assumed about the shape of a"
            + " distribution. They hold for cases like these: the same machine, load and settings."
            + " A run that is undetermined counts as not met, and its figure as one without an"
            + " end.",
        "class",
        "lead");
    RunStudy.Baseline baseline = study.baseline();
    for (RepeatDistribution d : study.distributions()) {
      series(d);
      if (baseline != null) {
        baseline.regressions().stream()
            .filter(r -> r.kind().equals(d.kind()))
            .forEach(r -> regression(r, baseline));
      }
      out.close().line();
    }
    out.close().line();
  }

  private void series(RepeatDistribution d) {
    out.open("div", "class", "series");
    out.open("div", "class", "title").leaf("h3", d.kind().scenario());
    VerdictBadge.write(out, d.verdict().name()).close();
    out.leaf(
        "p",
        d.kind().context() + " × " + d.kind().disruption() + ", in " + d.kind().environment(),
        "class",
        "quiet");
    out.leaf("p", d.statement());
    List<Drill> drills = drills(d.kind());
    List<Verdict> verdicts = drills.stream().map(Drill::verdict).toList();
    out.leaf("h4", "Recovery time of each run");
    out.raw(RepeatStripsPicture.of(d.rto(), verdicts));
    legend();
    out.open("div", "class", "scroll").open("table", "class", "plain").open("thead").open("tr");
    List.of("Figure", "Median (p50)", "p95", "Largest", "Target")
        .forEach(h -> out.leaf("th", h, "scope", "col"));
    out.close().close().open("tbody");
    row("RTO", d.rto());
    row("Data loss, by the declared RPO", d.rpo());
    row("Acknowledged writes lost", d.lost());
    out.close().close().close();
    Double bound = d.rto().p95Bound();
    out.leaf(
        "p",
        bound == null
            ? "Too few runs, or too many without an end, to bound the 95th percentile of all cases:"
                + " that takes 59 at 95 % confidence."
            : "95 % of cases recover within "
                + FigureWords.amount(bound, d.rto().unit())
                + ", with 95 % confidence (order statistic).",
        "class",
        "quiet");
  }

  private void row(String name, @Nullable FigureDistribution spread) {
    out.open("tr").leaf("th", name, "scope", "row");
    if (spread == null) {
      out.leaf("td", "not measured", "colspan", "4");
    } else {
      Double limit = spread.limit();
      out.leaf("td", FigureWords.sample(spread.p50(), spread.unit()));
      out.leaf("td", FigureWords.sample(spread.p95(), spread.unit()));
      out.leaf("td", FigureWords.sample(spread.max(), spread.unit()));
      out.leaf("td", limit == null ? FigureWords.NONE : FigureWords.amount(limit, spread.unit()));
    }
    out.close();
  }

  private void legend() {
    out.open("ul", "class", "legend");
    for (Verdict verdict : Verdict.values()) {
      String css = "run " + verdict.name().toLowerCase(java.util.Locale.ROOT);
      out.open("li").open("svg", "width", "22", "height", "10", "aria-hidden", "true");
      out.empty(
          "line", "class", css, "x1", "5", "x2", "17", "y1", "5", "y2", "5", "stroke-width", "6");
      out.close().text(verdict.name()).close();
    }
    out.leaf("li", "One row per run, the first on top; to the right edge: no end was proved.");
    out.close();
  }

  private void regression(BaselineRegression r, RunStudy.Baseline baseline) {
    boolean slower = r.outcome() == BaselineRegression.Outcome.SLOWER;
    out.open("div", "class", slower ? "callout missed" : "note");
    out.leaf("strong", "Against the baseline " + baseline.run() + ". ");
    out.text(r.statement());
    if (!r.environment().equals(r.kind().environment())) {
      out.text(" The baseline was drilled in " + r.environment() + ".");
    }
    out.close();
  }

  private List<Drill> drills(RepeatDistribution.Kind kind) {
    return evidence.drills().stream()
        .filter(d -> d.control() == null && RunStudy.kind(d).equals(kind))
        .toList();
  }
}
