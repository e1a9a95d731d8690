package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import org.jspecify.annotations.Nullable;

/** The cells of a table of results. */
final class TableCells {
  private final MarkupWriter out;

  TableCells(MarkupWriter out) {
    this.out = out;
  }

  /** Opens one, with the column's name for narrow screens. */
  MarkupWriter cell(String label) {
    return out.open("td", "data-label", label);
  }

  /** A whole one: a measured value, and what is left of its limit. */
  void measured(String label, Finding.@Nullable Measured m) {
    measured(label, m, null);
  }

  /** The same, with what has to be known of the value; null: nothing. */
  void measured(String label, Finding.@Nullable Measured m, @Nullable String of) {
    cell(label).leaf("span", FigureWords.measured(m), "class", "figure");
    String margin = FigureWords.margin(m);
    if (margin != null) {
      out.leaf("small", margin, "class", "margin " + standing(m));
    }
    if (of != null) {
      out.leaf("small", of);
    }
    out.close();
  }

  private static String standing(Finding.@Nullable Measured m) {
    if (m == null || m.limit() == null || m.upper() <= m.limit()) {
      return "left";
    }
    return m.lower() > m.limit() ? "over" : "unclear";
  }
}
