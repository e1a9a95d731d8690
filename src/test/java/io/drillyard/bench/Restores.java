package io.drillyard.bench;

import io.drillyard.register.RestoreTimeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of restores. */
final class Restores {
  private Restores() {}

  static void measure(Told told, List<Figure> figures, List<String> remarks) {
    List<RestoreTimeProjection.Point> points = new ArrayList<>();
    int total = 0;
    for (int step : RestoresInLab.STEPS) {
      total += step;
      String size = "restore of %d MiB".formatted(total);
      figures.add(Figure.told(size + " by hand, copy", "ms", told.of("by hand, copy " + total)));
      figures.add(Figure.told(size + " by hand, open", "ms", told.of("by hand, open " + total)));
      figures.add(
          Figure.told(
              size + " by hand, one process",
              "ms",
              told.of("by hand with one process, open " + total)));
      figures.add(
          Figure.told(size + " in the ladder, copy", "ms", told.of("ladder, copy " + total)));
      figures.add(Figure.told(size + ", whole ladder", "ms", told.of("ladder " + total)));
      double bytes = told.of("bytes " + total).median();
      told.of("ladder " + total)
          .samples()
          .forEach(ms -> points.add(new RestoreTimeProjection.Point(bytes, ms)));
    }
    Spread share = told.of("copy against by hand " + total);
    Spread beyond = told.of("copy beyond by hand " + total);
    boolean within = share.median() <= 1.1 || beyond.median() <= 300;
    figures.add(
        new Figure(
            "its copy against by hand", "≤ 1.1 or 300 ms", "–", "×", share, within ? "ok" : "NOT"));
    figures.add(
        Figure.atMost(
            "whole ladder against restore and start by hand",
            "×",
            2.5,
            null,
            told.of("ladder against by hand " + total)));
    figures.add(
        Figure.told("resident size of the harness, heap 256 MiB", "MiB", told.of("resident")));
    for (long gib : new long[] {2, 20}) {
      RestoreTimeProjection projection = RestoreTimeProjection.project(points, gib << 30);
      remarks.add(
          String.format(
              Locale.ROOT,
              "The curve through these ladders projects %.1f s ± %.1f s for %d GiB%s.",
              projection.expectedMs() / 1e3,
              projection.errorMs() / 1e3,
              gib,
              projection.farOut() ? ", far from what was tried: a guess" : ""));
    }
  }
}
