package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.Markup;
import io.drillyard.evidence.text.Words;
import java.util.List;

/** The steps of the recovery since the injection, each span ending where its moment was reached. */
final class RecoveryLane implements Lane {
  private static final int LABEL_ROWS = 4;
  private final long injectionNs;
  private final List<Milestone> steps;

  RecoveryLane(long injectionNs, List<Milestone> steps) {
    this.injectionNs = injectionNs;
    this.steps = steps;
  }

  @Override
  public int height(Scale scale) {
    return steps.isEmpty() ? 0 : 22 + 14 * Math.min(steps.size(), LABEL_ROWS);
  }

  @Override
  public void label(Markup out, int y) {
    Lane.twoLines(out, y, "recovery", "steps of RTO");
  }

  @Override
  public void draw(Markup out, Scale scale, int y) {
    Svg.Rows rows = new Svg.Rows(LABEL_ROWS);
    long from = injectionNs;
    for (int i = 0; i < steps.size(); i++) {
      Milestone step = steps.get(i);
      long to = injectionNs + (long) (step.upperMs() * 1e6);
      double x = scale.x(from);
      double end = scale.x(to);
      String at = Words.ms(step.upperMs());
      Svg.rect(out, "step s" + i % 2, x, y + 4, end - x, 10, step.name() + ", by " + at);
      String words = step.name() + " " + at;
      double left = Math.min(end, scale.width() - Svg.textWidth(words));
      int row = rows.place(left, Svg.textWidth(words));
      if (row >= 0) {
        int base = y + 26 + 14 * row;
        Svg.line(out, "tie", end, y + 4, end, base + 2);
        Svg.text(out, "small", left + 3, base, words);
      }
      from = Math.max(from, to);
    }
  }
}
