package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.launch.ExitCode;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.StoreType;
import io.drillyard.repository.TemporaryCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From every other kind of store, too, an external repository is proven through the relay, and of
 * it goes what was asked for and no more; nothing goes with credentials that may only read. MinIO
 * is proven with keys that it lent for a while.
 */
@Tag("lab")
class EveryPurgeLabTest {
  private static Path folder = Path.of(".");
  private static Path made = Path.of(".");

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    folder = given;
    made = ExternalStore.make(given, List.of(PlainSource.TWICE, PlainSource.BUNDLED));
  }

  @ParameterizedTest
  @EnumSource(names = "S3", mode = EnumSource.Mode.EXCLUDE)
  void itIsProvenAndOfItGoesWhatWasAskedFor(StoreType type) throws Exception {
    Path own = Files.createDirectory(folder.resolve(type.word()));
    ExternalStore store = ExternalStore.open(type, own, made);
    try {
      PurgeOrders orders = new PurgeOrders(store, own.resolve("reports"));
      store.credentials("ours.purge", store.server().owner());
      store.declare(PurgeOrders.DECLARED + "1s\n");
      List<String> labels = store.labels();
      assertThat(labels).hasSize(3);
      Map<String, byte[]> before = store.stored();
      if (type == StoreType.MINIO) {
        Credentials reads = store.server().readsOnly();
        store.credentials(
            "ours.credentials",
            TemporaryCredentials.of(store.server().location(), (Credentials.Keys) reads));
      }
      orders.proves("20261121T000000Z-0000");
      store.isStill(before);
      if (type != StoreType.GCS) {
        nothingGoesByReading(orders, labels.getFirst(), before);
      }
      BackupPurgeRecord record = orders.purge(ExitCode.MET, labels.getFirst(), "--confirm", "shop");
      assertThat(record.result()).isEqualTo(BackupPurgeRecord.PURGED);
      assertThat(Objects.requireNonNull(record.plan()).goes())
          .extracting(BackupPurgePlan.Going::label)
          .containsExactlyElementsOf(labels.subList(0, 2));
      PurgeOrders.isExactly(record, labels.getFirst(), before, store.stored());
      assertThat(store.labels()).containsExactly(labels.getLast());
      ExternalStore.isSecretIn(orders.reports());
    } finally {
      store.away();
    }
  }

  private static void nothingGoesByReading(
      PurgeOrders orders, String label, Map<String, byte[]> before)
      throws IOException, InterruptedException {
    ExternalStore store = orders.store();
    store.credentials("ours.purge", store.server().readsOnly());
    BackupPurgeRecord denied = orders.purge(ExitCode.BROKEN, label, "--confirm", "shop");
    assertThat(denied.result()).isEqualTo(BackupPurgeRecord.FAILED);
    assertThat(denied.failures()).anySatisfy(f -> assertThat(f).contains("denied"));
    assertThat(Objects.requireNonNull(denied.purged()).objects()).isZero();
    store.isStill(before);
    store.credentials("ours.purge", store.server().owner());
  }
}
