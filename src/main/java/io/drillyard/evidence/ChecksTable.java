package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;

/** Every check of a drill: verdict, target, measured value, one sentence, details on demand. */
final class ChecksTable {
  private final MarkupWriter out;
  private final Drill drill;

  ChecksTable(MarkupWriter out, Drill drill) {
    this.out = out;
    this.drill = drill;
  }

  void write() {
    out.leaf("h3", "Checks");
    if (drill.checks().isEmpty()) {
      out.leaf("p", "No check was judged.", "class", "quiet");
      return;
    }
    out.open("div", "class", "scroll").open("table", "class", "checks").open("thead").open("tr");
    out.leaf("th", "Check", "scope", "col").leaf("th", "Verdict", "scope", "col");
    out.leaf("th", "Target", "scope", "col").leaf("th", "Measured", "scope", "col");
    out.leaf("th", "Finding", "scope", "col").close().close().open("tbody");
    drill.checks().forEach(this::row);
    out.close().close().close().line();
  }

  private void row(Finding f) {
    boolean named = drill.control() != null && f.check().equals(drill.control().check());
    out.open("tr", "class", named ? "named" : "");
    out.open("th", "scope", "row").text(FigureWords.plain(f.check()));
    if (named) {
      out.leaf("small", "the check that must catch it");
    }
    out.close();
    out.open("td", "data-label", "Verdict");
    VerdictBadge.write(out, f.verdict().name()).close();
    String target = f.target() == null ? FigureWords.NONE : f.target();
    out.leaf("td", target, "data-label", "Target");
    out.open("td", "data-label", "Measured");
    out.leaf("span", FigureWords.measured(f.measured()), "class", "figure").close();
    out.open("td", "data-label", "Finding", "class", "wide").text(f.summary());
    if (!f.details().isEmpty()) {
      out.open("details").leaf("summary", FigureWords.count(f.details().size(), "detail"));
      out.open("ul");
      f.details().forEach(d -> out.leaf("li", d));
      out.close().close();
    }
    out.close().close().line();
  }
}
