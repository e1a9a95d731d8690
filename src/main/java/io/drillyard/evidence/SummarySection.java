package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** How the report opens: the verdict in words, who and what and when, and the table of results. */
final class SummarySection {
  private static final List<String> HEADINGS =
      List.of(
          "Disruption and failover",
          "Drill",
          "RTO target",
          "RTO measured",
          "RPO target",
          "RPO measured",
          "Verdict");

  private final MarkupWriter out;
  private final Evidence evidence;
  private final ResultTable results;
  private final TableCells cells;

  private SummarySection(MarkupWriter out, Evidence evidence) {
    this.out = out;
    this.evidence = evidence;
    this.results = new ResultTable(evidence);
    this.cells = new TableCells(out);
  }

  static void write(MarkupWriter out, Evidence evidence) {
    SummarySection section = new SummarySection(out, evidence);
    section.verdict();
    section.facts();
    section.table();
    section.beside();
    section.controls();
    RestoreSection.controls(out, evidence);
    StormSection.write(out, evidence);
    SweepSection.write(out, evidence);
    RepeatsSection.write(out, evidence);
    section.contents();
  }

  private void verdict() {
    String word = evidence.verdict().name();
    out.open("header", "class", "top");
    out.open("p", "class", "kicker").text(kicker());
    out.close();
    boolean incomplete = !evidence.end().equals("complete");
    if (incomplete) {
      out.open("p", "class", "alarm", "role", "alert");
      out.leaf("strong", "This run was " + evidence.end() + ".");
      out.text(
          " It did not reach its end. What follows is what had been recorded by then;"
              + " drills that are missing were not run.");
      out.close();
    }
    out.open("div", "class", "verdict " + VerdictBadge.key(word));
    VerdictBadge.icon(out, word);
    out.open("div").leaf("h1", headline());
    out.leaf("p", meaning()).close().close().line();
    counts();
    out.close().line();
  }

  private String kicker() {
    return evidence.drills().isEmpty() && !evidence.restoreTests().isEmpty()
        ? "Drillyard restore test report"
        : "Drillyard disaster-recovery drill report";
  }

  private String headline() {
    if (evidence.plainTests().isEmpty()) {
      return drillsHeadline(evidence.verdict());
    }
    if (evidence.verdict() != Verdict.MET
        && drillsVerdict() == Verdict.MET
        && results.tests(Verdict.MET) == evidence.plainTests().size()) {
      return open();
    }
    return evidence.drills().isEmpty()
        ? backups()
        : drillsHeadline(drillsVerdict()) + ". " + backups();
  }

  /** Every drill and test by itself is met, and the run is not. */
  private String open() {
    if (evidence.verdict() == Verdict.MISSED) {
      return "Targets missed, by what the drills show together";
    }
    if (!evidence.end().equals("complete")) {
      return "Undetermined: the run was " + evidence.end() + ", and what is missing proves nothing";
    }
    boolean blind =
        results.controls().size() > results.controls("CAUGHT")
            || evidence.testControls().stream().anyMatch(t -> !t.asItShould());
    return blind
        ? "Undetermined: a control did not come out as it must"
        : "Undetermined: the runs are too few for what is asked of them";
  }

  /** What the restore tests alone came to. */
  private String backups() {
    if (results.tests(Verdict.MISSED) > 0) {
      return "The backup is not to be trusted: a required rung was missed";
    }
    return results.tests(Verdict.UNDETERMINED) > 0
        ? "Of the backup it is undetermined: not every required rung could be decided"
        : "The backup is proven: it was restored and passed every required rung";
  }

  /** What the drills alone came to. */
  private Verdict drillsVerdict() {
    if (evidence.verdict() == Verdict.MET) {
      // Where a share is declared, single runs may have missed.
      return Verdict.MET;
    }
    if (results.count(Verdict.MISSED) > 0 || slower()) {
      return Verdict.MISSED;
    }
    return results.count(Verdict.UNDETERMINED) > 0 ? Verdict.UNDETERMINED : Verdict.MET;
  }

  private String drillsHeadline(Verdict verdict) {
    long drills = results.drills().size();
    if (drills == 0) {
      return "No declared target was drilled";
    }
    String of = " of " + FigureWords.count(drills, "drill");
    if (results.noCellTried() && results.count(Verdict.MET) == drills) {
      return "No declared disruption was drilled";
    }
    return switch (verdict) {
      case MET -> "Targets met in " + (drills == 1 ? "the one drill" : "all " + drills + " drills");
      case MISSED ->
          slower()
              ? "Recovery is slower than in the baseline"
              : "Targets missed in " + results.count(Verdict.MISSED) + of;
      case UNDETERMINED ->
          results.count(Verdict.UNDETERMINED) == 0 && evidence.study() != null
              ? "Undetermined: the runs are too few for what is asked of them"
              : "Undetermined in " + results.count(Verdict.UNDETERMINED) + of;
    };
  }

  /** True where the comparison alone made the run MISSED. */
  private boolean slower() {
    RunStudy study = evidence.study();
    return study != null
        && study.compared() == Verdict.MISSED
        && results.count(Verdict.MISSED) == 0;
  }

  private String meaning() {
    String scope =
        " The verdict covers what is listed here and nothing else: a row that reads NOT TESTED"
            + " is an open question.";
    if (evidence.plainTests().isEmpty()
        && results.noCellTried()
        && results.count(Verdict.MET) == results.drills().size()) {
      return "Each drill kept the targets that it was judged by, and none of them exercises a declared"
          + " disruption: every row of the table reads NOT TESTED."
          + scope;
    }
    return switch (evidence.verdict()) {
      case MET -> "Every check was proved against the target declared before the run." + scope;
      case MISSED ->
          "At least one measured value is outside the declared target, or a safety property was"
              + " violated. What is below says which, with the observations."
              + scope;
      case UNDETERMINED ->
          "No target was shown to be missed, but the observations do not decide every check. This"
              + " is not a pass."
              + scope;
    };
  }

  private void counts() {
    out.open("ul", "class", "counts");
    for (Verdict verdict : Verdict.values()) {
      count(verdict.name(), results.count(verdict) + results.tests(verdict));
    }
    count("NOT TESTED", results.notTested());
    if (!results.controls().isEmpty() || !evidence.testControls().isEmpty()) {
      count("CAUGHT", results.controls("CAUGHT") + results.testControls("CAUGHT"));
      count("NOT CAUGHT", results.controls("NOT CAUGHT") + results.testControls("NOT CAUGHT"));
    }
    if (results.testControls("OVERCOME") + results.testControls("NOT OVERCOME") > 0) {
      count("OVERCOME", results.testControls("OVERCOME"));
      count("NOT OVERCOME", results.testControls("NOT OVERCOME"));
    }
    out.close();
  }

  private void count(String word, long n) {
    out.open("li", "class", n == 0 ? "none" : "some");
    out.leaf("b", Long.toString(n));
    VerdictBadge.write(out, word).close();
  }

  private void facts() {
    out.open("dl", "class", "facts");
    fact("Run", evidence.run());
    fact("Started", instant(evidence.started()));
    fact("Finished", instant(evidence.finished()));
    fact("Took", took());
    fact("End", evidence.end());
    evidence.harness().forEach((name, value) -> fact(FigureWords.heading(name), value));
    out.close().line();
  }

  private void fact(String name, String value) {
    out.open("div").leaf("dt", name).leaf("dd", value).close();
  }

  private void table() {
    out.open("section").leaf("h2", "Declared targets and what was measured");
    out.leaf(
        "p",
        "One row per drill; repeats of one share a row. A context's backup has a row per restore test: of it, RTO is the time of the restore, and RPO how old the newest data were that came back. A measured value is an interval that holds the true value; it is"
            + " compared with the target at its worst end. The margin is what is left at worst.",
        "class",
        "lead");
    out.open("div", "class", "scroll").open("table", "class", "results").open("thead");
    out.open("tr");
    HEADINGS.forEach(h -> out.leaf("th", h, "scope", "col"));
    out.close().close().line();
    BackupRows backups = new BackupRows(out);
    for (String context : results.contexts()) {
      out.open("tbody").open("tr", "class", "group");
      out.leaf("th", context, "colspan", "7", "scope", "rowgroup").close();
      results.rows().getOrDefault(context, List.of()).forEach(this::row);
      results.backups(context).forEach(backups::row);
      out.close().line();
    }
    out.close().close().close().line();
  }

  /** What was judged by declared targets although no such disruption took place. */
  private void beside() {
    List<ResultTable.Row> rows = results.beside();
    if (rows.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Beside the table: other faults, judged by the same targets");
    out.leaf(
        "p",
        "What was broken here is not the disruption whose targets are named: the drill shows that it"
            + " does no more harm. It fills no cell of the table above.",
        "class",
        "lead");
    out.open("div", "class", "scroll").open("table", "class", "results").open("thead").open("tr");
    HEADINGS.forEach(h -> out.leaf("th", h, "scope", "col"));
    out.close().close().line();
    out.open("tbody");
    rows.forEach(this::row);
    out.close().close().close().close().line();
  }

  private void row(ResultTable.Row row) {
    Drill drill = row.drill();
    out.open("tr", "class", drill == null ? "untested" : "tested");
    cells.cell("Disruption").leaf("span", row.cell().disruption(), "class", "what");
    out.leaf("small", "failover " + row.cell().failover()).close();
    cells.cell("Drill");
    if (drill == null) {
      out.text(FigureWords.NONE);
    } else {
      RepeatDistribution repeats = row.repeats();
      boolean several = repeats != null && repeats.runs() > 1;
      String to = several ? RepeatsSection.ANCHOR : ReportHtml.anchor(evidence, drill);
      out.leaf("a", drill.title(), "href", "#" + to);
      if (repeats != null && several) {
        out.leaf(
            "small",
            "%d runs in %s: %d met, %d missed, %d undetermined; figures are the largest"
                .formatted(
                    repeats.runs(),
                    repeats.kind().environment(),
                    repeats.met(),
                    repeats.missed(),
                    repeats.undetermined()));
      } else if (evidence.study() != null) {
        out.leaf("small", "in " + drill.environment());
      }
      if (!drill.end().equals("complete")) {
        out.text(" ").leaf("em", drill.end(), "class", "cut");
      }
    }
    out.close();
    cells.cell("RTO target").text(row.cell().rto()).close();
    cells.measured("RTO measured", row.rto(), row.people());
    cells.cell("RPO target").text(row.cell().rpo()).close();
    cells.measured("RPO measured", row.rpo());
    cells.cell("Verdict");
    VerdictBadge.write(out, row.word()).close();
    out.close().line();
  }

  private void controls() {
    if (results.controls().isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Controls: does the harness see what it must see?");
    out.leaf(
        "p",
        "Each is a set-up that is known to be unsafe. The named check must catch it; if it does"
            + " not, do not rely on that check. Controls fill no cell of the table above.",
        "class",
        "lead");
    out.open("div", "class", "scroll").open("table", "class", "results").open("thead").open("tr");
    List.of("Control", "Why it is unsafe", "Check that must catch it", "Result")
        .forEach(h -> out.leaf("th", h, "scope", "col"));
    out.close().close().open("tbody");
    for (Drill drill : results.controls()) {
      Evidence.Control control = drill.control();
      if (control != null) {
        out.open("tr", "class", "tested");
        cells.cell("Control");
        out.leaf("a", drill.title(), "href", "#" + ReportHtml.anchor(evidence, drill)).close();
        cells.cell("Why it is unsafe").text(control.why()).close();
        cells.cell("Check").leaf("code", control.check()).close();
        cells.cell("Result");
        VerdictBadge.write(out, control.result()).close().close();
      }
    }
    out.close().close().close().close().line();
  }

  private void contents() {
    String what =
        evidence.restoreTests().isEmpty()
            ? "Drills"
            : evidence.drills().isEmpty() ? "Restore tests" : "Drills and restore tests";
    out.open("nav", "aria-label", what).leaf("h2", what, "id", "drills");
    out.open("ol", "class", "contents");
    for (Drill drill : evidence.drills()) {
      out.open("li").leaf("a", drill.title(), "href", "#" + ReportHtml.anchor(evidence, drill));
      String word = drill.control() == null ? drill.verdict().name() : ResultTable.result(drill);
      out.text(" ");
      VerdictBadge.write(out, word);
      out.leaf("small", drill.context() + ", " + drill.disruption() + ", " + drill.environment());
      out.close();
    }
    for (RestoreTest test : RestoreSection.drawn(evidence)) {
      out.open("li");
      out.leaf("a", RestoreSection.title(test), "href", "#" + RestoreSection.anchor(test));
      out.text(" ");
      VerdictBadge.write(out, RestoreSection.word(test));
      out.leaf("small", "stanza " + test.stanza());
      out.close();
    }
    out.close().close().line();
  }

  private String took() {
    try {
      Instant from = Instant.parse(evidence.started());
      return FigureWords.duration(Duration.between(from, Instant.parse(evidence.finished())));
    } catch (DateTimeParseException e) {
      return "not recorded";
    }
  }

  /** An ISO instant as people read it, to the second. What is not one stays as it is. */
  static String instant(String iso) {
    try {
      return Instant.parse(iso).toString().replace('T', ' ').replaceAll("(\\.\\d+)?Z$", " UTC");
    } catch (DateTimeParseException e) {
      return iso.isEmpty() ? "not recorded" : iso;
    }
  }
}
