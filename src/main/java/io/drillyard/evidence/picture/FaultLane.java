package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.Markup;
import io.drillyard.ledger.Event;
import java.util.List;

/** One fault: its window from injection to heal, and what independent witnesses saw. */
final class FaultLane implements Lane {
  private static final double LEAST_WIDTH = 3;

  private final Event.Injected fault;
  private final long healedNs;
  private final boolean healed;
  private final List<Event.Witnessed> witnesses;

  FaultLane(Event.Injected fault, Seen seen) {
    this.fault = fault;
    Event.Healed end =
        seen.all(Event.Healed.class).stream()
            .filter(h -> h.fault().equals(fault.fault()))
            .findFirst()
            .orElse(null);
    // What holds nothing is over with its injection: there is no heal that could be missing.
    this.healed = end != null || fault.holdsNothing();
    long openNs = fault.holdsNothing() ? fault.at().endNs() : seen.lastNs();
    this.healedNs = end == null ? openNs : end.at().endNs();
    this.witnesses =
        seen.all(Event.Witnessed.class).stream()
            .filter(w -> w.fault().equals(fault.fault()))
            .toList();
  }

  @Override
  public int height(Scale scale) {
    return 34;
  }

  @Override
  public void label(Markup out, int y) {
    Lane.twoLines(out, y, fault.fault(), fault.type());
  }

  @Override
  public void draw(Markup out, Scale scale, int y) {
    long from = fault.at().startNs();
    double x = scale.x(from);
    String title =
        fault.fault()
            + ": "
            + fault.description()
            + ", "
            + Svg.span(scale, from, healedNs)
            + (healed ? "" : " (no heal recorded)");
    double width = Math.max(LEAST_WIDTH, scale.x(healedNs) - x);
    Svg.rect(out, healed ? "fault" : "fault open", x, y + 4, width, 16, title);
    double room = scale.x(healedNs) - x - 8;
    if (Svg.textWidth(fault.description()) < room) {
      Svg.text(out, "in-fault", x + 6, y + 16, fault.description());
    }
    double lastX = -10;
    for (Event.Witnessed w : witnesses) {
      double at = scale.x(w.at().endNs());
      boolean asNeeded = w.expected() == w.holds();
      // Equal looks closer than a mark is wide add nothing; one that disagrees is always drawn.
      if (scale.shows(w.at().startNs(), w.at().endNs()) && (at - lastX >= 7 || !asNeeded)) {
        mark(out, scale, w, at, y + 24, asNeeded);
        lastX = at;
      }
    }
  }

  private static void mark(
      Markup out, Scale scale, Event.Witnessed w, double x, int y, boolean asNeeded) {
    String shape =
        asNeeded
            ? "M" + Svg.n(x) + " " + y + "l4 7h-8z"
            : "M" + Svg.n(x - 4) + " " + y + "l8 7m0 -7l-8 7";
    String css = !asNeeded ? "witness-bad" : w.holds() ? "witness-on" : "witness-off";
    String title =
        w.witness()
            + " at "
            + Svg.s(scale.seconds(w.at().endNs()))
            + ": fault "
            + (w.holds() ? "in force" : "not in force")
            + (asNeeded ? "" : ", against expectation")
            + ". "
            + w.detail();
    Svg.path(out, css, shape, title);
  }
}
