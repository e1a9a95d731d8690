package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The faults of one plane: each from injection to heal, with what independent witnesses saw; faults
 * in force at the same time lie under each other.
 */
final class FaultLane implements PictureLane {
  private static final int ROW = 34;
  private final String plane;
  private final List<Bar> bars = new ArrayList<>();
  private final int rows;

  /**
   * One fault.
   *
   * @param row of the lane, 0 is the uppermost
   */
  private record Bar(
      Event.Injected fault,
      long healedNs,
      boolean healed,
      List<Event.Witnessed> witnesses,
      int row) {
    String words() {
      return fault.fault() + ": " + fault.description();
    }
  }

  private FaultLane(String plane, List<Event.Injected> faults, EventsByKind seen) {
    this.plane = plane;
    List<Long> ends = new ArrayList<>();
    for (Event.Injected fault : faults) {
      Bar bar = bar(fault, ends, seen);
      bars.add(bar);
      if (bar.row() == ends.size()) {
        ends.add(bar.healedNs());
      } else {
        ends.set(bar.row(), bar.healedNs());
      }
    }
    this.rows = ends.size();
  }

  /** One lane per plane, in the order in which the planes were first hit. */
  static List<PictureLane> all(EventsByKind seen) {
    Map<String, List<Event.Injected>> planes = new LinkedHashMap<>();
    seen.all(Event.Injected.class)
        .forEach(f -> planes.computeIfAbsent(f.plane(), p -> new ArrayList<>()).add(f));
    List<PictureLane> lanes = new ArrayList<>();
    planes.forEach((plane, faults) -> lanes.add(new FaultLane(plane, faults, seen)));
    return lanes;
  }

  private static Bar bar(Event.Injected fault, List<Long> ends, EventsByKind seen) {
    Event.Healed end =
        seen.all(Event.Healed.class).stream()
            .filter(h -> h.fault().equals(fault.fault()))
            .findFirst()
            .orElse(null);
    long until =
        end != null ? end.at().endNs() : fault.holdsNothing() ? fault.at().endNs() : seen.lastNs();
    int row = 0;
    while (row < ends.size() && ends.get(row) > fault.at().startNs()) {
      row++;
    }
    List<Event.Witnessed> witnesses =
        seen.all(Event.Witnessed.class).stream()
            .filter(w -> w.fault().equals(fault.fault()))
            .toList();
    return new Bar(fault, until, end != null || fault.holdsNothing(), witnesses, row);
  }

  @Override
  public int height(TimeScale scale) {
    return ROW * rows;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, plane, bars.size() == 1 ? "fault" : bars.size() + " faults");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    bars.forEach(bar -> draw(out, scale, bar, y + bar.row() * ROW));
  }

  private static void draw(MarkupWriter out, TimeScale scale, Bar bar, int y) {
    long from = bar.fault().at().startNs();
    double x = scale.x(from);
    double width = Math.max(3, scale.x(bar.healedNs()) - x);
    String title =
        bar.words()
            + ", "
            + SvgShapes.span(scale, from, bar.healedNs())
            + (bar.healed() ? "" : " (no heal recorded)");
    SvgShapes.rect(out, bar.healed() ? "fault" : "fault open", x, y + 4, width, 16, title);
    text(out, scale, bar, x, width, y + 16);
    double lastX = -10;
    for (Event.Witnessed w : bar.witnesses()) {
      double at = scale.x(w.at().endNs());
      boolean asNeeded = w.expected() == w.holds();
      // Equal looks closer than a mark is wide add nothing; one that disagrees is always drawn.
      if (scale.shows(w.at().startNs(), w.at().endNs()) && (at - lastX >= 7 || !asNeeded)) {
        mark(out, scale, w, at, y + 24, asNeeded);
        lastX = at;
      }
    }
  }

  /** All of it inside the bar, else the name inside, else the name beside a bar that is short. */
  private static void text(
      MarkupWriter out, TimeScale scale, Bar bar, double x, double width, int y) {
    String name = bar.fault().fault();
    if (SvgShapes.textWidth(bar.words()) < width - 8) {
      SvgShapes.text(out, "in-fault", x + 6, y, bar.words());
    } else if (SvgShapes.textWidth(name) < width - 8) {
      SvgShapes.text(out, "in-fault", x + 6, y, name);
    } else if (x + width >= 0 && x + width + SvgShapes.textWidth(name) + 6 < scale.width()) {
      SvgShapes.text(out, "small", x + width + 4, y, name);
    }
  }

  private static void mark(
      MarkupWriter out, TimeScale scale, Event.Witnessed w, double x, int y, boolean asNeeded) {
    String shape =
        asNeeded
            ? "M" + SvgShapes.n(x) + " " + y + "l4 7h-8z"
            : "M" + SvgShapes.n(x - 4) + " " + y + "l8 7m0 -7l-8 7";
    String css = !asNeeded ? "witness-bad" : w.holds() ? "witness-on" : "witness-off";
    String title =
        w.witness()
            + " at "
            + SvgShapes.s(scale.seconds(w.at().endNs()))
            + ": fault "
            + (w.holds() ? "in force" : "not in force")
            + (asNeeded ? "" : ", against expectation")
            + ". "
            + w.detail();
    SvgShapes.path(out, css, shape, title);
  }
}
