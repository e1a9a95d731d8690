package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commits and aborts of one segment, as {@code pg_waldump} lists them: the only places at which a
 * recovery to an instant can stop.
 */
public final class TransactionEnds {
  private static final Pattern END =
      Pattern.compile(
          "\\blsn: ([0-9A-F]+/[0-9A-F]+).*desc: (COMMIT|ABORT)(?:_PREPARED)? (?:\\d+: )?(\\d{4}-\\S+ [0-9:.]+ [^\\s;,]+)");

  private TransactionEnds() {}

  /**
   * One of them.
   *
   * @param lsn where its record begins
   * @param committed else it was aborted
   */
  public record At(long lsn, Instant time, boolean committed) {}

  /** Reads the listing; lines of other records are passed over. */
  public static List<At> parse(String text) {
    List<At> ends = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = END.matcher(line);
      if (matcher.find()) {
        Instant time = RecoveryLog.time(matcher.group(3));
        if (time != null) {
          boolean committed = matcher.group(2).equals("COMMIT");
          ends.add(new At(Lsn.parse(matcher.group(1)), time, committed));
        }
      }
    }
    return List.copyOf(ends);
  }
}
