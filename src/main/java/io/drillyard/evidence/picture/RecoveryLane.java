package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;

/** The steps of the recovery since the injection, each span ending where its moment was reached. */
final class RecoveryLane implements PictureLane {
  private static final int LABEL_ROWS = 4;
  private final long injectionNs;
  private final List<RecoveryMilestone> steps;

  RecoveryLane(long injectionNs, List<RecoveryMilestone> steps) {
    this.injectionNs = injectionNs;
    this.steps = steps;
  }

  @Override
  public int height(TimeScale scale) {
    return steps.isEmpty() ? 0 : 22 + 14 * Math.min(steps.size(), LABEL_ROWS);
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "recovery", "steps of RTO");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    SvgShapes.Rows rows = new SvgShapes.Rows(LABEL_ROWS);
    long from = injectionNs;
    for (int i = 0; i < steps.size(); i++) {
      RecoveryMilestone step = steps.get(i);
      long to = injectionNs + (long) (step.upperMs() * 1e6);
      double x = scale.x(from);
      double end = scale.x(to);
      String at = FigureWords.ms(step.upperMs());
      SvgShapes.rect(out, "step s" + i % 2, x, y + 4, end - x, 10, step.name() + ", by " + at);
      String words = step.name() + " " + at;
      double left = Math.min(end, scale.width() - SvgShapes.textWidth(words));
      int row = rows.place(left, SvgShapes.textWidth(words));
      if (row >= 0) {
        int base = y + 26 + 14 * row;
        SvgShapes.line(out, "tie", end, y + 4, end, base + 2);
        SvgShapes.text(out, "small", left + 3, base, words);
      }
      from = Math.max(from, to);
    }
  }
}
