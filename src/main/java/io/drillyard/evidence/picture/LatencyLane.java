package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latency of acknowledged routed writes from their schedule, p50 and p99 per bin, log scale. */
final class LatencyLane implements PictureLane {
  private static final int PLOT = 64;
  private static final double LEAST_MS = 1;
  private final List<Event.Write> acknowledged;

  LatencyLane(List<Event.Write> acknowledged) {
    this.acknowledged = acknowledged;
  }

  @Override
  public int height(TimeScale scale) {
    return acknowledged.isEmpty() ? 0 : PLOT + 14;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "latency", "p50, p99, log");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    List<List<Double>> bins = new ArrayList<>();
    for (int i = 0; i < scale.bins(); i++) {
      bins.add(new ArrayList<>());
    }
    double worst = 10;
    for (Event.Write w : acknowledged) {
      int bin = scale.bin(w.at().endNs());
      if (bin >= 0) {
        double ms = Math.max(LEAST_MS, (w.at().endNs() - w.scheduledNs()) / 1e6);
        bins.get(bin).add(ms);
        worst = Math.max(worst, ms);
      }
    }
    double decades = Math.ceil(Math.log10(worst));
    int floor = y + PLOT + 4;
    for (int power = 0; power <= decades; power++) {
      double line = floor - PLOT * power / decades;
      SvgShapes.line(out, power == 0 ? "axis" : "grid", 0, line, scale.width(), line);
    }
    curve(out, scale, bins, 0.99, decades, floor);
    curve(out, scale, bins, 0.50, decades, floor);
    // After the curves, so that its halo keeps each figure legible.
    for (int power = 1; power <= decades; power++) {
      String words = power < 3 ? pow(power) + " ms" : pow(power - 3) + " s";
      SvgShapes.text(out, "small", 3, floor - PLOT * power / decades + 10, words);
    }
  }

  private static void curve(
      MarkupWriter out,
      TimeScale scale,
      List<List<Double>> bins,
      double quantile,
      double decades,
      int floor) {
    StringBuilder d = new StringBuilder();
    double width = (double) scale.binNs() * scale.width() / (scale.toNs() - scale.fromNs());
    boolean pen = false;
    for (int i = 0; i < bins.size(); i++) {
      if (bins.get(i).isEmpty()) {
        pen = false;
        continue;
      }
      double[] sorted = bins.get(i).stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      double ms = sorted[(int) Math.ceil(quantile * sorted.length) - 1];
      String top = SvgShapes.n(floor - PLOT * Math.log10(ms) / decades);
      d.append(pen ? "V" + top : "M" + SvgShapes.n(i * width) + " " + top);
      d.append("h" + SvgShapes.n(width));
      pen = true;
    }
    String name = quantile > 0.9 ? "p99" : "p50";
    String title = name + " from the scheduled time, in bins of " + scale.binNs() / 1_000_000;
    SvgShapes.path(out, name, d, title + " ms");
  }

  private static int pow(int power) {
    return (int) Math.pow(10, power);
  }
}
