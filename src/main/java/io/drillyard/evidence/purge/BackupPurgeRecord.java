package io.drillyard.evidence.purge;

import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.check.backup.BackupPurgePlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record of an order to purge, whatever became of it.
 *
 * @param format version of this structure
 * @param result {@link #PURGED}, {@link #REFUSED}, {@link #NOT_CONFIRMED} or {@link #FAILED}
 * @param who gave the order
 * @param reason in that person's words
 * @param repository file that declares it
 * @param retention as declared
 * @param proven labels that restore tests proved, by the reports on this machine, in the order of
 *     the proofs
 * @param plan what would go; null when none was made
 * @param refusals everything that spoke against it
 * @param failures what did not go as it has to
 * @param purged by listings before and after; null when nothing was done, or nobody could look
 * @param said pgBackRest's words
 */
public record BackupPurgeRecord(
    int format,
    String run,
    String result,
    Who who,
    String reason,
    String started,
    String finished,
    String policy,
    String repository,
    String stanza,
    String retention,
    Asked asked,
    List<String> proven,
    @Nullable BackupPurgePlan plan,
    List<String> refusals,
    List<String> failures,
    @Nullable BackupPurgeOutcome purged,
    List<String> said) {
  /** Version of this structure. */
  public static final int FORMAT = 1;

  /** All that was planned is gone, and nothing else. */
  public static final String PURGED = "purged";

  /** Something spoke against it, and nothing was removed. */
  public static final String REFUSED = "refused";

  /** Nobody typed the stanza's name, and nothing was removed. */
  public static final String NOT_CONFIRMED = "not confirmed";

  /** Something else happened than what was planned; what, stands there as far as it is known. */
  public static final String FAILED = "failed";

  /**
   * A person, as the machine knows one.
   *
   * @param user name of the account
   * @param host name of the machine
   */
  public record Who(String user, String host) {}

  /**
   * What was asked for: either of both.
   *
   * @param labels of backups
   * @param olderThan an age; empty: by labels
   */
  public record Asked(List<String> labels, String olderThan) {}

  /**
   * Labels of the backups that purges of this repository were to remove and, by their records,
   * perhaps did not to the end: what is left of such a backup is nobody else's. A purge of which it
   * was seen that nothing went left nothing; what a later one removed is no longer left.
   *
   * @param records in the order of their time
   * @param repository as {@link #repository} says it
   */
  public static List<String> unfinished(
      List<BackupPurgeRecord> records, String repository, String stanza) {
    Set<String> labels = new LinkedHashSet<>();
    for (BackupPurgeRecord record : records) {
      BackupPurgePlan plan = record.plan();
      if (plan == null
          || !record.repository().equals(repository)
          || !record.stanza().equals(stanza)) {
        continue;
      }
      List<String> going = plan.goes().stream().map(BackupPurgePlan.Going::label).toList();
      BackupPurgeOutcome what = record.purged();
      if (record.result().equals(PURGED)) {
        going.forEach(labels::remove);
      } else if (record.result().equals(FAILED) && (what == null || what.objects() > 0)) {
        labels.addAll(going);
      }
    }
    return List.copyOf(labels);
  }

  /** How it ended. */
  public BackupPurgeRecord ended(
      String how,
      String at,
      List<String> why,
      @Nullable BackupPurgeOutcome what,
      List<String> words) {
    return new BackupPurgeRecord(
        format,
        run,
        how,
        who,
        reason,
        started,
        at,
        policy,
        repository,
        stanza,
        retention,
        asked,
        proven,
        plan,
        refusals,
        List.copyOf(why),
        what,
        List.copyOf(words));
  }

  /** With a plan, which may hold refusals. */
  public BackupPurgeRecord planned(BackupPurgePlan made) {
    return with(result, made, made.refusals());
  }

  /** Refused, and for these reasons. */
  public BackupPurgeRecord refused(List<String> why) {
    return with(REFUSED, plan, List.copyOf(why));
  }

  private BackupPurgeRecord with(String how, @Nullable BackupPurgePlan made, List<String> why) {
    return new BackupPurgeRecord(
        format,
        run,
        how,
        who,
        reason,
        started,
        finished,
        policy,
        repository,
        stanza,
        retention,
        asked,
        proven,
        made,
        why,
        failures,
        purged,
        said);
  }
}
