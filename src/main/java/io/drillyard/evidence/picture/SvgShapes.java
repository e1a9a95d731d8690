package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The few shapes that lanes are made of. */
final class SvgShapes {
  /** Width of a character of the picture's small type, in pixels, generously. */
  private static final double CHARACTER_PX = 6.2;

  private SvgShapes() {}

  /** A number with at most one decimal. */
  static String n(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Seconds with a sign, as on the axis. */
  static String s(double seconds) {
    return String.format(Locale.ROOT, "%+.2f s", seconds);
  }

  /** "from +1.20 s to +3.40 s". */
  static String span(TimeScale scale, long fromNs, long toNs) {
    return s(scale.seconds(fromNs)) + " to " + s(scale.seconds(toNs));
  }

  static void rect(
      MarkupWriter out, String css, double x, double y, double w, double h, String title) {
    out.open(
        "rect",
        "class",
        css,
        "x",
        n(x),
        "y",
        n(y),
        "width",
        n(Math.max(w, 0.8)),
        "height",
        n(Math.max(h, 0)));
    out.leaf("title", title).close();
  }

  static void text(MarkupWriter out, String css, double x, double y, String text) {
    out.leaf("text", text, "class", css, "x", n(x), "y", n(y));
  }

  static void path(MarkupWriter out, String css, CharSequence d, String title) {
    if (!d.isEmpty()) {
      out.open("path", "class", css, "d", d.toString()).leaf("title", title).close();
    }
  }

  static void line(MarkupWriter out, String css, double x1, double y1, double x2, double y2) {
    out.empty("line", "class", css, "x1", n(x1), "y1", n(y1), "x2", n(x2), "y2", n(y2));
  }

  static double textWidth(String text) {
    return text.length() * CHARACTER_PX;
  }

  /** Finds a row for each label so that none covers another; gives up on what fits nowhere. */
  static final class Rows {
    private final List<Double> ends = new ArrayList<>();
    private final int most;

    Rows(int most) {
      this.most = most;
    }

    /** The row that takes [x, x+width], or -1. */
    int place(double x, double width) {
      for (int i = 0; i < ends.size(); i++) {
        if (ends.get(i) + 6 <= x) {
          ends.set(i, x + width);
          return i;
        }
      }
      if (ends.size() < most) {
        ends.add(x + width);
        return ends.size() - 1;
      }
      return -1;
    }
  }
}
