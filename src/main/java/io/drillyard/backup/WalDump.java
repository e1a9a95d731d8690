package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a segment's records, as {@code pg_waldump} lists them.
 *
 * @param lastRecord position where its last whole record begins; null when there is none
 * @param lastCommit time of its last commit or abort; null when it holds none
 */
public record WalDump(@Nullable Long lastRecord, @Nullable Instant lastCommit) {
  private static final Pattern RECORD = Pattern.compile("\\blsn: ([0-9A-F]+/[0-9A-F]+)");
  private static final Pattern TRANSACTION =
      Pattern.compile(
          "desc: (?:COMMIT|ABORT)(?:_PREPARED)? (?:\\d+: )?(\\d{4}-\\S+ [0-9:.]+ \\S+)");

  /** Reads the listing, or its relevant lines. */
  public static WalDump parse(String text) {
    Long record = null;
    Instant commit = null;
    for (String line : text.lines().toList()) {
      Matcher at = RECORD.matcher(line);
      if (at.find()) {
        record = Lsn.parse(at.group(1));
        Matcher transaction = TRANSACTION.matcher(line);
        if (transaction.find()) {
          String time = transaction.group(1).replaceAll("[;,]$", "");
          commit = RecoveryLog.time(time);
        }
      }
    }
    return new WalDump(record, commit);
  }
}
