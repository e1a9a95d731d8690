package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.evidence.SettingsSweep.Axis;
import io.drillyard.evidence.SettingsSweep.Cell;
import io.drillyard.evidence.SettingsSweep.Figure;
import io.drillyard.evidence.picture.HeatMap;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each combination of settings came to, as maps of RTO, lost writes and two primaries. */
final class SweepSection {
  private static final int SHADES = 5;

  private final MarkupWriter out;
  private final SettingsSweep sweep;

  /** What is drawn: a setting of one value needs no direction of its own. */
  private final List<Axis> axes;

  private SweepSection(MarkupWriter out, SettingsSweep sweep) {
    this.out = out;
    this.sweep = sweep;
    List<Axis> all = sweep.grid().axes();
    List<Axis> varied = all.stream().filter(a -> a.values().size() > 1).toList();
    this.axes = varied.isEmpty() ? all.subList(all.size() - 1, all.size()) : varied;
  }

  static void write(MarkupWriter out, Evidence evidence) {
    RunStudy study = evidence.study();
    SettingsSweep sweep = study == null ? null : study.sweep();
    if (sweep != null) {
      new SweepSection(out, sweep).all();
    }
  }

  private void all() {
    out.open("section", "id", "sweep").leaf("h2", "What the settings come to");
    out.leaf(
        "p",
        "Made from "
            + sweep.grid().base()
            + fixed()
            + ". Each cell shows the worst of its runs, at the worst end of its interval. A hatched"
            + " cell is undetermined and says nothing good; a crossed one missed; an empty frame was"
            + " left out. The stronger the shade, the larger the figure.",
        "class",
        "lead");
    for (String scenario : sweep.grid().scenarios()) {
      List<Cell> cells = sweep.cells().stream().filter(c -> c.scenario().equals(scenario)).toList();
      out.open("div", "class", "series").leaf("h3", scenario);
      panels(cells, "Recovery time (RTO)", Cell::rto);
      panels(cells, "Acknowledged writes lost", Cell::lost);
      panels(cells, "Two primaries at once", Cell::overlap);
      out.close().line();
    }
    leftOut();
    out.close().line();
  }

  private String fixed() {
    String words =
        sweep.grid().axes().stream()
            .filter(a -> !axes.contains(a))
            .map(a -> a.key() + " = " + a.values().getFirst())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : " with " + words;
  }

  private void panels(List<Cell> cells, String title, Function<Cell, Figure> figure) {
    out.leaf("h4", title);
    double most = 0;
    for (Cell cell : cells) {
      Figure f = figure.apply(cell);
      Double limit = f.limit();
      double upper = f.worst().upper();
      most = Math.max(most, Double.isInfinite(upper) ? 0 : upper);
      most = limit == null ? most : Math.max(most, limit);
    }
    Axis across = axes.getLast();
    Axis down = axes.size() > 1 ? axes.get(axes.size() - 2) : null;
    out.open("div", "class", "panels");
    for (Map.Entry<Map<String, String>, List<Cell>> panel : byOthers(cells).entrySet()) {
      out.open("figure");
      if (!panel.getKey().isEmpty()) {
        out.leaf("figcaption", words(panel.getKey()));
      }
      List<List<HeatMap.Cell>> rows = new ArrayList<>();
      for (String value : down == null ? List.of("") : down.values()) {
        List<HeatMap.Cell> row = new ArrayList<>();
        for (Cell cell : panel.getValue()) {
          if (down == null || Objects.equals(cell.point().values().get(down.key()), value)) {
            row.add(drawn(cell, figure.apply(cell), most));
          }
        }
        rows.add(row);
      }
      out.raw(
          HeatMap.of(
              title + " by settings",
              across.key(),
              across.values(),
              down == null ? "" : down.key(),
              down == null ? List.of() : down.values(),
              rows));
      out.close();
    }
    out.close();
  }

  /** One panel per combination of all axes but the last two. */
  private Map<Map<String, String>, List<Cell>> byOthers(List<Cell> cells) {
    List<String> others = axes.stream().map(Axis::key).limit(Math.max(0, axes.size() - 2)).toList();
    Map<Map<String, String>, List<Cell>> panels = new LinkedHashMap<>();
    for (Cell cell : cells) {
      Map<String, String> key = new LinkedHashMap<>();
      others.forEach(k -> key.put(k, cell.point().values().getOrDefault(k, "")));
      panels.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
    }
    return panels;
  }

  private static HeatMap.Cell drawn(Cell cell, Figure f, double most) {
    String settings = words(cell.point().values());
    String skipped = cell.point().skipped();
    if (skipped != null) {
      return new HeatMap.Cell(
          HeatMap.Kind.LEFT_OUT, 0, FigureWords.NONE, "left out", settings + ": " + skipped);
    }
    Verdict verdict = f.verdict();
    String runs = cell.runs() == 0 ? "not drilled" : FigureWords.count(cell.runs(), "run");
    String title =
        settings + ": " + FigureWords.sample(f.worst(), f.unit()) + ", " + verdict + ", " + runs;
    HeatMap.Kind kind =
        switch (verdict) {
          case MET -> HeatMap.Kind.DECIDED;
          case MISSED -> HeatMap.Kind.MISSED;
          case UNDETERMINED -> HeatMap.Kind.UNDETERMINED;
        };
    double share = most == 0 ? 0 : f.worst().upper() / most;
    int shade = f.worst().upper() == 0 ? 0 : (int) Math.min(SHADES - 1, share * SHADES);
    return new HeatMap.Cell(
        kind,
        shade,
        value(f.worst(), f.unit()),
        verdict == Verdict.UNDETERMINED && cell.runs() > 0 ? "undetermined" : note(verdict, runs),
        title);
  }

  private static String note(Verdict verdict, String runs) {
    return verdict == Verdict.UNDETERMINED ? runs : FigureWords.verdict(verdict) + ", " + runs;
  }

  private static String value(RunSample worst, String unit) {
    if (worst.equals(RunSample.UNKNOWN)) {
      return "not known";
    }
    return Double.isInfinite(worst.upper())
        ? "at least " + figure(worst.lower(), unit)
        : figure(worst.upper(), unit);
  }

  private static String figure(double value, String unit) {
    return unit.equals("transactions")
        ? FigureWords.count(Math.round(value), "write")
        : FigureWords.amount(value, unit);
  }

  private void leftOut() {
    List<SettingsSweep.Point> points =
        sweep.grid().points().stream().filter(p -> p.skipped() != null).toList();
    if (points.isEmpty()) {
      return;
    }
    out.leaf("h3", "Left out").open("ul", "class", "sentences");
    for (SettingsSweep.Point point : points) {
      @Nullable String why = point.skipped();
      out.leaf("li", words(point.values()) + ": " + (why == null ? "" : why));
    }
    out.close();
  }

  private static String words(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
