package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;

/** One horizontal strip of the picture. */
interface PictureLane {
  /** Height in pixels; 0: nothing to show, the lane is left out. */
  int height(TimeScale scale);

  /** Writes its name into the label column, from {@code y} downwards. */
  void label(MarkupWriter out, int y);

  /** Draws it, from {@code y} downwards. */
  void draw(MarkupWriter out, TimeScale scale, int y);

  /** A label of two lines: what, and a smaller word on it. */
  static void twoLines(MarkupWriter out, int y, String what, String remark) {
    SvgShapes.text(out, "lane", 0, y + 12, what);
    SvgShapes.text(out, "sub", 0, y + 25, remark);
  }
}
