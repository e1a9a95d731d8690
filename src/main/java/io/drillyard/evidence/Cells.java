package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.evidence.text.Markup;
import io.drillyard.evidence.text.Words;
import org.jspecify.annotations.Nullable;

/** The cells of a table of results. */
final class Cells {
  private final Markup out;

  Cells(Markup out) {
    this.out = out;
  }

  /** Opens one, with the column's name for narrow screens. */
  Markup cell(String label) {
    return out.open("td", "data-label", label);
  }

  /** A whole one: a measured value, and what is left of its limit. */
  void measured(String label, Finding.@Nullable Measured m) {
    cell(label).leaf("span", Words.measured(m), "class", "figure");
    String margin = Words.margin(m);
    if (margin != null) {
      out.leaf("small", margin, "class", "margin " + standing(m));
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
