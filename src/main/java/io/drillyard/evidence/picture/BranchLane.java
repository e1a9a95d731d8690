package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Acknowledgements of pinned writers on one branch: bars where they came, with their number. */
final class BranchLane implements PictureLane {
  private final String name;
  private final String remark;
  private final List<Event.Write> acks;

  private BranchLane(String name, String remark, List<Event.Write> acks) {
    this.name = name;
    this.remark = remark;
    this.acks = acks;
  }

  /** One lane per cluster and timeline: two clusters may well use the same number. */
  static List<PictureLane> all(EventsByKind seen) {
    Map<String, String> clusters = new TreeMap<>();
    seen.members().forEach(m -> clusters.put(m.name(), m.cluster()));
    Map<String, List<Event.Write>> branches = new TreeMap<>();
    for (Event.Write w : seen.all(Event.Write.class)) {
      if (w.routed() || !w.acknowledged() || w.member() == null) {
        continue;
      }
      String key = "timeline " + w.timeline() + "\0" + clusters.getOrDefault(w.member(), "");
      branches.computeIfAbsent(key, k -> new ArrayList<>()).add(w);
    }
    List<PictureLane> lanes = new ArrayList<>();
    branches.forEach(
        (key, acks) -> {
          String cluster = key.substring(key.indexOf('\0') + 1);
          lanes.add(new BranchLane(key.substring(0, key.indexOf('\0')), cluster, acks));
        });
    return lanes;
  }

  @Override
  public int height(TimeScale scale) {
    return 32;
  }

  @Override
  public void label(MarkupWriter out, int y) {
    PictureLane.twoLines(out, y, "pinned, " + name.replace("timeline", "TL"), remark);
  }

  @Override
  public void draw(MarkupWriter out, TimeScale scale, int y) {
    int[] counts = new int[scale.bins()];
    for (Event.Write ack : acks) {
      int bin = scale.bin(ack.at().endNs());
      if (bin >= 0) {
        counts[bin]++;
      }
    }
    double width = (double) scale.width() / counts.length;
    for (int i = 0; i < counts.length; ) {
      int end = i;
      int sum = 0;
      while (end < counts.length && counts[end] > 0) {
        sum += counts[end++];
      }
      if (sum > 0) {
        long from = scale.fromNs() + i * scale.binNs();
        String words = FigureWords.count(sum, "acknowledgement");
        String title =
            words
                + " on "
                + name
                + ", "
                + SvgShapes.span(scale, from, from + (end - i) * scale.binNs());
        SvgShapes.rect(out, "pinned", i * width, y + 5, (end - i) * width, 14, title);
        String number = Integer.toString(sum);
        if (SvgShapes.textWidth(number) + 8 < (end - i) * width) {
          SvgShapes.text(out, "in-pinned", i * width + 5, y + 16, number);
        }
      }
      i = Math.max(end, i + 1);
    }
  }
}
