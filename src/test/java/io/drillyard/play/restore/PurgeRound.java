package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a round needs: a store, its oldest backup, and everything in it. */
record PurgeRound(PurgeOrders orders, String oldest, Map<String, byte[]> before) {
  private static final HangLimit REMOVING = HangLimit.quietSeconds(15);

  ExternalStore store() {
    return orders.store();
  }

  /** The order in a process of its own. */
  Process order(Path folder) throws IOException {
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

  /**
   * Returns after the list was written, while one object goes after the other.
   *
   * @param percent of what goes that are left then
   */
  void removing(Process order, int percent) throws IOException {
    Path list = store().backups().resolve("backup.info");
    String first = Files.readString(list);
    long end = System.nanoTime() + REMOVING.duration().toNanos();
    int left = goes() * percent / 100;
    while (order.isAlive() && (Files.readString(list).equals(first) || left() > left)) {
      assertThat(System.nanoTime()).as(REMOVING.struck("the removal")).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private static List<Rung> missed(RestoreTest test) {
    return test.ladder().stream()
        .filter(c -> c.verdict() == Verdict.MISSED)
        .map(RestoreRungResult::rung)
        .toList();
  }

  /** What it was not to touch is there; a second purge removes the rest, and nothing else. */
  void isFinishedByAnother() throws IOException {
    int left = left();
    restIsThere();
    if (left > 0) {
      BackupPurgeRecord again = orders.purge(ExitCode.MET, oldest, "--confirm", "shop");
      assertThat(again.result()).isEqualTo(BackupPurgeRecord.PURGED);
      assertThat(Objects.requireNonNull(again.purged()).objects()).isEqualTo(left);
    }
    assertThat(left()).isZero();
    restIsThere();
  }

  /** The newest backup is restored; pgBackRest's verify alone is missed, by what is left. */
  void isRestored(String name) throws IOException {
    Evidence run = store().test(name, orders.reports().resolve(name));
    assertThat(missed(run.plainTests().getFirst()))
        .as(run.toString())
        .isEqualTo(left() > 0 ? List.of(Rung.VERIFY) : List.of());
  }

  /** What it was not to touch is there as it was, but for the list of backups. */
  void restIsThere() throws IOException {
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

  /** How many objects go. */
  int goes() {
    return (int) before.keySet().stream().filter(this::goes).count();
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
