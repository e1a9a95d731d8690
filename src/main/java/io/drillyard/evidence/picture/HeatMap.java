package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;

/**
 * A grid of settings as coloured cells. Shade says how much, the words and the shape say the
 * verdict: nobody needs to tell colours apart, and what is not decided has no shade at all.
 */
public final class HeatMap {
  private static final int WIDTH = 132;
  private static final int HEIGHT = 58;
  private static final int GUTTER = 14;
  private static final int TOP = 40;

  /** How a cell came out. */
  public enum Kind {
    /** Shaded by its value. */
    DECIDED,
    /** A target or a safety property was missed. */
    MISSED,
    /** Hatched. */
    UNDETERMINED,
    /** Left out of the grid: an empty frame. */
    LEFT_OUT
  }

  /**
   * One cell.
   *
   * @param shade 0 (good) to 4; of a decided cell only
   */
  public record Cell(Kind kind, int shade, String value, String note, String title) {}

  private HeatMap() {}

  /**
   * Draws.
   *
   * @param across name of what varies from left to right
   * @param columns its values
   * @param down name of what varies from top to bottom; empty: one row
   * @param rows its values, one per row of cells
   * @param cells by row, then column
   */
  public static String of(
      String label,
      String across,
      List<String> columns,
      String down,
      List<String> rows,
      List<List<Cell>> cells) {
    MarkupWriter out = new MarkupWriter();
    int left = left(down, rows);
    int width = left + columns.size() * WIDTH;
    int height = TOP + cells.size() * HEIGHT + 2;
    out.open("div", "class", "heat")
        .open(
            "svg",
            "width",
            Integer.toString(width),
            "height",
            Integer.toString(height),
            "role",
            "img",
            "aria-label",
            label);
    SvgShapes.text(out, "axis-name", left, 12, across);
    if (!down.isEmpty()) {
      SvgShapes.text(out, "axis-name", 0, TOP - 10, down);
    }
    for (int c = 0; c < columns.size(); c++) {
      SvgShapes.text(out, "axis-value", left + c * (double) WIDTH + 4, TOP - 10, columns.get(c));
    }
    for (int r = 0; r < cells.size(); r++) {
      if (r < rows.size()) {
        SvgShapes.text(out, "axis-value", 0, TOP + r * (double) HEIGHT + 34, rows.get(r));
      }
      for (int c = 0; c < cells.get(r).size(); c++) {
        cell(out, cells.get(r).get(c), left + c * WIDTH, TOP + r * HEIGHT);
      }
    }
    return out.close().close().line().toString();
  }

  /** As wide as the widest name of a row; nothing where there are none. */
  private static int left(String down, List<String> rows) {
    double widest = SvgShapes.textWidth(down);
    for (String row : rows) {
      widest = Math.max(widest, SvgShapes.textWidth(row) * 1.1);
    }
    return widest == 0 ? 0 : (int) widest + GUTTER;
  }

  private static void cell(MarkupWriter out, Cell cell, int x, int y) {
    String css =
        switch (cell.kind()) {
          case DECIDED -> "cell h" + Math.max(0, Math.min(4, cell.shade()));
          case MISSED -> "cell missed";
          case UNDETERMINED -> "cell undetermined";
          case LEFT_OUT -> "cell left-out";
        };
    SvgShapes.rect(out, css, x + 1.5, y + 1.5, WIDTH - 3, HEIGHT - 3, cell.title());
    if (cell.kind() == Kind.UNDETERMINED) {
      for (int i = 0; i < WIDTH + HEIGHT; i += 12) {
        double x1 = Math.max(x + 2, x + i - HEIGHT);
        double y1 = y + 2 + Math.min(HEIGHT - 4, i);
        double x2 = Math.min(x + WIDTH - 2, x + i);
        double y2 = y + 2 + Math.max(0, i - WIDTH + 4);
        SvgShapes.line(out, "hatch", x1, y1, x2, y2);
      }
    }
    if (cell.kind() == Kind.MISSED) {
      SvgShapes.line(out, "cross", x + WIDTH - 22, y + 10, x + WIDTH - 12, y + 20);
      SvgShapes.line(out, "cross", x + WIDTH - 12, y + 10, x + WIDTH - 22, y + 20);
    }
    String halo = cell.kind() == Kind.UNDETERMINED ? " halo" : "";
    SvgShapes.text(out, "cell-value" + halo, x + 10, y + 26, cell.value());
    SvgShapes.text(out, "cell-note" + halo, x + 10, y + 44, cell.note());
  }
}
