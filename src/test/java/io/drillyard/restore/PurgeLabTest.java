package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.cli.Main;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.restore.judge.PurgePlan;
import io.drillyard.restore.judge.Purged;
import io.drillyard.restore.launch.PurgeLauncher;
import io.drillyard.restore.launch.RestoreRecords;
import io.drillyard.restore.report.PurgeRecord;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.target.RestorePolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * Of somebody else's repository goes what was asked for and confirmed, to the last object and no
 * further; the proven backup, a young one and one that nobody confirmed stay byte for byte.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PurgeLabTest {
  private static final String PURGE = "purge_credentials: ours.purge\n";

  private static Path reports = Path.of(".");
  private static @Nullable SomebodysStore opened;

  @BeforeAll
  static void somebodysRepository(@TempDir Path given) throws Exception {
    reports = given.resolve("reports");
    SomebodysStore store = SomebodysStore.open(given, List.of(PlainSource.TWICE));
    opened = store;
    store.credentials("ours.purge", SomebodysStore.SECRET);
    store.declare(PURGE + "retention: 14d\n");
  }

  @AfterAll
  static void away() throws InterruptedException {
    SomebodysStore store = opened;
    if (store != null) {
      store.away();
    }
  }

  private static SomebodysStore store() {
    return Objects.requireNonNull(opened);
  }

  private static List<String> labels() throws IOException {
    try (Stream<Path> folders = Files.list(store().backups())) {
      return folders
          .map(f -> f.getFileName().toString())
          .filter(PurgePlan::isLabel)
          .sorted()
          .toList();
    }
  }

  /** Orders it on the command line, and reads what is on record. */
  private static PurgeRecord purge(int status, String label, String... more) throws IOException {
    Set<Path> before = records();
    List<String> words = new ArrayList<>(List.of("purge", "ours", "--set", label));
    words.addAll(List.of("--reason", "the shop's second year is over"));
    words.addAll(List.of("--environments", store().environments().toString()));
    words.addAll(List.of("--reports", reports.toString()));
    words.addAll(List.of(more));
    int exit = Main.commandLine().execute(words.toArray(String[]::new));
    Set<Path> after = records();
    after.removeAll(before);
    assertThat(after).hasSize(1);
    PurgeRecord record = RestoreJson.read(after.iterator().next(), PurgeRecord.class);
    assertThat(exit).as(record.toString()).isEqualTo(status);
    assertThat(record.reason()).isEqualTo("the shop's second year is over");
    assertThat(record.who().user()).isEqualTo(System.getProperty("user.name"));
    return record;
  }

  private static Set<Path> records() throws IOException {
    try (Stream<Path> files = Files.walk(reports)) {
      return files
          .filter(f -> f.endsWith(PurgeLauncher.RECORD))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void proves(String name) {
    RestoreRun run = store().test(name, reports.resolve(name));
    assertThat(run.verdict()).as(run.toString()).isEqualTo(Verdict.MET);
  }

  @Test
  @Order(1)
  void whatIsProvenOrYoungStays() throws IOException {
    proves("20261121T000000Z-0000");
    List<String> labels = labels();
    assertThat(labels).hasSize(3);
    Map<String, byte[]> before = store().stored();
    PurgeRecord proven = purge(ExitCode.USAGE, labels.getLast(), "--confirm", "shop");
    assertThat(proven.result()).isEqualTo(PurgeRecord.REFUSED);
    assertThat(proven.proven()).containsExactly(labels.getLast());
    assertThat(proven.refusals())
        .anySatisfy(r -> assertThat(r).contains("is the newest backup that was proved"));
    PurgeRecord young = purge(ExitCode.USAGE, labels.getFirst(), "--confirm", "shop");
    assertThat(young.result()).isEqualTo(PurgeRecord.REFUSED);
    assertThat(young.refusals())
        .hasSize(2)
        .allSatisfy(r -> assertThat(r).contains("by the retention of 14d"));
    store().isStill(before);
  }

  @Test
  @Order(2)
  void whatNobodyConfirmsStays() throws IOException {
    store().declare(PURGE + "retention: 1s\n");
    Map<String, byte[]> before = store().stored();
    String oldest = labels().getFirst();
    PurgeRecord wrong = purge(ExitCode.USAGE, oldest, "--confirm", "ours", "--json");
    assertThat(wrong.result()).isEqualTo(PurgeRecord.NOT_CONFIRMED);
    assertThat(Objects.requireNonNull(wrong.plan()).refusals()).isEmpty();
    store().isStill(before);
  }

  @Test
  @Order(3)
  void whatChangedSinceItWasConfirmedStays() throws IOException {
    String oldest = labels().getFirst();
    Path late = store().backups().resolve(oldest).resolve("late");
    PurgeRecord record =
        new PurgeLauncher(LabLauncher.here(store().environments()))
            .run(
                RestorePolicyFile.load(store().environments(), "ours").orThrow(),
                new PurgeLauncher.Order("changed", List.of(oldest), null, "r"),
                () -> RestoreRecords.in(reports),
                plan -> isWritten(late),
                reports.resolve("changed"));
    assertThat(record.result()).isEqualTo(PurgeRecord.REFUSED);
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
    PurgeRecord record = purge(ExitCode.MET, labels.getFirst(), "--confirm", "shop");
    store().credentials("ours.credentials", SomebodysStore.SECRET);
    assertThat(record.result()).isEqualTo(PurgeRecord.PURGED);
    PurgePlan plan = Objects.requireNonNull(record.plan());
    assertThat(plan.goes())
        .extracting(PurgePlan.Going::label)
        .containsExactlyElementsOf(labels.subList(0, 2));
    assertThat(plan.roots()).containsExactly(labels.getFirst());
    assertThat(record.said()).anySatisfy(l -> assertThat(l).contains("expire adhoc backup"));

    Map<String, byte[]> after = store().stored();
    List<String> gone = before.keySet().stream().filter(k -> !after.containsKey(k)).toList();
    Purged purged = Objects.requireNonNull(record.purged());
    assertThat(purged.exactly()).isTrue();
    assertThat(gone)
        .hasSize((int) purged.objects())
        .hasSize((int) plan.objects())
        .allMatch(k -> k.contains("/backup/shop/" + labels.getFirst()));
    long bytes =
        before.entrySet().stream()
            .filter(e -> gone.contains(e.getKey()))
            .mapToLong(e -> e.getValue().length)
            .sum();
    assertThat(bytes).isEqualTo(plan.bytes()).isEqualTo(purged.bytes());
    assertThat(before.keySet()).containsAll(after.keySet());
    assertThat(
            after.keySet().stream()
                .filter(k -> !java.util.Arrays.equals(after.get(k), before.get(k))))
        .allMatch(k -> k.endsWith("/shop/backup.info") || k.endsWith("/shop/backup.info.copy"))
        .hasSize(2);
    assertThat(labels()).containsExactly(labels.getLast());
    SomebodysStore.isSecretIn(reports);
  }

  @Test
  @Order(5)
  void theProvenBackupIsAsGoodAsBefore() {
    proves("20261121T000001Z-0000");
  }
}
