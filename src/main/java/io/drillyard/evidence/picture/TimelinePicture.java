package io.drillyard.evidence.picture;

import io.drillyard.check.Finding;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as one picture: faults, recovery, leaders, writability, load.
 *
 * <p>Two drawings stand side by side, the names of the lanes and the lanes, so that on a narrow
 * screen the lanes scroll under names that stay. Everything with a length has a tool-tip.
 */
public final class TimelinePicture {
  private static final int WIDTH = 900;
  private static final int LABELS = 116;
  private static final int TOP = 34;
  private static final int BOTTOM = 26;

  /** A close-up is worth it when the whole takes so many times longer. */
  private static final double CLOSE_UP = 2.5;

  private final EventsByKind seen;
  private final @Nullable Finding recovery;
  private final Interval start;
  private final List<PictureLane> lanes = new ArrayList<>();
  private long focusEndNs;

  /**
   * Prepares the picture of a drill.
   *
   * @param recovery the finding of {@code recoveryTime}, if there is one
   * @param servesWhileHeld RTO counts from the injection (true) or from the heal
   */
  public TimelinePicture(EventsByKind seen, @Nullable Finding recovery, boolean servesWhileHeld) {
    this.seen = seen;
    this.recovery = recovery;
    this.start = RecoveryMilestone.start(seen, servesWhileHeld);
    this.focusEndNs = start.endNs() + 5_000_000_000L;
    prepare();
  }

  /** The whole drill. */
  public String whole() {
    return draw(
        new TimeScale(seen.zeroNs(), seen.loadNs(), seen.drawnToNs(), WIDTH), "whole drill");
  }

  /** The time around the fault and the recovery, or null when the whole shows it well enough. */
  public @Nullable String closeUp() {
    long from = Math.max(seen.loadNs(), seen.zeroNs() - 2_000_000_000L);
    long to = Math.min(seen.drawnToNs(), focusEndNs + 3_000_000_000L);
    double whole = (double) (seen.drawnToNs() - seen.loadNs());
    if (!seen.injected() || to <= from || whole / (to - from) < CLOSE_UP) {
      return null;
    }
    return draw(new TimeScale(seen.zeroNs(), from, to, WIDTH), "close-up of fault and recovery");
  }

  private void prepare() {
    lanes.addAll(FaultLane.all(seen));
    List<RecoveryMilestone> steps = RecoveryMilestone.of(recovery);
    for (RecoveryMilestone step : steps) {
      focusEndNs = Math.max(focusEndNs, seen.zeroNs() + (long) (step.upperMs() * 1e6));
    }
    lanes.add(new RecoveryLane(seen.zeroNs(), steps));
    lanes.add(new ActionLane(seen.all(Event.Action.class)));
    Map<String, List<StateSpan<Event.ProbeResult>>> states = new LinkedHashMap<>();
    List<Event.Probed> probes = seen.all(Event.Probed.class);
    for (Event.Member member : seen.members()) {
      List<StateSpan<Event.ProbeResult>> runs = StateSpan.probes(probes, member.name());
      states.put(member.name(), runs);
      List<StateSpan<String>> keys =
          StateSpan.keys(seen.all(Event.LeaderKey.class), member.cluster(), seen.lastNs());
      lanes.add(new MemberLane(member, runs, keys));
    }
    List<OverlapLane.Overlap> overlaps = OverlapLane.find(states);
    overlaps.forEach(o -> focusEndNs = Math.max(focusEndNs, o.toNs()));
    lanes.add(new OverlapLane(overlaps));
    lanes.addAll(BranchLane.all(seen));
    List<Event.Write> routed =
        seen.all(Event.Write.class).stream().filter(Event.Write::routed).toList();
    lanes.add(new RateLane(routed));
    lanes.add(new LatencyLane(routed.stream().filter(Event.Write::acknowledged).toList()));
  }

  private String draw(TimeScale scale, String what) {
    List<PictureLane> shown = lanes.stream().filter(lane -> lane.height(scale) > 0).toList();
    int height = TOP + BOTTOM + shown.stream().mapToInt(lane -> lane.height(scale)).sum();
    MarkupWriter labels = svg(LABELS, height, "names of the lanes");
    MarkupWriter plot = svg(WIDTH, height, "Timeline, " + what);
    background(plot, scale, height);
    SvgShapes.text(
        labels, "sub", 0, height - 8, seen.injected() ? "s from injection" : "s from load");
    SvgShapes.text(labels, "sub", 0, 14, "phase");
    int y = TOP;
    for (PictureLane lane : shown) {
      SvgShapes.line(labels, "rule", 0, y - 1, LABELS, y - 1);
      SvgShapes.line(plot, "rule", 0, y - 1, WIDTH, y - 1);
      lane.label(labels, y);
      lane.draw(plot, scale, y);
      y += lane.height(scale);
    }
    MarkupWriter out = new MarkupWriter();
    out.open("div", "class", "picture", "tabindex", "0", "role", "group", "aria-label", what);
    out.raw(labels.close().toString()).raw(plot.close().toString());
    return out.close().toString();
  }

  private static MarkupWriter svg(int width, int height, String name) {
    return new MarkupWriter()
        .open(
            "svg",
            "width",
            Integer.toString(width),
            "height",
            Integer.toString(height),
            "viewBox",
            "0 0 " + width + " " + height,
            "role",
            "img",
            "aria-label",
            name);
  }

  private void background(MarkupWriter out, TimeScale scale, int height) {
    outage(out, scale, height);
    double tick = scale.tickSeconds();
    double first = Math.ceil(scale.seconds(scale.fromNs()) / tick) * tick + 0.0;
    for (double s = first; s <= scale.seconds(scale.toNs()); s += tick) {
      double x = scale.x(scale.zeroNs() + (long) (s * 1e9));
      SvgShapes.line(out, "grid", x, TOP, x, height - BOTTOM + 4);
      String css = x < 12 ? "tick-first" : x > scale.width() - 12 ? "tick-last" : "tick";
      SvgShapes.text(out, css, x, height - 8, SvgShapes.n(s));
    }
    phases(out, scale);
    if (seen.injected()) {
      double zero = scale.x(seen.zeroNs());
      SvgShapes.line(out, "zero", zero, 20, zero, height - BOTTOM + 4);
    }
    for (Event.Healed healed : seen.all(Event.Healed.class)) {
      if (scale.shows(healed.at().startNs(), healed.at().endNs())) {
        double x = scale.x(healed.at().startNs());
        SvgShapes.line(out, "heal", x, 20, x, height - BOTTOM + 4);
      }
    }
  }

  /** The measured RTO as a shade behind all lanes. */
  private void outage(MarkupWriter out, TimeScale scale, int height) {
    Finding.Measured rto = recovery == null ? null : recovery.measured();
    if (rto == null || rto.upper() <= 0) {
      return;
    }
    double ms = Double.isInfinite(rto.upper()) ? 1e12 : rto.upper();
    double x = scale.x(start.startNs());
    double end = scale.x(start.startNs() + (long) (ms * 1e6));
    SvgShapes.rect(out, "rto", x, TOP, end - x, height - TOP - BOTTOM, "measured recovery time");
  }

  private void phases(MarkupWriter out, TimeScale scale) {
    SvgShapes.Rows rows = new SvgShapes.Rows(2);
    List<Event.Phase> phases = seen.all(Event.Phase.class);
    for (int i = 0; i < phases.size(); i++) {
      long from = phases.get(i).at().startNs();
      long to = i + 1 < phases.size() ? phases.get(i + 1).at().startNs() : seen.lastNs();
      if (!scale.shows(from, to) || from >= scale.toNs() || to <= scale.fromNs()) {
        continue;
      }
      double x = scale.x(from);
      String name = phases.get(i).name();
      double left = Math.min(x, scale.width() - SvgShapes.textWidth(name) - 4);
      int row = rows.place(left, SvgShapes.textWidth(name));
      if (row >= 0) {
        SvgShapes.line(out, "tie", x, 14 * row + 4, x, TOP);
        SvgShapes.text(out, "phase", left + 3, 13 + 14 * row, name);
      }
    }
  }
}
