package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When two members were both proved to accept commits. Left out when that never was. */
final class OverlapLane implements PictureLane {
  /** From the first proof of the later member to the last proof of the one that stopped first. */
  record Overlap(long fromNs, long toNs, String one, String other) {}

  private final List<Overlap> overlaps;

  OverlapLane(List<Overlap> overlaps) {
    this.overlaps = overlaps;
  }

  static List<Overlap> find(Map<String, List<StateSpan<Event.ProbeResult>>> members) {
    List<Overlap> found = new ArrayList<>();
    List<String> names = List.copyOf(members.keySet());
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        pair(found, members, names.get(i), names.get(j));
      }
    }
    return found;
  }

  private static void pair(
      List<Overlap> found,
      Map<String, List<StateSpan<Event.ProbeResult>>> members,
      String one,
      String other) {
    for (StateSpan<Event.ProbeResult> a : members.getOrDefault(one, List.of())) {
      for (StateSpan<Event.ProbeResult> b : members.getOrDefault(other, List.of())) {
        long from = Math.max(a.firstEndNs(), b.firstEndNs());
        long to = Math.min(a.lastStartNs(), b.lastStartNs());
        boolean commits =
            a.value() == Event.ProbeResult.COMMITTED && b.value() == Event.ProbeResult.COMMITTED;
        if (commits && from < to) {
          found.add(new Overlap(from, to, one, other));
        }
      }
    }
  }

  @Override
  public int height(TimeScale scale) {
    return overlaps.isEmpty() ? 0 : 36;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "two writable", "at the same time");
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    for (Overlap overlap : overlaps) {
      double x = scale.x(overlap.fromNs());
      double end = scale.x(overlap.toNs());
      String length = FigureWords.ms((overlap.toNs() - overlap.fromNs()) / 1e6);
      String words = overlap.one() + " and " + overlap.other() + " both, " + length;
      SvgShapes.rect(out, "overlap", x, y + 4, end - x, 12, words);
      double left = Math.max(0, Math.min(x, scale.width() - SvgShapes.textWidth(words)));
      SvgShapes.text(out, "small strong", left, y + 29, words);
    }
  }
}
