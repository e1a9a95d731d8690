package io.drillyard.evidence.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.PurgePlan;
import io.drillyard.check.backup.Purged;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an unfinished purge left is known by its record, and by no other. */
class PurgeRecordTest {
  private static final String HERE = "ours.yaml: s3.test:443/bucket/path";
  private static final String STANZA = "shop";
  private static final List<String> LABELS = List.of("20261120-010000F", "20261120-020000F");

  private static PurgeRecord record(String result, String where, @Nullable Purged purged) {
    PurgePlan plan =
        new PurgePlan(
            LABELS,
            LABELS.stream()
                .map(label -> new PurgePlan.Going(label, "full", "", true, 1, 1))
                .toList(),
            LABELS,
            2,
            2,
            List.of(),
            "digest");
    return new PurgeRecord(
        PurgeRecord.FORMAT,
        "run",
        result,
        new PurgeRecord.Who("a", "b"),
        "why",
        "t",
        "t",
        "ours",
        where,
        STANZA,
        "14d",
        new PurgeRecord.Asked(LABELS, ""),
        List.of(),
        plan,
        List.of(),
        List.of(),
        purged,
        List.of());
  }

  private static Purged gone(long objects) {
    return new Purged(objects, objects, List.of("left"), List.of(), 0);
  }

  private static List<String> unfinished(PurgeRecord... records) {
    return PurgeRecord.unfinished(List.of(records), HERE, STANZA);
  }

  @Test
  void whatFailedOrIsNotOnRecordMayBeLeft() {
    assertThat(unfinished(record(PurgeRecord.FAILED, HERE, null))).isEqualTo(LABELS);
    assertThat(unfinished(record(PurgeRecord.FAILED, HERE, gone(1)))).isEqualTo(LABELS);
  }

  @Test
  void whereNothingWentNothingIsLeft() {
    assertThat(unfinished(record(PurgeRecord.FAILED, HERE, gone(0)))).isEmpty();
    assertThat(unfinished(record(PurgeRecord.REFUSED, HERE, null))).isEmpty();
    assertThat(unfinished(record(PurgeRecord.NOT_CONFIRMED, HERE, null))).isEmpty();
  }

  @Test
  void whatALaterPurgeRemovedIsNotLeft() {
    PurgeRecord failed = record(PurgeRecord.FAILED, HERE, null);
    PurgeRecord purged = record(PurgeRecord.PURGED, HERE, gone(2));
    assertThat(unfinished(failed, purged)).isEmpty();
    assertThat(unfinished(purged, failed)).isEqualTo(LABELS);
  }

  @Test
  void anotherPlaceOrStanzaIsAnotherRepository() {
    PurgeRecord there = record(PurgeRecord.FAILED, HERE + "2", null);
    assertThat(unfinished(there)).isEmpty();
    assertThat(
            PurgeRecord.unfinished(List.of(record(PurgeRecord.FAILED, HERE, null)), HERE, "other"))
        .isEmpty();
  }
}
