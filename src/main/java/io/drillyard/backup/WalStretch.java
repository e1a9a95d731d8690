package io.drillyard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Segments of one timeline, one after the other.
 *
 * @param first number of the first one
 * @param last number of the last one; below the first: there is none
 */
public record WalStretch(long timeline, long first, long last) {
  /** How many segments it has. */
  public long length() {
    return Math.max(0, last - first + 1);
  }

  /** True when that segment belongs to it. */
  public boolean holds(WalSegment segment) {
    return segment.timeline() == timeline && segment.number() >= first && segment.number() <= last;
  }

  /** The runs of its segments that are not there, in order. */
  public List<WalStretch> missing(Predicate<WalSegment> there) {
    List<WalStretch> gaps = new ArrayList<>();
    long since = -1;
    for (long number = first; number <= last + 1; number++) {
      boolean whole = number > last || there.test(new WalSegment(timeline, number));
      if (!whole && since < 0) {
        since = number;
      } else if (whole && since >= 0) {
        gaps.add(new WalStretch(timeline, since, number - 1));
        since = -1;
      }
    }
    return gaps;
  }

  /** For people: the name of the one segment, or those of both ends and how many there are. */
  public String words(long segmentBytes) {
    String name = new WalSegment(timeline, first).name(segmentBytes);
    return first == last
        ? name
        : "%s to %s (%d segments)"
            .formatted(name, new WalSegment(timeline, last).name(segmentBytes), length());
  }
}
