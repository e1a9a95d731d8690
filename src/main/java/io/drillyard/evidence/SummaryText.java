package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result table for a terminal: 100 columns at most, one block per context. */
public final class SummaryText {
  private static final int WIDTH = 100;
  private static final int DISRUPTION = 19;
  private static final int SCENARIO = 18;
  private static final int VERDICT = 12;
  private static final int TARGET = 6;
  private static final int RTO = 14;
  private static final int RPO = 9;

  /** Key under which a run names a drill that was asked for and not played. */
  public static final String NOT_TESTED = "not tested: ";

  private static final String NO_CELL =
      "No declared disruption was drilled in this run: every cell stays NOT TESTED.";

  private final boolean colour;
  private final StringBuilder out = new StringBuilder();

  private SummaryText(boolean colour) {
    this.colour = colour;
  }

  /**
   * The table.
   *
   * @param colour false for NO_COLOR, files and pipes
   */
  public static String write(Evidence evidence, boolean colour) {
    return new SummaryText(colour).all(evidence);
  }

  private String all(Evidence evidence) {
    ResultTable results = new ResultTable(evidence);
    if (evidence.drills().isEmpty() && !evidence.restoreTests().isEmpty()) {
      return out.append(RestoreLadderText.write(evidence)).append(end(evidence)).toString();
    }
    row("disruption", "scenario", "verdict", "RTO", "measured", "RPO", "lost", "margin");
    for (String context : results.contexts()) {
      out.append(context).append('\n');
      results.rows().getOrDefault(context, List.of()).forEach(this::declared);
      results.backups(context).forEach(this::backup);
    }
    List<ResultTable.Row> beside = results.beside();
    if (!beside.isEmpty()) {
      out.append(
          "beside the cells: judged by these targets, though no such disruption was drilled\n");
      beside.forEach(this::declared);
    }
    if (results.noCellTried()) {
      out.append(NO_CELL).append('\n');
    }
    List<Drill> controls = results.controls();
    if (!controls.isEmpty()) {
      out.append("controls: known-unsafe set-ups that the named check must catch\n");
      controls.forEach(this::control);
    }
    reasons(evidence);
    RunStudy study = evidence.study();
    if (study != null) {
      if (!study.distributions().isEmpty()) {
        out.append("repeats\n");
      }
      study(study);
      StormStudy storm = study.storm();
      if (storm != null) {
        storm(storm);
      }
      SettingsSweep sweep = study.sweep();
      if (sweep != null) {
        sweep(sweep);
      }
    }
    out.append(RestoreLadderText.write(evidence));
    return out.append(end(evidence)).toString();
  }

  private String end(Evidence evidence) {
    return evidence.end().equals("complete")
        ? ""
        : paint("THIS RUN WAS " + upper(evidence.end()), "MISSED") + "\n";
  }

  private void backup(ResultTable.BackupRow row) {
    RestoreTest test = row.test();
    String margin = FigureWords.margin(row.measured(Rung.RECOVERY_TIME));
    row(
        "backup",
        test == null ? FigureWords.NONE : test.policy(),
        row.word(),
        row.limit(Rung.RECOVERY_TIME),
        compact(row.measured(Rung.RECOVERY_TIME)),
        row.limit(Rung.FRESHNESS),
        atMost(row.measured(Rung.FRESHNESS)),
        margin == null ? FigureWords.NONE : shortened(margin));
  }

  /** What a log has to say without the report: why a drill is not MET, and what was left out. */
  private void reasons(Evidence evidence) {
    for (Drill drill : evidence.drills()) {
      if (drill.control() == null && drill.verdict() != Verdict.MET) {
        out.append("why ")
            .append(drill.scenario())
            .append(" is ")
            .append(drill.verdict())
            .append('\n');
        drill.checks().stream()
            .filter(f -> f.verdict() != Verdict.MET)
            .forEach(f -> sentence(f.check() + " " + f.verdict() + ": " + f.summary()));
      }
    }
    evidence
        .harness()
        .forEach(
            (fact, why) -> {
              if (fact.startsWith(NOT_TESTED)) {
                sentence("NOT TESTED " + fact.substring(NOT_TESTED.length()) + ": " + why);
              }
            });
  }

  private void declared(ResultTable.Row row) {
    Drill drill = row.drill();
    row(
        row.cell().disruption(),
        drill == null ? FigureWords.NONE : name(drill, row.repeats()),
        row.word(),
        row.cell().rto(),
        compact(row.rto()),
        tight(row.cell().rpo()),
        atMost(row.rpo()),
        margin(row));
  }

  private static String name(Drill drill, @Nullable RepeatDistribution repeats) {
    String times = repeats == null || repeats.runs() == 1 ? "" : " ×" + repeats.runs();
    return pad(drill.scenario(), Math.min(drill.scenario().length(), SCENARIO - times.length()))
        + times;
  }

  /** What repeats show, in sentences below the table. */
  private void study(RunStudy study) {
    for (RepeatDistribution d : study.distributions()) {
      String rto =
          "RTO p50 %s, p95 %s, max %s"
              .formatted(
                  FigureWords.sample(d.rto().p50(), d.rto().unit()),
                  FigureWords.sample(d.rto().p95(), d.rto().unit()),
                  FigureWords.sample(d.rto().max(), d.rto().unit()));
      sentence(d.kind().words() + ": " + d.verdict() + ". " + d.statement() + " " + rto + ".");
    }
    RunStudy.Baseline baseline = study.baseline();
    if (baseline != null) {
      sentence("Compared with " + baseline.run() + ":");
      baseline.regressions().forEach(r -> sentence(r.kind().scenario() + ": " + r.statement()));
    }
  }

  /** The seed, what the search came to, and the one command that plays it again. */
  private void storm(StormStudy storm) {
    out.append("storm, seed ").append(storm.course().seed()).append('\n');
    String found = StormSection.result(storm);
    if (!found.isEmpty()) {
      sentence(found);
    }
    out.append("  Play it again: ").append(storm.course().replay()).append('\n');
  }

  /** One line per cell of a sweep. */
  private void sweep(SettingsSweep sweep) {
    out.append("settings, made from ").append(sweep.grid().base()).append('\n');
    for (SettingsSweep.Cell cell : sweep.cells()) {
      String skipped = cell.point().skipped();
      String came =
          skipped != null
              ? "left out: " + skipped
              : "RTO %s, lost %s, two primaries %s"
                  .formatted(figure(cell.rto()), figure(cell.lost()), figure(cell.overlap()));
      sentence(cell.scenario() + " " + settings(cell.point()) + ": " + came);
    }
  }

  private static String settings(SettingsSweep.Point point) {
    return point.values().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String figure(SettingsSweep.Figure f) {
    return tight(FigureWords.sample(f.worst(), f.unit())) + " " + FigureWords.verdict(f.verdict());
  }

  private void sentence(String text) {
    StringBuilder line = new StringBuilder("  ");
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder("    ");
      }
      line.append(word).append(' ');
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private void control(Drill drill) {
    Evidence.Control control = drill.control();
    if (control != null) {
      out.append("  ").append(pad(drill.scenario(), DISRUPTION + SCENARIO + 1)).append(' ');
      out.append(paint(pad(control.result(), VERDICT), control.result()));
      out.append(' ').append("by ").append(control.check()).append('\n');
    }
  }

  private void row(String... c) {
    out.append("  ").append(pad(c[0], DISRUPTION)).append(' ').append(pad(c[1], SCENARIO));
    out.append(' ').append(paint(pad(c[2], VERDICT), c[2]));
    out.append(' ').append(pad(c[3], TARGET)).append(' ').append(pad(c[4], RTO));
    out.append(' ').append(pad(c[5], TARGET)).append(' ').append(pad(c[6], RPO));
    out.append(' ').append(c[7]).append('\n');
  }

  private static String compact(Finding.@Nullable Measured m) {
    if (m == null) {
      return FigureWords.NONE;
    }
    if (Double.isInfinite(m.upper())) {
      return "> " + tight(FigureWords.amount(m.lower(), m.unit()));
    }
    return tight(FigureWords.measured(m).replace(" – ", "–"));
  }

  /** What was lost at most: a narrow column keeps the end that counts. */
  private static String atMost(Finding.@Nullable Measured m) {
    if (m == null || m.lower() == m.upper() || Double.isInfinite(m.upper())) {
      return compact(m);
    }
    return "≤ " + tight(FigureWords.amount(m.upper(), m.unit()));
  }

  /** Of the two margins the one that decides: a target that was not held, else the RTO. */
  private static String margin(ResultTable.Row row) {
    boolean lossDecides = !held(row.rpo()) && held(row.rto());
    String margin = FigureWords.margin(lossDecides ? row.rpo() : row.rto());
    if (margin == null) {
      return FigureWords.NONE;
    }
    return shortened(margin);
  }

  private static String shortened(String margin) {
    return tight(margin)
        .replaceAll(" \\(.*", "")
        .replace("over by ", "-")
        .replace(" left", "")
        .replace("limit inside the interval", "unclear")
        .replace("exactly met", "0 s");
  }

  private static boolean held(Finding.@Nullable Measured m) {
    return m == null || m.limit() == null || m.upper() <= m.limit();
  }

  private static String tight(String text) {
    return text.replaceAll(" transactions?", " tx");
  }

  private static String pad(String text, int width) {
    String cut = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    return cut + " ".repeat(width - cut.length());
  }

  private String paint(String text, String verdict) {
    if (!colour) {
      return text;
    }
    String code =
        switch (verdict) {
          case "MET", "CAUGHT" -> "32";
          case "MISSED", "NOT CAUGHT" -> "1;31";
          case "UNDETERMINED" -> "33";
          case "NOT TESTED" -> "2";
          default -> "";
        };
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  private static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }
}
