package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.RecoveryTime;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.repeat.FigureDistribution;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.declaration.Disruption;
import io.drillyard.evidence.Evidence.Cell;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of a run, as rows: what was declared, and the drills that tried it.
 *
 * <p>A cell without a drill stays, and reads NOT TESTED. A control never appears in a cell: it says
 * something about the harness, nothing about the context. Nor does a drill that is judged beside a
 * disruption which it does not exercise: it has a row, and no cell.
 */
final class ResultTable {
  /** Name of the check that measures RTO. */
  static final String RECOVERY = "recoveryTime";

  /** Name of the check that measures when service returned after a storm. */
  static final String RETURN = "serviceReturned";

  /** Name of the check that measures RPO. */
  static final String LOSS = "dataLoss";

  /** Name of the check that looks for two primaries. */
  static final String SPLIT_BRAIN = "noSplitBrain";

  /** A declared cell, and one drill of it, the repeats of one, or none. */
  record Row(Cell cell, @Nullable Drill drill, @Nullable RepeatDistribution repeats) {
    /** Of repeats the largest, since that is what a target without a share is judged by. */
    Finding.@Nullable Measured rto() {
      return repeats == null ? measured(drill, recovery(drill)) : largest(repeats.rto());
    }

    /** What of the RTO is declared for people, and the technical time; null where nothing is. */
    @Nullable String people() {
      Finding recovery = drill == null || repeats != null ? null : finding(drill, recovery(drill));
      Finding.Measured technical =
          recovery == null ? null : recovery.parts().get(RecoveryTime.TECHNICAL);
      if (recovery == null || technical == null) {
        return null;
      }
      double declared = 0;
      for (String part : List.of(RecoveryTime.DETECTION, RecoveryTime.DECISION)) {
        Finding.Measured one = recovery.parts().get(part);
        declared += one == null ? 0 : one.upper();
      }
      Finding.Measured decided = recovery.parts().get(RecoveryTime.DECIDED);
      return "%s of it declared for people, whom the drill simulates%s; technically %s"
          .formatted(
              FigureWords.ms(declared),
              decided == null
                  ? ""
                  : ", and %s in which somebody decided".formatted(FigureWords.ms(decided.upper())),
              FigureWords.measured(technical));
    }

    Finding.@Nullable Measured rpo() {
      return repeats == null ? measured(drill, LOSS) : largest(repeats.rpo());
    }

    @Nullable Verdict verdict() {
      if (repeats != null) {
        return repeats.verdict();
      }
      return drill == null ? null : drill.verdict();
    }

    /** The verdict as printed; NOT TESTED where there is no drill. */
    String word() {
      Verdict verdict = verdict();
      return verdict == null ? "NOT TESTED" : FigureWords.verdict(verdict);
    }

    private static Finding.@Nullable Measured largest(@Nullable FigureDistribution spread) {
      return spread == null
          ? null
          : new Finding.Measured(
              spread.max().lower(), spread.max().upper(), spread.limit(), spread.unit());
    }
  }

  /**
   * What is known of a context's backup: a restore test that serves it, or none.
   *
   * @param cadence longest time between two proofs, in words; empty: not declared
   */
  record BackupRow(String cadence, @Nullable RestoreTest test) {
    /** The verdict as printed; NOT TESTED where there is no test. */
    String word() {
      return test == null ? "NOT TESTED" : FigureWords.verdict(test.verdict());
    }

    /** What a rung found; null where nothing was tested. */
    @Nullable Finding finding(Rung rung) {
      return test == null ? null : RestoreSection.finding(test, rung);
    }

    Finding.@Nullable Measured measured(Rung rung) {
      Finding finding = finding(rung);
      return finding == null ? null : finding.measured();
    }

    /** A rung's declared limit, in words. */
    String limit(Rung rung) {
      Finding.Measured m = measured(rung);
      Double limit = m == null ? null : m.limit();
      return m == null || limit == null ? FigureWords.NONE : FigureWords.amount(limit, m.unit());
    }
  }

  private final Evidence evidence;

  ResultTable(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * All rows by context, in declared order; each drill of a cell has a row of its own, and the
   * repeats of a drill have one together.
   */
  Map<String, List<Row>> rows() {
    Map<String, List<Row>> byContext = new LinkedHashMap<>();
    List<Drill> left = new ArrayList<>(drills().stream().filter(Drill::fillsCell).toList());
    for (Cell cell : evidence.contexts()) {
      List<Row> rows = byContext.computeIfAbsent(cell.context(), k -> new ArrayList<>());
      List<Drill> mine = left.stream().filter(d -> fits(d, cell)).toList();
      mine.forEach(d -> add(rows, cell, d));
      left.removeAll(mine);
      if (mine.isEmpty()) {
        rows.add(new Row(cell, null, null));
      }
    }
    // A stored run may hold drills whose declaration is gone since; they keep their own target.
    for (Drill d : left) {
      List<Row> rows = byContext.computeIfAbsent(d.context(), k -> new ArrayList<>());
      add(rows, Cell.of(d.context(), d.target().objective()), d);
    }
    return byContext;
  }

  /**
   * The rows of a context's backup: its restore tests, or the one that says that there was none.
   */
  List<BackupRow> backups(String context) {
    String cadence =
        evidence.backups().stream()
            .filter(b -> b.context().equals(context))
            .map(Evidence.Backup::cadence)
            .findFirst()
            .orElse("");
    List<BackupRow> rows = new ArrayList<>();
    evidence.plainTests().stream()
        .filter(t -> t.serves().contains(context))
        .forEach(t -> rows.add(new BackupRow(cadence, t)));
    if (rows.isEmpty() && !cadence.isEmpty()) {
      rows.add(new BackupRow(cadence, null));
    }
    return rows;
  }

  /** Every context that has a row, in declared order. */
  Set<String> contexts() {
    Set<String> contexts = new LinkedHashSet<>(rows().keySet());
    evidence.backups().forEach(b -> contexts.add(b.context()));
    evidence.plainTests().forEach(t -> contexts.addAll(t.serves()));
    return contexts;
  }

  /** How many plain restore tests came out so. */
  long tests(Verdict verdict) {
    return evidence.plainTests().stream().filter(t -> t.verdict() == verdict).count();
  }

  /** How many controls among the restore tests came out so. */
  long testControls(String result) {
    return evidence.testControls().stream().filter(t -> t.result().equals(result)).count();
  }

  /** The drills beside the table, each with the targets that it is judged by; repeats together. */
  List<Row> beside() {
    List<Row> rows = new ArrayList<>();
    drills().stream()
        .filter(Drill::beside)
        .forEach(d -> add(rows, Cell.of(d.context(), d.target().objective()), d));
    return rows;
  }

  /** True where drills were judged, and none of them tried a declared cell. */
  boolean noCellTried() {
    return !drills().isEmpty() && drills().stream().allMatch(Drill::beside);
  }

  private void add(List<Row> rows, Cell cell, Drill drill) {
    RunStudy study = evidence.study();
    RepeatDistribution repeats = study == null ? null : study.distribution(drill);
    boolean told = repeats != null && rows.stream().anyMatch(row -> repeats.equals(row.repeats()));
    if (!told) {
      rows.add(new Row(cell, drill, repeats));
    }
  }

  /** The drills that judge a target. */
  List<Drill> drills() {
    return evidence.drills().stream().filter(d -> d.control() == null).toList();
  }

  /** The drills that judge the harness. */
  List<Drill> controls() {
    return evidence.drills().stream().filter(d -> d.control() != null).toList();
  }

  /** How many drills of a target came out so. */
  long count(Verdict verdict) {
    return drills().stream().filter(d -> d.verdict() == verdict).count();
  }

  /** How many controls came out so. */
  long controls(String result) {
    return controls().stream().filter(d -> result.equals(result(d))).count();
  }

  /** How many declared cells no drill of this run tried. */
  long notTested() {
    long cells =
        rows().values().stream().flatMap(List::stream).filter(row -> row.drill() == null).count();
    long backups =
        contexts().stream()
            .flatMap(context -> backups(context).stream())
            .filter(row -> row.test() == null)
            .count();
    return cells + backups;
  }

  /** The result of a control; empty for an ordinary drill. */
  static String result(Drill drill) {
    return drill.control() == null ? "" : drill.control().result();
  }

  /** The check that a drill's recovery is judged by. */
  static String recovery(@Nullable Drill drill) {
    boolean storm = drill != null && drill.disruption().equals(Disruption.STORM.word());
    return storm ? RETURN : RECOVERY;
  }

  /** The finding of a check, or null. */
  static @Nullable Finding finding(@Nullable Drill drill, String check) {
    if (drill == null) {
      return null;
    }
    return drill.checks().stream().filter(f -> f.check().equals(check)).findFirst().orElse(null);
  }

  private static Finding.@Nullable Measured measured(@Nullable Drill drill, String check) {
    Finding finding = finding(drill, check);
    return finding == null ? null : finding.measured();
  }

  private static boolean fits(Drill drill, Cell cell) {
    return drill.context().equals(cell.context()) && drill.disruption().equals(cell.disruption());
  }
}
