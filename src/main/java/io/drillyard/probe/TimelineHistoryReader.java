package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PostgreSQL's timeline history files: which timelines a timeline descends from, and where. */
public final class TimelineHistoryReader {
  private TimelineHistoryReader() {}

  /** The file's name, as in pg_wal and in an archive: {@code 00000002.history}. */
  public static String fileName(int timeline) {
    return String.format(Locale.ROOT, "%08X.history", timeline);
  }

  /**
   * Reads a history file: per line a parent timeline, the LSN where it was left, and a reason.
   *
   * @return the forks, oldest first
   * @throws IllegalArgumentException naming the line that PostgreSQL itself would refuse
   */
  public static List<Event.Fork> parse(String text) {
    List<Event.Fork> forks = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      String[] fields = content.split("\\s+", 3);
      if (fields.length < 2) {
        throw bad(number, line, "needs a timeline and an LSN");
      }
      Event.Fork fork;
      try {
        fork = new Event.Fork(Integer.parseUnsignedInt(fields[0]), Lsn.parse(fields[1]));
      } catch (IllegalArgumentException e) {
        throw bad(number, line, "needs a timeline and an LSN");
      }
      if (!forks.isEmpty()
          && Integer.compareUnsigned(fork.parentTimeline(), forks.getLast().parentTimeline())
              <= 0) {
        throw bad(number, line, "timelines must increase");
      }
      forks.add(fork);
    }
    return forks;
  }

  /**
   * Reads the whole history file of a timeline. Every line of one that PostgreSQL wrote has its
   * reason and its end, leads on to a later place, and to a lower number than the file's own: where
   * that is not so, the file was cut off or is another one.
   *
   * @return the forks, oldest first
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static List<Event.Fork> whole(int timeline, String text) {
    List<Event.Fork> forks = parse(text);
    if (forks.isEmpty()) {
      throw new IllegalArgumentException("timeline history: it has no line");
    }
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.strip();
      if (!content.isEmpty() && !content.startsWith("#") && content.split("\\s+", 3).length < 3) {
        throw bad(number, line, "is cut off before its reason");
      }
    }
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("timeline history: its last line is cut off");
    }
    long before = 0;
    for (Event.Fork fork : forks) {
      if (Long.compareUnsigned(fork.lsn(), before) < 0) {
        throw new IllegalArgumentException(
            "timeline history: timeline %s is left at %s, before it began"
                .formatted(
                    Integer.toUnsignedString(fork.parentTimeline()), Lsn.format(fork.lsn())));
      }
      before = fork.lsn();
    }
    if (Integer.compareUnsigned(forks.getLast().parentTimeline(), timeline) >= 0) {
      throw new IllegalArgumentException(
          "timeline history: it leads to %s, and is said to be of %s"
              .formatted(
                  Integer.toUnsignedString(forks.getLast().parentTimeline()),
                  Integer.toUnsignedString(timeline)));
    }
    return forks;
  }

  private static IllegalArgumentException bad(int number, String line, String why) {
    return new IllegalArgumentException(
        "timeline history, line " + number + " ('" + line + "'): " + why);
  }
}
