package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence.Cell;
import io.drillyard.evidence.Evidence.Drill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of a run, as rows: what was declared, and the drills that tried it.
 *
 * <p>A cell without a drill stays, and reads NOT TESTED. A control never appears in a cell: it says
 * something about the harness, nothing about the context.
 */
final class Results {
  /** Name of the check that measures RTO. */
  static final String RECOVERY = "recoveryTime";

  /** Name of the check that measures RPO. */
  static final String LOSS = "dataLoss";

  /** Name of the check that looks for two primaries. */
  static final String SPLIT_BRAIN = "noSplitBrain";

  /** A declared cell, and one drill of it, or none. */
  record Row(Cell cell, @Nullable Drill drill) {
    Finding.@Nullable Measured rto() {
      return measured(drill, RECOVERY);
    }

    Finding.@Nullable Measured rpo() {
      return measured(drill, LOSS);
    }
  }

  private final Evidence evidence;

  Results(Evidence evidence) {
    this.evidence = evidence;
  }

  /** All rows by context, in declared order; each drill of a cell has a row of its own. */
  Map<String, List<Row>> rows() {
    Map<String, List<Row>> byContext = new LinkedHashMap<>();
    List<Drill> left = new ArrayList<>(drills());
    for (Cell cell : evidence.contexts()) {
      List<Row> rows = byContext.computeIfAbsent(cell.context(), k -> new ArrayList<>());
      List<Drill> mine = left.stream().filter(d -> fits(d, cell)).toList();
      mine.forEach(d -> rows.add(new Row(cell, d)));
      left.removeAll(mine);
      if (mine.isEmpty()) {
        rows.add(new Row(cell, null));
      }
    }
    // A stored run may hold drills whose declaration is gone since; they keep their own target.
    for (Drill d : left) {
      byContext
          .computeIfAbsent(d.context(), k -> new ArrayList<>())
          .add(new Row(Cell.of(d.context(), d.target().objective()), d));
    }
    return byContext;
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
    return rows().values().stream()
        .flatMap(List::stream)
        .filter(row -> row.drill() == null)
        .count();
  }

  /** The result of a control; empty for an ordinary drill. */
  static String result(Drill drill) {
    return drill.control() == null ? "" : drill.control().result();
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
