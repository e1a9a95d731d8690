package io.drillyard.evidence.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.check.backup.BackupPurgePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an unfinished purge left is known by its record, and by no other. */
class BackupPurgeRecordTest {
  private static final String HERE = "ours.yaml: s3.test:443/bucket/path";
  private static final String STANZA = "shop";
  private static final List<String> LABELS = List.of("20261120-010000F", "20261120-020000F");

  private static BackupPurgeRecord record(
      String result, String where, @Nullable BackupPurgeOutcome purged) {
    BackupPurgePlan plan =
        new BackupPurgePlan(
            LABELS,
            LABELS.stream()
                .map(label -> new BackupPurgePlan.Going(label, "full", "", true, 1, 1))
                .toList(),
            LABELS,
            2,
            2,
            List.of(),
            "digest");
    return new BackupPurgeRecord(
        BackupPurgeRecord.FORMAT,
        "run",
        result,
        new BackupPurgeRecord.Who("a", "b"),
        "why",
        "t",
        "t",
        "ours",
        where,
        STANZA,
        "14d",
        new BackupPurgeRecord.Asked(LABELS, ""),
        List.of(),
        plan,
        List.of(),
        List.of(),
        purged,
        List.of());
  }

  private static BackupPurgeOutcome gone(long objects) {
    return new BackupPurgeOutcome(objects, objects, List.of("left"), List.of(), 0);
  }

  private static List<String> unfinished(BackupPurgeRecord... records) {
    return BackupPurgeRecord.unfinished(List.of(records), HERE, STANZA);
  }

  @Test
  void whatFailedOrIsNotOnRecordMayBeLeft() {
    assertThat(unfinished(record(BackupPurgeRecord.FAILED, HERE, null))).isEqualTo(LABELS);
    assertThat(unfinished(record(BackupPurgeRecord.FAILED, HERE, gone(1)))).isEqualTo(LABELS);
  }

  @Test
  void whereNothingWentNothingIsLeft() {
    assertThat(unfinished(record(BackupPurgeRecord.FAILED, HERE, gone(0)))).isEmpty();
    assertThat(unfinished(record(BackupPurgeRecord.REFUSED, HERE, null))).isEmpty();
    assertThat(unfinished(record(BackupPurgeRecord.NOT_CONFIRMED, HERE, null))).isEmpty();
  }

  @Test
  void whatALaterPurgeRemovedIsNotLeft() {
    BackupPurgeRecord failed = record(BackupPurgeRecord.FAILED, HERE, null);
    BackupPurgeRecord purged = record(BackupPurgeRecord.PURGED, HERE, gone(2));
    assertThat(unfinished(failed, purged)).isEmpty();
    assertThat(unfinished(purged, failed)).isEqualTo(LABELS);
  }

  @Test
  void anotherPlaceOrStanzaIsAnotherRepository() {
    BackupPurgeRecord there = record(BackupPurgeRecord.FAILED, HERE + "2", null);
    assertThat(unfinished(there)).isEmpty();
    assertThat(
            BackupPurgeRecord.unfinished(
                List.of(record(BackupPurgeRecord.FAILED, HERE, null)), HERE, "other"))
        .isEmpty();
  }
}
