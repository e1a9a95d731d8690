package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long ago the newest backup ended. A missed backup loses nothing by itself: it makes every
 * restore replay more, and hang on one more day of WAL; so it has to be declared, and noticed.
 */
public final class BackupAge {
  private BackupAge() {}

  /**
   * Judges.
   *
   * @param info what the repository holds; null: nothing that can be read
   * @param reference the order of the test, or the end of its source
   * @param limit declared; null: none
   */
  public static Finding judge(
      @Nullable BackupInfo info, Instant reference, @Nullable Duration limit) {
    BackupInfo.Backup newest =
        info == null
            ? null
            : info.backups().stream()
                .filter(b -> !b.error() && b.databaseId() == info.database().id())
                .max(Comparator.comparing(BackupInfo.Backup::stop))
                .orElse(null);
    String target = limit == null ? null : "at most " + limit.toSeconds() + " s";
    if (newest == null) {
      return found(
          limit == null ? Verdict.UNDETERMINED : Verdict.MISSED,
          target,
          null,
          "No backup of the present database without page errors is there.");
    }
    double age = Duration.between(newest.stop(), reference).toNanos() / 1e6;
    // Ends of backups are known by whole seconds.
    if (age < -1000) {
      return found(
          Verdict.UNDETERMINED,
          target,
          null,
          "The newest backup, %s, ended at %s, ahead of this machine's clock."
              .formatted(newest.label(), newest.stop()));
    }
    double shown = Math.max(0, age);
    Measured measured =
        new Measured(shown, shown, limit == null ? null : limit.toNanos() / 1e6, "ms");
    return found(
        limit == null ? Verdict.UNDETERMINED : measured.against(),
        target,
        measured,
        "The newest backup, %s, ended %.0f s before the reference.%s"
            .formatted(newest.label(), shown / 1e3, limit == null ? " No limit is declared." : ""));
  }

  private static Finding found(
      Verdict verdict, @Nullable String target, @Nullable Measured measured, String summary) {
    return new Finding(
        Rung.BACKUP_AGE.check(), verdict, target, measured, summary, List.of(), Map.of());
  }
}
