package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.launch.ExitCode;
import io.drillyard.play.restore.PurgeRounds.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A purge that is cut off while it removes says so on record, leaves what it was not to touch, and
 * is finished by the next one: whoever cut it off. One moment for each way; {@code make stores}
 * tries more.
 */
@Tag("lab")
class PurgeEndedLabTest {
  /** Percent of what goes that are still there at the moment of ending. */
  static final int LEAST_LEFT = 30;

  static final int MOST_LEFT = 95;

  private static final long SEED = Long.getLong("drillyard.seed", System.nanoTime());

  private static final Random MOMENTS = new Random(SEED);

  private static @Nullable PurgeRounds begun;

  @BeforeAll
  static void somebodysRepository(@TempDir Path folder) throws Exception {
    System.out.println("moments of ending: -Ddrillyard.seed=" + SEED);
    begun = PurgeRounds.begin(folder);
  }

  private static PurgeRounds rounds() {
    return Objects.requireNonNull(begun);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCutOffTheNextOneFinishes(Way way) throws Exception {
    rounds().cutOff(way, MOMENTS.nextInt(LEAST_LEFT, MOST_LEFT));
  }

  /** As if it was cut off after the manifests had gone, and before the list was written. */
  @Test
  void whatIsListedWithoutItsManifestIsFinished() throws Exception {
    PurgeRound round = rounds().round("listed");
    try {
      for (String label : round.store().labels().subList(0, 2)) {
        Path backup = round.store().backups().resolve(label);
        Files.delete(backup.resolve("backup.manifest"));
        Files.delete(backup.resolve("backup.manifest.copy"));
      }
      int left = round.left();
      BackupPurgeRecord record =
          round.orders().purge(ExitCode.MET, round.oldest(), "--confirm", "shop");
      assertThat(record.result()).isEqualTo(BackupPurgeRecord.PURGED);
      assertThat(Objects.requireNonNull(record.purged()).objects()).isEqualTo(left);
      assertThat(round.left()).isZero();
      round.restIsThere();
    } finally {
      round.store().away();
    }
  }
}
