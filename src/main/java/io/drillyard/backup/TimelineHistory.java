package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.List;

/**
 * A timeline's history file: through which timelines its WAL leads.
 *
 * @param timeline whose history it is
 * @param ancestors oldest first
 */
public record TimelineHistory(long timeline, List<Ancestor> ancestors) {
  /**
   * A timeline that was left.
   *
   * @param endLsn where the next one begins
   */
  public record Ancestor(long timeline, long endLsn) {}

  /** Reads the text of {@code TTTTTTTT.history}. */
  public static TimelineHistory parse(long timeline, String text) {
    String name = "%08X.history".formatted(timeline);
    List<Ancestor> ancestors = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", 3);
      try {
        ancestors.add(new Ancestor(Long.parseLong(words[0]), Lsn.parse(words[1])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new UnreadableException(name + ": this line is none of a history: " + line, e);
      }
    }
    if (ancestors.isEmpty()) {
      throw new UnreadableException(name + ": it names no ancestor");
    }
    for (int i = 0; i < ancestors.size(); i++) {
      long next = i + 1 < ancestors.size() ? ancestors.get(i + 1).timeline() : timeline;
      if (ancestors.get(i).timeline() >= next) {
        throw new UnreadableException(name + ": its timelines do not grow");
      }
    }
    return new TimelineHistory(timeline, List.copyOf(ancestors));
  }
}
