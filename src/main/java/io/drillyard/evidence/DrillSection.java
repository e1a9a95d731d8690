package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Objective;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.picture.PictureLegend;
import io.drillyard.evidence.picture.TimelinePicture;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One drill of the report: claim, verdict, figures, picture, checks, tables. */
final class DrillSection {
  private final int number;
  private final Evidence evidence;
  private final Drill drill;
  private final LedgerSource ledgers;
  private final boolean full;
  private final MarkupWriter out = new MarkupWriter();

  /**
   * The n-th drill.
   *
   * @param full with timeline and tables from the ledger
   */
  DrillSection(int number, Evidence evidence, LedgerSource ledgers, boolean full) {
    this.number = number;
    this.evidence = evidence;
    this.drill = evidence.drills().get(number - 1);
    this.ledgers = ledgers;
    this.full = full;
  }

  /** The section as HTML. */
  String write() {
    out.open("section", "class", "drill", "id", ReportHtml.anchor(number)).line();
    head();
    figures();
    EventsByKind seen = full ? ledger() : null;
    if (!full) {
      out.leaf(
          "p",
          "One of many repeats, and met: its timeline is not drawn. Its ledger lies in "
              + drill.folder()
              + ".",
          "class",
          "quiet");
    }
    if (seen != null) {
      picture(seen);
    }
    new ChecksTable(out, drill).write();
    RecoveryTable.write(out, drill);
    splitBrain();
    if (seen != null) {
      LedgerTables tables = new LedgerTables(out, seen);
      tables.lostWrites();
      tables.actions();
      tables.awaited();
      new ReachabilityTables(out, seen).write();
    }
    sentences("Observations", drill.observations(), "Nothing was remarked.");
    List<String> excluded = drill.notChecked().stream().map(NotCheckedSentences::sentence).toList();
    sentences("Not checked in this drill", excluded, "No exclusion was declared.");
    new RecordTables(out, drill, seen).write();
    return out.close().line().toString();
  }

  private void head() {
    out.open("header");
    out.leaf("p", "Drill " + number + " · " + drill.scenario(), "class", "kicker");
    out.open("div", "class", "title").leaf("h2", drill.title());
    VerdictBadge.write(
        out, drill.control() == null ? drill.verdict().name() : ResultTable.result(drill));
    out.close();
    out.leaf("p", drill.claim(), "class", "claim");
    Evidence.Control control = drill.control();
    if (control != null) {
      out.open("p", "class", "note").leaf("strong", "Control, known to be unsafe. ");
      out.text(control.why() + " The check ").leaf("code", control.check());
      out.text(" must find the violation. No target is judged here.").close();
    }
    if (!drill.end().equals("complete")) {
      out.open("p", "class", "alarm").leaf("strong", "This drill was " + drill.end() + ".");
      out.text(" It is judged on what had been recorded by then.").close();
    }
    out.open("dl", "class", "facts");
    fact("Context", drill.context());
    fact(
        "Disruption",
        drill.beside() ? "not exercised; judged by " + drill.disruption() : drill.disruption());
    fact("Environment", drill.environment());
    fact("Failover", drill.target().objective().failover().word());
    fact("Started", SummarySection.instant(drill.started()));
    fact("Took", FigureWords.ms(drill.durationMs()));
    out.close();
    out.open("p", "class", "replay")
        .text("Play it again: ")
        .leaf("code", ReplayCommand.command(evidence, drill));
    out.close().close().line();
  }

  private void fact(String name, String value) {
    out.open("div").leaf("dt", name).leaf("dd", value).close();
  }

  private void figures() {
    Objective objective = drill.target().objective();
    out.open("div", "class", "figures");
    String check = ResultTable.recovery(drill);
    String from = objective.servesWhileHeld() ? "from the injection" : "from the heal";
    figure(
        check.equals(ResultTable.RETURN)
            ? "Service after the last heal"
            : "Recovery time (RTO), " + from,
        FigureWords.duration(objective.rto()),
        check);
    figure("Data loss (RPO)", Evidence.Cell.of(drill.context(), objective).rpo(), ResultTable.LOSS);
    if (!drill.settings().isEmpty()) {
      out.open("div", "class", "settings").leaf("h3", "Declared settings that shape RTO");
      out.open("dl");
      drill.settings().forEach(this::fact);
      out.close().close();
    }
    out.close().line();
  }

  private void figure(String what, String target, String check) {
    Finding finding = ResultTable.finding(drill, check);
    Finding.Measured m = finding == null ? null : finding.measured();
    out.open("div", "class", "figure-box").leaf("h3", what);
    out.leaf("p", m == null ? "not measured" : FigureWords.measured(m), "class", "big");
    if (drill.control() != null) {
      out.leaf("p", "observed in a control; no target is judged").close();
      return;
    }
    out.open("p").text("target " + target);
    String margin = FigureWords.margin(m);
    if (margin != null) {
      out.text(" · " + margin);
    }
    out.close();
    VerdictBadge.write(out, finding == null ? "NOT TESTED" : finding.verdict().name()).close();
  }

  /** A ledger that cannot be read must not cost the report of the other drills. */
  private @Nullable EventsByKind ledger() {
    try {
      return new EventsByKind(ledgers.events(drill));
    } catch (RuntimeException e) {
      out.open("p", "class", "alarm").leaf("strong", "The ledger of this drill is unreadable. ");
      out.text("No picture and no tables can be drawn from it: ");
      out.text(Objects.requireNonNullElse(e.getMessage(), e.toString())).close();
      return null;
    }
  }

  private void picture(EventsByKind seen) {
    boolean held = drill.target().objective().servesWhileHeld();
    Finding recovery = ResultTable.finding(drill, ResultTable.RECOVERY);
    TimelinePicture picture = new TimelinePicture(seen, recovery, held);
    String closeUp = picture.closeUp();
    out.leaf("h3", closeUp == null ? "Timeline" : "Timeline, close-up");
    if (closeUp != null) {
      out.raw(closeUp).leaf("h3", "Timeline, whole drill");
    }
    out.raw(picture.whole());
    PictureLegend.write(out);
    out.line();
  }

  private void splitBrain() {
    Finding finding = ResultTable.finding(drill, ResultTable.SPLIT_BRAIN);
    if (finding == null || finding.verdict() != Verdict.MISSED) {
      return;
    }
    out.open("div", "class", "callout missed").leaf("h3", "Two primaries at once");
    out.leaf("p", finding.summary());
    if (!finding.parts().isEmpty()) {
      out.open("dl", "class", "facts");
      finding
          .parts()
          .forEach((name, m) -> fact(FigureWords.heading(name), FigureWords.measured(m)));
      out.close();
    }
    out.close().line();
  }

  private void sentences(String title, List<String> sentences, String none) {
    out.leaf("h3", title);
    if (sentences.isEmpty()) {
      out.leaf("p", none, "class", "quiet");
      return;
    }
    out.open("ul", "class", "sentences");
    sentences.forEach(s -> out.leaf("li", s));
    out.close().line();
  }
}
