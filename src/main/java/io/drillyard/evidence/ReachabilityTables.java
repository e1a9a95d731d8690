package io.drillyard.evidence;

import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who reached whom before, during and after each fault of the network, plane by plane. */
final class ReachabilityTables {
  private static final List<String> MOMENTS = List.of("before", "during", "after");
  private final MarkupWriter out;
  private final Map<String, Map<String, Event.Reachability>> byFault = new LinkedHashMap<>();

  /** Of one drill's ledger. */
  ReachabilityTables(MarkupWriter out, EventsByKind seen) {
    this.out = out;
    for (Event.Reachability matrix : seen.all(Event.Reachability.class)) {
      byFault
          .computeIfAbsent(matrix.fault(), f -> new LinkedHashMap<>())
          .put(matrix.moment(), matrix);
    }
  }

  /** Silent where nothing was measured. */
  void write() {
    byFault.forEach(this::fault);
  }

  private void fault(String name, Map<String, Event.Reachability> matrices) {
    out.leaf("h3", "Who reached whom: fault '" + name + "'");
    out.leaf(
        "p",
        "Tried for real over the data network, from each row to each column, three marks a cell:"
            + " before, during and after the fault. + reached (a refusal counts: packets passed), × silent,"
            + " ? not known or not measured.",
        "class",
        "lead");
    Map<String, List<Cell>> planes = cells(matrices);
    List<String> same = new ArrayList<>();
    for (Map.Entry<String, List<Cell>> plane : planes.entrySet()) {
      List<Cell> cells = plane.getValue();
      if (cells.stream().allMatch(Cell::whole)) {
        same.add(plane.getKey() + " (" + cells.size() + " paths)");
      } else {
        grid(plane.getKey(), cells);
      }
    }
    if (!same.isEmpty()) {
      out.leaf("p", "Reached all three times, on every path: " + String.join(", ", same) + ".");
    }
    out.line();
  }

  /** One path and its three marks. */
  private record Cell(String from, String to, String marks, String words) {
    boolean whole() {
      return marks.equals("+++");
    }
  }

  private static Map<String, List<Cell>> cells(Map<String, Event.Reachability> matrices) {
    Map<List<String>, Map<String, Event.Reached>> paths = new LinkedHashMap<>();
    for (String moment : MOMENTS) {
      Event.Reachability matrix = matrices.get(moment);
      if (matrix != null) {
        for (Event.Reached path : matrix.paths()) {
          paths
              .computeIfAbsent(
                  List.of(path.plane(), path.from(), path.to()), p -> new LinkedHashMap<>())
              .put(moment, path);
        }
      }
    }
    Map<String, List<Cell>> planes = new LinkedHashMap<>();
    paths.forEach(
        (path, results) -> {
          StringBuilder marks = new StringBuilder();
          List<String> words = new ArrayList<>();
          for (String moment : MOMENTS) {
            Event.Reached result = results.get(moment);
            marks.append(mark(result));
            words.add(moment + ": " + (result == null ? "not measured" : result.result()));
          }
          planes
              .computeIfAbsent(path.get(0), p -> new ArrayList<>())
              .add(new Cell(path.get(1), path.get(2), marks.toString(), String.join(", ", words)));
        });
    return planes;
  }

  private static char mark(Event.@Nullable Reached result) {
    if (result == null) {
      return '?';
    }
    return result.passes() ? '+' : result.result().equals("SILENT") ? '×' : '?';
  }

  private void grid(String plane, List<Cell> cells) {
    Set<String> rows = new LinkedHashSet<>();
    Set<String> columns = new LinkedHashSet<>();
    Map<String, Cell> byEnds = new LinkedHashMap<>();
    for (Cell cell : cells) {
      rows.add(cell.from());
      columns.add(cell.to());
      byEnds.put(cell.from() + "\0" + cell.to(), cell);
    }
    out.open("div", "class", "scroll", "tabindex", "0");
    out.open("table", "class", "matrix").leaf("caption", plane);
    out.open("thead").open("tr").leaf("th", "from \\ to");
    columns.forEach(c -> out.leaf("th", c));
    out.close().close().open("tbody");
    for (String row : rows) {
      out.open("tr").leaf("th", row);
      for (String column : columns) {
        Cell cell = byEnds.get(row + "\0" + column);
        if (cell == null) {
          out.leaf("td", "", "class", "self");
        } else {
          out.leaf(
              "td",
              cell.marks(),
              "class",
              cell.whole() ? "reached" : "changed",
              "title",
              row + " to " + column + ", " + cell.words());
        }
      }
      out.close();
    }
    out.close().close().close().line();
  }
}
