package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.RecoveryMilestone;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import java.util.Locale;

/** Where the recovery time went: a bar per step, and the other lengths that were measured. */
final class RecoveryTable {
  private static final double LEAST_BAR = 0.6;

  private RecoveryTable() {}

  static void write(MarkupWriter out, Drill drill) {
    Finding recovery = ResultTable.finding(drill, ResultTable.RECOVERY);
    if (recovery == null || recovery.parts().isEmpty()) {
      return;
    }
    out.leaf("h3", "Where the recovery time went");
    List<RecoveryMilestone> steps = RecoveryMilestone.of(recovery);
    if (!steps.isEmpty()) {
      RecoveryPartBounds bounds = RecoveryPartBounds.of(drill);
      steps(out, steps, bounds);
      bounds.explain(out);
    }
    out.open("dl", "class", "facts");
    recovery
        .parts()
        .forEach(
            (name, m) -> {
              if (!RecoveryMilestone.isMoment(name)) {
                out.open("div").leaf("dt", FigureWords.heading(name));
                out.leaf("dd", FigureWords.measured(m)).close();
              }
            });
    out.close().line();
  }

  private static void steps(
      MarkupWriter out, List<RecoveryMilestone> steps, RecoveryPartBounds bounds) {
    double whole = Math.max(1, steps.getLast().upperMs());
    out.open("div", "class", "scroll").open("table", "class", "steps").open("thead").open("tr");
    out.leaf("th", "Step", "scope", "col").leaf("th", "After the injection", "scope", "col");
    out.leaf("th", "Took at most", "scope", "col");
    if (bounds.known()) {
      out.leaf("th", "By the settings", "scope", "col");
    }
    out.leaf("th", "Share of the way", "scope", "col").close().close().open("tbody");
    double previousLower = 0;
    double previous = 0;
    for (RecoveryMilestone step : steps) {
      out.open("tr").leaf("th", step.name(), "scope", "row");
      Finding.Measured at =
          new Finding.Measured(
              Math.max(0, step.lowerMs()), Math.max(0, step.upperMs()), null, "ms");
      out.open("td").leaf("span", FigureWords.measured(at), "class", "figure").close();
      out.leaf("td", FigureWords.ms(Math.max(0, step.upperMs() - previousLower)));
      if (bounds.known()) {
        bounds.cell(out, step);
      }
      out.open("td", "class", "bar").open("svg", "width", "100%", "height", "12");
      double from = Math.max(0, 100 * previous / whole);
      double width = Math.max(LEAST_BAR, 100 * (step.upperMs() - previous) / whole);
      out.empty("rect", "class", "track", "x", "0", "y", "5", "width", "100%", "height", "2");
      out.empty(
          "rect",
          "class",
          "step s0",
          "x",
          percent(from),
          "y",
          "1",
          "width",
          percent(width),
          "height",
          "10");
      out.close().close().close();
      previousLower = Math.max(0, step.lowerMs());
      previous = Math.max(previous, step.upperMs());
    }
    out.close().close().close().line();
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f%%", Math.min(value, 100 - LEAST_BAR));
  }
}
