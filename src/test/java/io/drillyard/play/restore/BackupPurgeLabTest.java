package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.launch.BackupPurgeLauncher;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.RestoreRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of an external repository goes what was asked for and confirmed, to the last object and no
 * further; the proven backup, a young one and one that nobody confirmed stay byte for byte.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupPurgeLabTest {
  private static Path reports = Path.of(".");
  private static @Nullable ExternalStore opened;

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    reports = given.resolve("reports");
    ExternalStore store = ExternalStore.open(given, List.of(PlainSource.TWICE));
    opened = store;
    store.credentials("ours.purge", ExternalStore.SECRET);
    store.declare(PurgeOrders.DECLARED + "14d\n");
  }

  @AfterAll
  static void away() throws InterruptedException {
    ExternalStore store = opened;
    if (store != null) {
      store.away();
    }
  }

  private static ExternalStore store() {
    return Objects.requireNonNull(opened);
  }

  private static List<String> labels() throws IOException {
    return store().labels();
  }

  private static PurgeOrders orders() {
    return new PurgeOrders(store(), reports);
  }

  private static BackupPurgeRecord purge(int status, String label, String... more)
      throws IOException {
    return orders().purge(status, label, more);
  }

  private static void proves(String name) {
    orders().proves(name);
  }

  @Test
  @Order(1)
  void whatIsProvenOrYoungStays() throws IOException {
    proves("20261121T000000Z-0000");
    List<String> labels = labels();
    assertThat(labels).hasSize(3);
    Map<String, byte[]> before = store().stored();
    BackupPurgeRecord proven = purge(ExitCode.USAGE, labels.getLast(), "--confirm", "shop");
    assertThat(proven.result()).isEqualTo(BackupPurgeRecord.REFUSED);
    assertThat(proven.proven()).containsExactly(labels.getLast());
    assertThat(proven.refusals())
        .anySatisfy(r -> assertThat(r).contains("is the newest backup that was proved"));
    BackupPurgeRecord young = purge(ExitCode.USAGE, labels.getFirst(), "--confirm", "shop");
    assertThat(young.result()).isEqualTo(BackupPurgeRecord.REFUSED);
    assertThat(young.refusals())
        .hasSize(2)
        .allSatisfy(r -> assertThat(r).contains("by the retention of 14d"));
    store().isStill(before);
  }

  @Test
  @Order(2)
  void whatNobodyConfirmsStays() throws IOException {
    store().declare(PurgeOrders.DECLARED + "1s\n");
    Map<String, byte[]> before = store().stored();
    String oldest = labels().getFirst();
    BackupPurgeRecord wrong = purge(ExitCode.USAGE, oldest, "--confirm", "ours", "--json");
    assertThat(wrong.result()).isEqualTo(BackupPurgeRecord.NOT_CONFIRMED);
    assertThat(Objects.requireNonNull(wrong.plan()).refusals()).isEmpty();
    store().isStill(before);
  }

  @Test
  @Order(3)
  void whatChangedSinceItWasConfirmedStays() throws IOException {
    String oldest = labels().getFirst();
    Path late = store().backups().resolve(oldest).resolve("late");
    BackupPurgeRecord record =
        new BackupPurgeLauncher(LabLauncher.here(store().environments()))
            .run(
                RestorePolicyFile.load(store().environments(), "ours").orThrow(),
                new BackupPurgeLauncher.Order("changed", List.of(oldest), null, "r"),
                () -> RestoreRecords.in(reports),
                plan -> isWritten(late),
                reports.resolve("changed"));
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.REFUSED);
    assertThat(record.refusals()).singleElement().asString().contains("what was confirmed");
    assertThat(labels()).hasSize(3);
    Files.delete(late);
  }

  private static boolean isWritten(Path file) {
    try {
      return Files.exists(Files.writeString(file, "late"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(4)
  void onlyWhatWasConfirmedGoes() throws IOException {
    List<String> labels = labels();
    Map<String, byte[]> before = store().stored();
    // Whoever restores has other credentials than whoever purges.
    store().credentials("ours.credentials", "another");
    BackupPurgeRecord record = purge(ExitCode.MET, labels.getFirst(), "--confirm", "shop");
    store().credentials("ours.credentials", ExternalStore.SECRET);
    assertThat(record.result()).isEqualTo(BackupPurgeRecord.PURGED);
    BackupPurgePlan plan = Objects.requireNonNull(record.plan());
    assertThat(plan.goes())
        .extracting(BackupPurgePlan.Going::label)
        .containsExactlyElementsOf(labels.subList(0, 2));
    assertThat(plan.roots()).containsExactly(labels.getFirst());
    assertThat(record.said()).anySatisfy(l -> assertThat(l).contains("expire adhoc backup"));

    PurgeOrders.isExactly(record, labels.getFirst(), before, store().stored());
    assertThat(labels()).containsExactly(labels.getLast());
    ExternalStore.isSecretIn(reports);
  }

  @Test
  @Order(5)
  void theProvenBackupIsAsGoodAsBefore() {
    proves("20261121T000001Z-0000");
  }
}
