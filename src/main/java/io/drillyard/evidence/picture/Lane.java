package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.Markup;

/** One horizontal strip of the picture. */
interface Lane {
  /** Height in pixels; 0: nothing to show, the lane is left out. */
  int height(Scale scale);

  /** Writes its name into the label column, from {@code y} downwards. */
  void label(Markup out, int y);

  /** Draws it, from {@code y} downwards. */
  void draw(Markup out, Scale scale, int y);

  /** A label of two lines: what, and a smaller word on it. */
  static void twoLines(Markup out, int y, String what, String remark) {
    Svg.text(out, "lane", 0, y + 12, what);
    Svg.text(out, "sub", 0, y + 25, remark);
  }
}
