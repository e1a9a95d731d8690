package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's log says of a recovery.
 *
 * @param redoDone start of the last record that was replayed; null when recovery did not end
 * @param lastCommit time of the last completed transaction; null when none was replayed
 * @param stoppedBefore true when a target was met before a record; false after one; null without
 * @param stop the log's words on where a target was met, or null
 * @param stopTime time of the commit at which a time target stopped, or null
 * @param stopLsn position at which an LSN target stopped, or null
 * @param restored segments that were fetched from the archive, in order
 * @param newTimeline that the server chose; 0 when it chose none
 * @param complete true when the archive recovery was completed
 * @param fatal messages of level FATAL or PANIC, without those to clients that came too early or
 *     were refused once the server was open
 */
public record RecoveryLog(
    @Nullable Long redoDone,
    @Nullable Instant lastCommit,
    @Nullable Boolean stoppedBefore,
    @Nullable String stop,
    @Nullable Instant stopTime,
    @Nullable Long stopLsn,
    List<String> restored,
    long newTimeline,
    boolean complete,
    List<String> fatal) {

  /**
   * SQLSTATE cannot_connect_now: a client was turned away, which is no end of the recovery. Between
   * "archive recovery complete" and "ready to accept connections" that may be a while.
   */
  private static final String TOO_EARLY = " 57P03 FATAL:";

  private static final Pattern REDO_DONE = Pattern.compile("redo done at ([0-9A-F]+/[0-9A-F]+)");
  private static final Pattern LAST =
      Pattern.compile("last completed transaction was at log time (\\S+ \\S+)");
  private static final Pattern STOP = Pattern.compile("recovery stopping (before|after) (.*)");
  private static final Pattern TIME = Pattern.compile("time (\\d{4}-\\S+ \\S+)");
  private static final Pattern LOCATION =
      Pattern.compile("WAL location \\(LSN\\) \"([0-9A-F]+/[0-9A-F]+)\"");
  private static final Pattern RESTORED =
      Pattern.compile("restored log file \"([0-9A-F]{24})\" from archive");
  private static final Pattern TIMELINE = Pattern.compile("selected new timeline ID: (\\d+)");
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendPattern("x")
          .toFormatter(java.util.Locale.ROOT);

  /** Reads a server's log, with SQLSTATEs in its prefix, from one start to the present. */
  public static RecoveryLog parse(String text) {
    Long redoDone = null;
    Instant last = null;
    Boolean before = null;
    String stop = null;
    Instant stopTime = null;
    Long stopLsn = null;
    List<String> restored = new ArrayList<>();
    long timeline = 0;
    boolean complete = false;
    boolean ready = false;
    List<String> fatal = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher done = REDO_DONE.matcher(line);
      Matcher commit = LAST.matcher(line);
      Matcher stopping = STOP.matcher(line);
      Matcher segment = RESTORED.matcher(line);
      Matcher chosen = TIMELINE.matcher(line);
      if (done.find()) {
        redoDone = Lsn.parse(done.group(1));
      } else if (commit.find()) {
        last = time(commit.group(1));
      } else if (stopping.find()) {
        before = stopping.group(1).equals("before");
        stop = stopping.group(2);
        Matcher at = TIME.matcher(stop);
        stopTime = at.find() ? time(at.group(1)) : null;
        Matcher where = LOCATION.matcher(stop);
        stopLsn = where.find() ? Lsn.parse(where.group(1)) : null;
      } else if (segment.find()) {
        restored.add(segment.group(1));
      } else if (chosen.find()) {
        timeline = Long.parseLong(chosen.group(1));
      } else if (line.contains("archive recovery complete")) {
        complete = true;
      } else if (complete && line.contains("database system is ready to accept connections")) {
        ready = true;
      } else if (line.contains("PANIC:")
          || (line.contains("FATAL:") && !ready && !line.contains(TOO_EARLY))) {
        // Once it is open, FATAL ends the session of a client, and no recovery.
        fatal.add(line);
      }
    }
    return new RecoveryLog(
        redoDone,
        last,
        before,
        stop,
        stopTime,
        stopLsn,
        List.copyOf(restored),
        timeline,
        complete,
        List.copyOf(fatal));
  }

  /** A time as PostgreSQL writes it with its time zone set to UTC; null when it is none. */
  static @Nullable Instant time(String text) {
    String stripped = text.replaceAll("[.,]$", "").replaceAll(" (UTC|GMT)$", "+00");
    try {
      return OffsetDateTime.parse(stripped, FORMAT)
          .withOffsetSameInstant(ZoneOffset.UTC)
          .toInstant();
    } catch (java.time.format.DateTimeParseException e) {
      return null;
    }
  }
}
