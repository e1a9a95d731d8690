package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.List;

/** What somebody did on purpose, with its length. */
final class ActionLane implements PictureLane {
  private static final int LABEL_ROWS = 2;
  private final List<Event.Action> actions;

  ActionLane(List<Event.Action> actions) {
    this.actions = actions;
  }

  @Override
  public int height(TimeScale scale) {
    return actions.stream().anyMatch(a -> shows(a, scale)) ? 20 + 14 * LABEL_ROWS : 0;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "actions", "who did what");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    SvgShapes.Rows rows = new SvgShapes.Rows(LABEL_ROWS);
    for (Event.Action action : actions) {
      if (shows(action, scale)) {
        drawOne(out, scale, y, action, rows);
      }
    }
  }

  private static void drawOne(
      MarkupWriter out, TimeScale scale, int y, Event.Action action, SvgShapes.Rows rows) {
    double x = scale.x(action.at().startNs());
    double width = Math.max(4, scale.x(action.at().endNs()) - x);
    String title =
        action.actor()
            + ": "
            + FigureWords.plain(action.verb())
            + " "
            + action.subject()
            + ", "
            + SvgShapes.span(scale, action.at().startNs(), action.at().endNs())
            + ". "
            + action.detail();
    SvgShapes.rect(out, "action", x, y + 4, width, 8, title);
    String words = FigureWords.plain(action.verb()) + " (" + action.actor() + ")";
    double left = Math.min(x, scale.width() - SvgShapes.textWidth(words));
    int row = rows.place(left, SvgShapes.textWidth(words));
    if (row >= 0) {
      SvgShapes.line(out, "tie", x, y + 4, x, y + 26 + 14 * row);
      SvgShapes.text(out, "small", left + 3, y + 24 + 14 * row, words);
    }
  }

  private static boolean shows(Event.Action action, TimeScale scale) {
    return scale.shows(action.at().startNs(), action.at().endNs());
  }
}
