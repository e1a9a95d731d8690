package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import java.util.Locale;

/** Routed writes per second by the time they returned: acknowledged, unknown, refused, stacked. */
final class RateLane implements PictureLane {
  private static final int PLOT = 64;
  private static final List<WriteOutcome> STACK =
      List.of(WriteOutcome.ACKNOWLEDGED, WriteOutcome.UNKNOWN, WriteOutcome.REFUSED);
  private final List<Event.Write> routed;

  RateLane(List<Event.Write> routed) {
    this.routed = routed;
  }

  @Override
  public int height(TimeScale scale) {
    return routed.isEmpty() ? 0 : PLOT + 14;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "routed writes", "per second");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    int[][] counts = new int[STACK.size()][scale.bins()];
    for (Event.Write w : routed) {
      int bin = scale.bin(w.at().endNs());
      if (bin >= 0) {
        counts[STACK.indexOf(w.outcome())][bin]++;
      }
    }
    double perSecond = 1e9 / scale.binNs();
    int most = 1;
    for (int b = 0; b < scale.bins(); b++) {
      most = Math.max(most, counts[0][b] + counts[1][b] + counts[2][b]);
    }
    double top = nice(most * perSecond);
    double pxPerWrite = PLOT * perSecond / top;
    int[] base = new int[scale.bins()];
    for (int i = 0; i < STACK.size(); i++) {
      String word = STACK.get(i).name().toLowerCase(Locale.ROOT);
      String title = word + ", in bins of " + scale.binNs() / 1_000_000 + " ms";
      SvgShapes.path(
          out, "rate-" + word, area(scale, y + PLOT + 4, base, counts[i], pxPerWrite), title);
    }
    SvgShapes.line(out, "axis", 0, y + PLOT + 4, scale.width(), y + PLOT + 4);
    SvgShapes.line(out, "grid", 0, y + 4, scale.width(), y + 4);
    SvgShapes.text(out, "small", 3, y + 14, SvgShapes.n(top) + " /s");
  }

  /** Outlines of the stretches that hold something. Adds what it drew to {@code base}. */
  private static StringBuilder area(
      TimeScale scale, int floor, int[] base, int[] counts, double pxPerWrite) {
    StringBuilder d = new StringBuilder();
    double width = (double) scale.binNs() * scale.width() / (scale.toNs() - scale.fromNs());
    for (int from = 0; from < counts.length; from++) {
      if (counts[from] == 0) {
        continue;
      }
      int to = from;
      d.append("M").append(SvgShapes.n(from * width)).append(' ');
      d.append(SvgShapes.n(floor - base[from] * pxPerWrite));
      for (; to < counts.length && counts[to] > 0; to++) {
        d.append("V").append(SvgShapes.n(floor - (base[to] + counts[to]) * pxPerWrite));
        d.append("H").append(SvgShapes.n((to + 1) * width));
      }
      for (int b = to - 1; b >= from; b--) {
        d.append("V").append(SvgShapes.n(floor - base[b] * pxPerWrite));
        d.append("H").append(SvgShapes.n(b * width));
        base[b] += counts[b];
      }
      d.append('z');
      from = to;
    }
    return d;
  }

  private static double nice(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
      if (step * power >= value) {
        return step * power;
      }
    }
    return value;
  }
}
