package io.drillyard.check.backup;

import io.drillyard.backup.RecoveryLog;
import io.drillyard.backup.WalDump;
import io.drillyard.check.Finding;
import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether recovery ended exactly at its target. What is expected is read from the archive before
 * the server starts; a server that finds a gap ends early, opens, and looks faster.
 */
public final class TargetReached {
  /** Bytes of a WAL page, of its header, and of a segment's first header (xlog_internal.h). */
  private static final long PAGE = 8192;

  private static final long HEADER = 24;
  private static final long LONG_HEADER = 40;

  /** SQLSTATE undefined_file: a library is looked for by its name. */
  private static final String UNDEFINED_FILE = " 58P01 ";

  /**
   * SQLSTATEs invalid_parameter_value, undefined_object and cant_change_runtime_param, and the
   * postmaster's last word on a file of settings. Not config_file_error as such: it is also said
   * where recovery ended before its target.
   */
  private static final Pattern CONFIGURATION =
      Pattern.compile(" (22023|42704|55P02) FATAL:|configuration file \"[^\"]*\" contains errors");

  private static final SandboxShortage SETTINGS =
      new SandboxShortage(
          "The server refused the settings that it was given here",
          "report it with the end of the server's log, which stands among the remarks");

  private TargetReached() {}

  /**
   * What the archive's end says.
   *
   * @param lastRecord where the last archived record begins; null when it could not be read
   * @param lastCommit time of the last archived commit; null when none was found near the end
   * @param segment in which the archive ends, or the target lies
   */
  public record Expected(@Nullable Long lastRecord, @Nullable Instant lastCommit, String segment) {
    /**
     * Of the dump of the last segment, with the last commit of an earlier one where it has none.
     */
    public static Expected of(WalDump last, @Nullable Instant commit, String segment) {
      return new Expected(last.lastRecord(), commit, segment);
    }
  }

  /** Judges a recovery. */
  public static Finding judge(
      RestoreChoice.Target target, @Nullable Expected expected, RecoveryLog log) {
    Optional<SandboxShortage> lack = lack(log);
    if (lack.isPresent()) {
      return RungFindings.undetermined(Rung.TARGET, lack.get().words("The recovery"));
    }
    if (!log.fatal().isEmpty()) {
      return RungFindings.missed(
          Rung.TARGET, "Recovery broke off: " + log.fatal().getLast(), log.fatal());
    }
    if (log.redoDone() == null || !log.complete()) {
      return RungFindings.missed(
          Rung.TARGET, "Recovery did not come to an end: the server never opened.", List.of());
    }
    return switch (target) {
      case RestoreChoice.Latest latest -> latest(expected, log);
      case RestoreChoice.Instantly at -> instant(at.time(), log);
      case RestoreChoice.BeforeBackup before -> position(Lsn.parse(before.lsn()), log);
      case RestoreChoice.AtSwitch at ->
          Boolean.TRUE.equals(log.stoppedBefore())
              ? position(firstRecord(Lsn.parse(at.lsn()), log), log)
              : RungFindings.missed(
                  Rung.TARGET,
                  "Recovery did not stop before the first record of timeline "
                      + at.timeline()
                      + ".",
                  log.stop() == null ? List.of() : List.of("it stopped at " + log.stop()));
    };
  }

  /**
   * What kept the server from starting, or recovery from going on, that is no matter of the data:
   * one failure alone, before recovery had come to an end.
   */
  private static Optional<SandboxShortage> lack(RecoveryLog log) {
    if (log.fatal().size() != 1 || log.redoDone() != null) {
      return Optional.empty();
    }
    String fatal = log.fatal().getFirst();
    if (CONFIGURATION.matcher(fatal).find()) {
      return Optional.of(SETTINGS);
    }
    boolean file = fatal.contains("could not access file");
    return file && !fatal.contains(UNDEFINED_FILE) ? Optional.empty() : SandboxShortage.in(fatal);
  }

  /**
   * Judges a recovery from an archive that its source went on filling: more than was there
   * beforehand is no fault, less is.
   */
  public static Finding judgeGrowing(
      RestoreChoice.Target target, @Nullable Expected expected, RecoveryLog log) {
    Long last = expected == null ? null : expected.lastRecord();
    Long done = log.redoDone();
    if (!(target instanceof RestoreChoice.Latest)
        || last == null
        || done == null
        || Long.compareUnsigned(done, last) <= 0
        || !log.fatal().isEmpty()
        || !log.complete()) {
      return judge(target, expected, log);
    }
    return RungFindings.met(
        Rung.TARGET,
        "Recovery ended at %s, %,d bytes of WAL behind the record that was the archive's last beforehand: its source goes on; last commit %s."
            .formatted(Lsn.format(done), done - last, words(log.lastCommit())),
        List.of());
  }

  private static Finding latest(@Nullable Expected expected, RecoveryLog log) {
    Long last = expected == null ? null : expected.lastRecord();
    Long done = log.redoDone();
    if (expected == null || last == null || done == null) {
      return RungFindings.undetermined(
          Rung.TARGET,
          "The archive's last record could not be read beforehand; the recovery's end, %s, has nothing to be compared with."
              .formatted(done == null ? "unknown" : Lsn.format(done)));
    }
    List<String> facts = new ArrayList<>();
    facts.add(
        "expected: last record at %s in %s, last commit %s"
            .formatted(Lsn.format(last), expected.segment(), words(expected.lastCommit())));
    facts.add(
        "seen: last record at %s, last commit %s"
            .formatted(Lsn.format(done), words(log.lastCommit())));
    if (done.longValue() != last.longValue()) {
      return RungFindings.missed(
          Rung.TARGET,
          "Recovery ended at %s, %,d bytes of WAL before the archive's last record at %s, and said nothing."
              .formatted(Lsn.format(done), last - done, Lsn.format(last)),
          facts);
    }
    Instant commit = expected.lastCommit();
    if (commit != null && !commit.equals(log.lastCommit())) {
      return RungFindings.missed(
          Rung.TARGET,
          "The last commit replayed is of %s, not of %s."
              .formatted(words(log.lastCommit()), words(commit)),
          facts);
    }
    return RungFindings.met(
        Rung.TARGET,
        "Recovery ended at %s, the archive's last record; last commit %s."
            .formatted(Lsn.format(done), words(log.lastCommit())),
        facts);
  }

  private static Finding instant(Instant time, RecoveryLog log) {
    Instant stop = log.stopTime();
    if (log.stop() == null || stop == null) {
      return RungFindings.missed(
          Rung.TARGET, "Recovery ended without meeting its target time " + time + ".", List.of());
    }
    Instant last = log.lastCommit();
    boolean after = Boolean.TRUE.equals(log.stoppedBefore()) ? stop.isAfter(time) : false;
    if (!after || (last != null && last.isAfter(time))) {
      return RungFindings.missed(
          Rung.TARGET,
          "Recovery to %s stopped %s; its last commit is of %s."
              .formatted(time, log.stop(), words(last)),
          List.of());
    }
    return RungFindings.met(
        Rung.TARGET,
        "The last commit replayed is of %s, the first one left out of %s; between them lies %s."
            .formatted(words(last), stop, time),
        List.of("stopped before " + log.stop()));
  }

  /** Where a timeline begins at a page's start, its first record follows the page's header. */
  private static long firstRecord(long lsn, RecoveryLog log) {
    Long stop = log.stopLsn();
    boolean header =
        lsn % PAGE == 0 && stop != null && (stop - lsn == HEADER || stop - lsn == LONG_HEADER);
    return header ? stop : lsn;
  }

  private static Finding position(long lsn, RecoveryLog log) {
    Long stop = log.stopLsn();
    if (stop == null) {
      return RungFindings.missed(
          Rung.TARGET,
          "Recovery ended without meeting its target position " + Lsn.format(lsn) + ".",
          List.of());
    }
    if (Long.compareUnsigned(stop, lsn) != 0) {
      return RungFindings.missed(
          Rung.TARGET,
          "Recovery to %s stopped at %s.".formatted(Lsn.format(lsn), Lsn.format(stop)),
          List.of());
    }
    return RungFindings.met(
        Rung.TARGET,
        "Recovery stopped at %s, exactly where it was told to; last commit %s."
            .formatted(Lsn.format(stop), words(log.lastCommit())),
        List.of());
  }

  private static String words(@Nullable Instant time) {
    return time == null ? "unknown" : time.toString();
  }
}
