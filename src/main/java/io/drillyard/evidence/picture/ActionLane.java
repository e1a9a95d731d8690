package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.Markup;
import io.drillyard.evidence.text.Words;
import io.drillyard.ledger.Event;
import java.util.List;

/** What somebody did on purpose, with its length. */
final class ActionLane implements Lane {
  private static final int LABEL_ROWS = 2;
  private final List<Event.Action> actions;

  ActionLane(List<Event.Action> actions) {
    this.actions = actions;
  }

  @Override
  public int height(Scale scale) {
    return actions.stream().anyMatch(a -> shows(a, scale)) ? 20 + 14 * LABEL_ROWS : 0;
  }

  @Override
  public void label(Markup out, int y) {
    Lane.twoLines(out, y, "actions", "who did what");
  }

  @Override
  public void draw(Markup out, Scale scale, int y) {
    Svg.Rows rows = new Svg.Rows(LABEL_ROWS);
    for (Event.Action action : actions) {
      if (shows(action, scale)) {
        drawOne(out, scale, y, action, rows);
      }
    }
  }

  private static void drawOne(Markup out, Scale scale, int y, Event.Action action, Svg.Rows rows) {
    double x = scale.x(action.at().startNs());
    double width = Math.max(4, scale.x(action.at().endNs()) - x);
    String title =
        action.actor()
            + ": "
            + Words.plain(action.verb())
            + " "
            + action.subject()
            + ", "
            + Svg.span(scale, action.at().startNs(), action.at().endNs())
            + ". "
            + action.detail();
    Svg.rect(out, "action", x, y + 4, width, 8, title);
    String words = Words.plain(action.verb()) + " (" + action.actor() + ")";
    double left = Math.min(x, scale.width() - Svg.textWidth(words));
    int row = rows.place(left, Svg.textWidth(words));
    if (row >= 0) {
      Svg.line(out, "tie", x, y + 4, x, y + 26 + 14 * row);
      Svg.text(out, "small", left + 3, y + 24 + 14 * row, words);
    }
  }

  private static boolean shows(Event.Action action, Scale scale) {
    return scale.shows(action.at().startNs(), action.at().endNs());
  }
}
