package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drillyard.repository.StoreType;
import io.drillyard.restore.judge.Purged;
import io.drillyard.restore.judge.Rung;
import io.drillyard.restore.launch.RestoreLauncher;
import io.drillyard.restore.report.PurgeRecord;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.scenario.launch.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A purge that is cut off while it removes says so on record, leaves what it was not to touch, and
 * is finished by the next one: whoever cut it off.
 */
@Tag("lab")
class PurgeEndedLabTest {
  /** Percent of what goes that are still there at the moment of ending. */
  private static final int LEAST_LEFT = 30;

  private static final int MOST_LEFT = 95;

  private static final long SEED = Long.getLong("drillyard.seed", System.nanoTime());

  private static final Random MOMENTS = new Random(SEED);

  /** Of the same backups, as if it had been made in each round's own store. */
  private static final String PROOF = "20261121T000000Z-0000";

  private static Path folder = Path.of(".");
  private static Path made = Path.of(".");

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    System.out.println("moments of ending: -Ddrillyard.seed=" + SEED);
    folder = given;
    made = SomebodysStore.make(given, List.of(PlainSource.TWICE));
    Round first = Round.begin("proven");
    first.orders().proves(PROOF);
    first.store().away();
  }

  /** What a round needs: a store, its oldest backup, and everything in it. */
  private record Round(PurgeOrders orders, String oldest, Map<String, byte[]> before) {
    SomebodysStore store() {
      return orders.store();
    }

    static Round begin(String name) throws Exception {
      Path own = Files.createDirectory(folder.resolve(name));
      SomebodysStore store = SomebodysStore.open(StoreType.S3, own, made);
      PurgeOrders orders = new PurgeOrders(store, own.resolve("reports"));
      store.credentials("ours.purge", SomebodysStore.SECRET);
      store.declare(PurgeOrders.DECLARED + "1s\n");
      Path proof = folder.resolve("proven/reports").resolve(PROOF);
      if (Files.exists(proof)) {
        Path copy = orders.reports().resolve(PROOF);
        PlainSource.copy(proof, copy);
        Path record = copy.resolve(RestoreLauncher.RECORD);
        Files.writeString(
            record,
            Files.readString(record)
                .replaceAll(
                    SomebodysStore.ENDPOINT + ":\\d+/",
                    SomebodysStore.ENDPOINT + ":" + store.server().port() + "/"));
      }
      return new Round(orders, store.labels().getFirst(), store.stored());
    }

    /** The order in a process of its own. */
    Process order() throws IOException {
      List<String> argv =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  "target/classes:target/lib/*",
                  "io.drillyard.cli.Main"));
      argv.addAll(orders.words(oldest, "--confirm", "shop"));
      return new ProcessBuilder(argv)
          .redirectErrorStream(true)
          .redirectOutput(Files.createTempFile(folder, "order", ".log").toFile())
          .start();
    }

    /** Returns at some moment after the list was written, while one object goes after the other. */
    void removing() throws IOException {
      Path list = store().backups().resolve("backup.info");
      String first = Files.readString(list);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      int left = of(before) * MOMENTS.nextInt(LEAST_LEFT, MOST_LEFT) / 100;
      while (Files.readString(list).equals(first) || left() > left) {
        assertThat(System.nanoTime()).as("seed " + SEED).isLessThan(end);
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      }
    }

    /** What it was not to touch is there; a second purge removes the rest, and nothing else. */
    void isFinishedByAnother() throws IOException {
      int left = left();
      System.out.printf("cut off with %d objects left of %d%n", left, of(before));
      restIsThere();
      if (left > 0) {
        PurgeRecord again = orders.purge(ExitCode.MET, oldest, "--confirm", "shop");
        assertThat(again.result()).isEqualTo(PurgeRecord.PURGED);
        assertThat(Objects.requireNonNull(again.purged()).objects()).isEqualTo(left);
      }
      assertThat(left()).isZero();
      restIsThere();
    }

    /** The newest backup is restored; pgBackRest's verify alone is missed, by what is left. */
    void isRestored(String name) throws IOException {
      RestoreRun run = store().test(name, orders.reports().resolve(name));
      assertThat(run.plain().getFirst().missed())
          .as(run.toString())
          .isEqualTo(left() > 0 ? List.of(Rung.VERIFY) : List.of());
    }

    private void restIsThere() throws IOException {
      Map<String, byte[]> after = store().stored();
      before.forEach(
          (key, bytes) -> {
            if (!goes(key) && !key.contains("/shop/backup.info")) {
              assertThat(after.get(key)).as(key).isEqualTo(bytes);
            }
          });
    }

    private boolean goes(String key) {
      return key.contains("/backup/shop/" + oldest);
    }

    private int of(Map<String, byte[]> all) {
      return (int) all.keySet().stream().filter(this::goes).count();
    }

    /** Objects of what goes; a folder that vanishes while it is looked at has none. */
    int left() throws IOException {
      int left = 0;
      try (Stream<Path> labels = Files.list(store().backups())) {
        for (Path label : labels.filter(p -> goes(p.toString())).toList()) {
          left += count(label);
        }
      }
      return left;
    }

    private static int count(Path label) {
      try (Stream<Path> files = Files.walk(label)) {
        return (int) files.filter(Files::isRegularFile).count();
      } catch (IOException | UncheckedIOException e) {
        return Files.exists(label) ? count(label) : 0;
      }
    }
  }

  private static void isGone(Process process, List<ProcessHandle> tree) throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("seed " + SEED).isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(tree.stream().filter(ProcessHandle::isAlive))
                    .as("processes left, seed " + SEED)
                    .isEmpty());
  }

  @Test
  void killedItLeavesWhatTheNextOneFinishes() throws Exception {
    Round round = Round.begin("killed");
    try {
      Set<Path> records = round.orders().records();
      Process process = round.order();
      round.removing();
      List<ProcessHandle> tree = process.descendants().toList();
      process.destroyForcibly();
      isGone(process, tree);
      PurgeRecord record = round.orders().recordSince(records);
      assertThat(record.result()).isEqualTo(PurgeRecord.FAILED);
      assertThat(record.failures()).singleElement().asString().contains("not on record");
      assertThat(Objects.requireNonNull(record.plan()).objects())
          .isEqualTo(round.of(round.before()));
      round.isRestored("20261121T000001Z-0000");
      round.isFinishedByAnother();
      round.orders().proves("20261121T000002Z-0000");
    } finally {
      round.store().away();
    }
  }

  @Test
  void askedToEndItFinishesTheBackupItIsAt() throws Exception {
    Round round = Round.begin("asked");
    try {
      Set<Path> records = round.orders().records();
      Process process = round.order();
      round.removing();
      List<ProcessHandle> tree = process.descendants().toList();
      process.destroy();
      isGone(process, tree);
      PurgeRecord record = round.orders().recordSince(records);
      assertThat(record.result()).isEqualTo(PurgeRecord.PURGED);
      PurgeOrders.isExactly(record, round.oldest(), round.before(), round.store().stored());
      assertThat(round.left()).isZero();
    } finally {
      round.store().away();
    }
  }

  @Test
  void whatIsDeniedMeanwhileTheNextOneFinishes() throws Exception {
    Round round = Round.begin("denied");
    try {
      PurgeRecord record =
          failed(
              round,
              () -> {
                round.store().readsOnly();
                return true;
              });
      assertThat(record.failures()).anySatisfy(f -> assertThat(f).contains("denied"));
      Purged purged = Objects.requireNonNull(record.purged());
      assertThat(purged.left()).hasSize(round.left());
      assertThat(purged.objects()).isEqualTo(round.of(round.before()) - round.left());
      assertThat(purged.otherwise()).isEmpty();
      round.store().away();
      round.store().back();
      round.isFinishedByAnother();
    } finally {
      round.store().away();
    }
  }

  @Test
  void aStoreThatGoesAwayMeanwhileLeavesWhatTheNextOneFinishes() throws Exception {
    Round round = Round.begin("away");
    try {
      round.store().limit("15s");
      PurgeRecord record =
          failed(
              round,
              () -> {
                round.store().away();
                return true;
              });
      assertThat(record.purged()).isNull();
      assertThat(record.failures()).anySatisfy(f -> assertThat(f).contains("was not found out"));
      round.store().back();
      round.store().limit("5m");
      round.isFinishedByAnother();
    } finally {
      round.store().away();
    }
  }

  /** As if it was cut off after the manifests had gone, and before the list was written. */
  @Test
  void whatIsListedWithoutItsManifestIsFinished() throws Exception {
    Round round = Round.begin("listed");
    try {
      for (String label : round.store().labels().subList(0, 2)) {
        Path backup = round.store().backups().resolve(label);
        Files.delete(backup.resolve("backup.manifest"));
        Files.delete(backup.resolve("backup.manifest.copy"));
      }
      int left = round.left();
      PurgeRecord record = round.orders().purge(ExitCode.MET, round.oldest(), "--confirm", "shop");
      assertThat(record.result()).isEqualTo(PurgeRecord.PURGED);
      assertThat(Objects.requireNonNull(record.purged()).objects()).isEqualTo(left);
      assertThat(round.left()).isZero();
      round.restIsThere();
    } finally {
      round.store().away();
    }
  }

  /** The record of an order that fails by what is done to the store while it removes. */
  private static PurgeRecord failed(Round round, Callable<Boolean> harm) throws Exception {
    Set<Path> records = round.orders().records();
    Process process = round.order();
    round.removing();
    List<ProcessHandle> tree = process.descendants().toList();
    assertThat(harm.call()).isTrue();
    isGone(process, tree);
    assertThat(process.exitValue()).as("seed " + SEED).isEqualTo(ExitCode.BROKEN);
    PurgeRecord record = round.orders().recordSince(records);
    assertThat(record.result()).isEqualTo(PurgeRecord.FAILED);
    return record;
  }
}
