package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One member: above, when it held the leader key; below, whether a transaction could commit. */
final class MemberLane implements PictureLane {
  private static final int KEY_Y = 4;
  private static final int STATE_Y = 14;
  private static final int STATE_H = 16;

  /** Beyond so many runs a tool-tip for each would make the picture heavy. */
  private static final int MOST_TITLES = 60;

  private final Event.Member member;
  private final List<StateSpan<ProbeResult>> states;
  private final List<StateSpan<String>> keys;

  MemberLane(
      Event.Member member, List<StateSpan<ProbeResult>> states, List<StateSpan<String>> keys) {
    this.member = member;
    this.states = states;
    this.keys = keys;
  }

  @Override
  public int height(TimeScale scale) {
    return STATE_Y + STATE_H + 6;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y + 2, member.name(), member.site());
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    for (StateSpan<String> key : keys) {
      if (member.name().equals(key.value()) && scale.shows(key.fromNs(), key.toNs())) {
        double x = scale.x(key.fromNs());
        String title =
            member.name()
                + " held the leader key, "
                + SvgShapes.span(scale, key.fromNs(), key.toNs());
        SvgShapes.rect(out, "key", x, y + KEY_Y, scale.x(key.toNs()) - x, 6, title);
      }
    }
    List<StateSpan<ProbeResult>> shown =
        states.stream().filter(r -> scale.shows(r.fromNs(), r.toNs())).toList();
    if (shown.size() > MOST_TITLES) {
      drawMany(out, scale, y, StateSpan.perPixel(shown, scale, MemberLane::worse));
    } else {
      shown.forEach(run -> drawOne(out, scale, y, run));
    }
  }

  private void drawOne(MarkupWriter out, TimeScale scale, int y, StateSpan<ProbeResult> run) {
    double x = scale.x(run.fromNs());
    String title =
        member.name()
            + " "
            + words(run.value())
            + ", "
            + SvgShapes.span(scale, run.fromNs(), run.toNs());
    double top = y + STATE_Y + inset(run.value());
    double height = STATE_H - 2.0 * inset(run.value());
    SvgShapes.rect(out, css(run.value()), x, top, scale.x(run.toNs()) - x, height, title);
  }

  /** One path per state, without a tool-tip per run. */
  private void drawMany(
      MarkupWriter out, TimeScale scale, int y, List<StateSpan<ProbeResult>> runs) {
    Map<ProbeResult, StringBuilder> paths = new EnumMap<>(ProbeResult.class);
    for (StateSpan<ProbeResult> run : runs) {
      double x = scale.x(run.fromNs());
      String width = SvgShapes.n(Math.max(0.8, scale.x(run.toNs()) - x));
      int inset = inset(run.value());
      int height = STATE_H - 2 * inset;
      paths
          .computeIfAbsent(run.value(), k -> new StringBuilder())
          .append("M" + SvgShapes.n(x) + " " + (y + STATE_Y + inset) + "h" + width + "v" + height)
          .append("h-" + width + "z");
    }
    paths.forEach(
        (state, d) -> SvgShapes.path(out, css(state), d, member.name() + " " + words(state)));
  }

  private static String css(ProbeResult result) {
    return "st-" + result.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The states differ in height, not in colour alone. */
  private static int inset(ProbeResult result) {
    return switch (result) {
      case COMMITTED -> 0;
      case READ_ONLY -> 6;
      case UNREACHABLE -> 7;
      case HUNG, ERROR -> 3;
    };
  }

  private static String words(ProbeResult result) {
    return switch (result) {
      case COMMITTED -> "let transactions commit";
      case READ_ONLY -> "answered, read-only";
      case UNREACHABLE -> "was unreachable";
      case HUNG -> "did not answer";
      case ERROR -> "answered with an error";
    };
  }

  /** Where a pixel holds several states, the one that matters most for safety is shown. */
  private static ProbeResult worse(ProbeResult a, ProbeResult b) {
    List<ProbeResult> order =
        List.of(
            ProbeResult.COMMITTED,
            ProbeResult.HUNG,
            ProbeResult.ERROR,
            ProbeResult.UNREACHABLE,
            ProbeResult.READ_ONLY);
    return order.indexOf(a) <= order.indexOf(b) ? a : b;
  }
}
