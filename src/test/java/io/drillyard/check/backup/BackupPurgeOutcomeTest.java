package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is gone is what was planned, to the last object, or the record says otherwise. */
class BackupPurgeOutcomeTest {
  private static final String FOLDER = "r/backup/shop/";
  private static final String F1 = "20261101-010000F";
  private static final String F2 = "20261108-010000F";
  private static final BackupPurgePlan PLAN =
      new BackupPurgePlan(
          List.of(F1),
          List.of(new BackupPurgePlan.Going(F1, "full", "2026-11-01T01:00:00Z", true, 2, 30)),
          List.of(F1),
          2,
          30,
          List.of(),
          "d");

  private final Map<String, BackupPurgeOutcome.Listed> before = new TreeMap<>();
  private final Map<String, BackupPurgeOutcome.Listed> after = new TreeMap<>();

  BackupPurgeOutcomeTest() {
    both(FOLDER + "backup.info", 5);
    both(FOLDER + "backup.info.copy", 5);
    both(FOLDER + F2 + "/backup.manifest", 7);
    both("r/archive/shop/archive.info", 5);
    put(before, FOLDER + F1 + "/backup.manifest", 10, "a");
    put(before, FOLDER + F1 + "/bundle/1", 20, "a");
    put(after, FOLDER + "backup.info", 4, "b");
    put(after, FOLDER + "backup.info.copy", 4, "b");
  }

  private void both(String key, long bytes) {
    put(before, key, bytes, "a");
    put(after, key, bytes, "a");
  }

  private static void put(
      Map<String, BackupPurgeOutcome.Listed> to, String key, long bytes, String tag) {
    to.put(key, new BackupPurgeOutcome.Listed(bytes, tag));
  }

  private BackupPurgeOutcome purged() {
    return BackupPurgeOutcome.of(PLAN, FOLDER, before, after);
  }

  @Test
  void exactlyThat() {
    put(after, "r/archive/shop/17-1/new", 3, "n");
    assertThat(purged()).isEqualTo(new BackupPurgeOutcome(2, 30, List.of(), List.of(), 1));
    assertThat(purged().exactly()).isTrue();
  }

  @Test
  void whatIsLeftIsNamed() {
    put(after, FOLDER + F1 + "/bundle/1", 20, "a");
    assertThat(purged().left()).containsExactly(FOLDER + F1 + "/bundle/1");
    assertThat(purged().objects()).isEqualTo(1);
    assertThat(purged().bytes()).isEqualTo(10);
    assertThat(purged().exactly()).isFalse();
  }

  @Test
  void whatElseIsGoneOrOtherIsNamed() {
    after.remove(FOLDER + F2 + "/backup.manifest");
    after.remove(FOLDER + "backup.info.copy");
    put(after, "r/archive/shop/archive.info", 5, "b");
    assertThat(purged().otherwise())
        .containsExactlyInAnyOrder(
            FOLDER + F2 + "/backup.manifest is gone",
            FOLDER + "backup.info.copy is gone",
            "r/archive/shop/archive.info was written anew");
    assertThat(purged().exactly()).isFalse();
  }
}
