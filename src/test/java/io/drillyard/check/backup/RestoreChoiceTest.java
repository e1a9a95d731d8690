package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.DatabaseIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backup is restored, and to where. */
class RestoreChoiceTest {
  private static final Instant STOP = Instant.parse("2026-11-29T01:00:00Z");

  private static BackupInfo.Backup backup(String label, int database, Instant stop) {
    return new BackupInfo.Backup(
        label,
        "full",
        database,
        List.of(),
        stop.minusSeconds(5),
        stop,
        "0/4000028",
        "0/4000120",
        "000000010000000000000004",
        "000000010000000000000004",
        false,
        5);
  }

  private static final BackupInfo INFO =
      new BackupInfo(
          new DatabaseIdentity(2, "77", "17"),
          List.of(
              backup("OLD", 1, STOP.minusSeconds(9000)),
              backup("A", 2, STOP),
              backup("B", 2, STOP.plusSeconds(600))));

  private static RestoreChoice of(String backup, String target, @Nullable Instant newest) {
    return RestoreChoice.of(INFO, backup, target, 1, newest);
  }

  @Test
  void onlyThePresentDatabasesBackupsAreChosen() {
    assertThat(of("oldest", "latest", null).backup().label()).isEqualTo("A");
    assertThat(of("latest", "latest", null).backup().label()).isEqualTo("B");
    assertThat(of("A", "latest", null).backup().label()).isEqualTo("A");
    assertThat(of("B", "latest", null).backup().label()).isEqualTo("B");
    assertThatThrownBy(() -> of("OLD", "latest", null))
        .isInstanceOf(RestoreChoice.NotThereException.class)
        .hasMessageContaining("no backup OLD that fits the target; there are [A, B]");
    BackupInfo none = new BackupInfo(new DatabaseIdentity(9, "77", "17"), INFO.backups());
    assertThatThrownBy(() -> RestoreChoice.of(none, "latest", "latest", 1, null))
        .hasMessageContaining("no backup of its present database");
  }

  @Test
  void theLongestReplayNeedsANextBackup() {
    RestoreChoice choice = of("latest", "before-next-backup", null);
    assertThat(choice.backup().label()).isEqualTo("A");
    assertThat(choice.target().words()).isEqualTo("just before backup B began (LSN 0/4000028)");
    BackupInfo one =
        new BackupInfo(INFO.database(), List.of(INFO.backups().get(0), INFO.backups().get(1)));
    assertThatThrownBy(() -> RestoreChoice.of(one, "latest", "before-next-backup", 1, null))
        .hasMessageContaining("there is only one backup");
  }

  @Test
  void aRandomInstantLiesBetweenTheBackupAndTheNewestCommit() {
    Instant newest = STOP.plusSeconds(1).plusNanos(1000);
    RestoreChoice choice = of("A", "random-instant", newest);
    assertThat(choice.target()).isEqualTo(new RestoreChoice.Instantly(STOP.plusSeconds(1)));
    assertThat(choice.target().words()).isEqualTo("time 2026-11-29T01:00:01Z");
    assertThatThrownBy(() -> of("A", "random-instant", STOP.plusSeconds(1)))
        .hasMessageContaining("no commit is known to be archived after backup A");
    for (long seed = 0; seed < 50; seed++) {
      RestoreChoice any = RestoreChoice.of(INFO, "A", "random-instant", seed, STOP.plusSeconds(11));
      assertThat(any.target())
          .isInstanceOfSatisfying(
              RestoreChoice.Instantly.class,
              at -> assertThat(at.time()).isBetween(STOP.plusSeconds(1), STOP.plusSeconds(11)));
    }
    assertThat(of("A", "random-instant", null).target())
        .isInstanceOf(RestoreChoice.Instantly.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-instant", "before-switch", "at-switch", "after-switch"})
  void someTargetsAreChosenWhenTheArchiveWasRead(String wanted) {
    assertThat(RestoreChoice.isLater(wanted)).isTrue();
    assertThat(RestoreChoice.provisional(wanted)).isEqualTo("latest");
  }

  @Test
  void othersAreChosenAtOnce() {
    assertThat(RestoreChoice.isLater("before-next-backup")).isFalse();
    assertThat(RestoreChoice.provisional("before-next-backup")).isEqualTo("before-next-backup");
    assertThat(new RestoreChoice.Latest().words()).isEqualTo("latest");
    assertThat(new RestoreChoice.AtSwitch(2, "0/6000000").words())
        .isEqualTo("the end of the timeline that 2 followed (before LSN 0/6000000)");
    assertThatThrownBy(() -> of("latest", "nowhere", null))
        .hasMessage("no target is called 'nowhere'");
  }
}
