package io.drillyard.evidence;

import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;

/**
 * The rows of contexts' backups, beside those of their disruptions: how often a proof is due, how
 * old the backup was, how long its restore took, and how new the data were that came back.
 */
final class BackupRows {
  private final MarkupWriter out;
  private final TableCells cells;

  BackupRows(MarkupWriter out) {
    this.out = out;
    this.cells = new TableCells(out);
  }

  void row(ResultTable.BackupRow row) {
    RestoreTest test = row.test();
    out.open("tr", "class", test == null ? "untested" : "tested");
    cells.cell("Disruption").leaf("span", "backup", "class", "what");
    String age = FigureWords.measured(row.measured(Rung.BACKUP_AGE));
    out.leaf(
        "small",
        (row.cadence().isEmpty() ? "" : "to be proved every " + row.cadence())
            + (age.equals(FigureWords.NONE) ? "" : "; age " + age));
    out.close();
    cells.cell("Drill");
    if (test == null) {
      out.text(FigureWords.NONE);
    } else {
      out.leaf("a", RestoreSection.title(test), "href", "#" + RestoreSection.anchor(test));
      out.leaf("small", test.backup().getOrDefault("label", "no backup was chosen"));
      if (!test.end().equals("complete")) {
        out.text(" ").leaf("em", test.end(), "class", "cut");
      }
    }
    out.close();
    cells.cell("RTO target").text(row.limit(Rung.RECOVERY_TIME)).close();
    cells.measured("RTO measured", row.measured(Rung.RECOVERY_TIME));
    cells.cell("RPO target").text(row.limit(Rung.FRESHNESS)).close();
    cells.measured("RPO measured", row.measured(Rung.FRESHNESS));
    cells.cell("Verdict");
    VerdictBadge.write(out, row.word()).close();
    out.close().line();
  }
}
