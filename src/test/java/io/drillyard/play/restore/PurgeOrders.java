package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.BackupPurgeOutcome;
import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.cli.Main;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.purge.BackupPurgeJson;
import io.drillyard.evidence.purge.BackupPurgeRecord;
import io.drillyard.launch.BackupPurgeLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders restore tests and purges of somebody's repository, and reads what is on record of them.
 *
 * @param reports folder of all their reports
 */
record PurgeOrders(ExternalStore store, Path reports) {
  /** What the repository's declaration needs for a purge. */
  static final String DECLARED = "purge_credentials: ours.purge\nretention: ";

  private static final String REASON = "the shop's second year is over";

  /** The words of an order on the command line. */
  List<String> words(String label, String... more) {
    List<String> words = new ArrayList<>(List.of("purge", "ours", "--set", label));
    words.addAll(List.of("--reason", REASON));
    words.addAll(List.of("--environments", store.environments().toString()));
    words.addAll(List.of("--reports", reports.toString()));
    words.addAll(List.of(more));
    return words;
  }

  /** Orders it, and reads the record. */
  BackupPurgeRecord purge(int status, String label, String... more) throws IOException {
    Set<Path> before = records();
    int exit = Main.commandLine().execute(words(label, more).toArray(String[]::new));
    BackupPurgeRecord record = recordSince(before);
    assertThat(exit).as(record.toString()).isEqualTo(status);
    assertThat(record.reason()).isEqualTo(REASON);
    assertThat(record.who().user()).isEqualTo(System.getProperty("user.name"));
    return record;
  }

  /** The one record that was not there before. */
  BackupPurgeRecord recordSince(Set<Path> before) throws IOException {
    Set<Path> after = records();
    after.removeAll(before);
    assertThat(after).hasSize(1);
    return BackupPurgeJson.read(after.iterator().next(), BackupPurgeRecord.class);
  }

  /** Every record of a purge. */
  Set<Path> records() throws IOException {
    if (!Files.exists(reports)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.walk(reports)) {
      return files
          .filter(f -> f.endsWith(BackupPurgeLauncher.RECORD))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** A restore test proves the newest backup. */
  void proves(String name) {
    Evidence run = store.test(name, reports.resolve(name));
    assertThat(run.verdict()).as(run.toString()).isEqualTo(Verdict.MET);
  }

  /**
   * What was planned is gone to the last object, and besides only the list of backups is other.
   *
   * @param full that everything that went belongs to
   */
  static void isExactly(
      BackupPurgeRecord record,
      String full,
      Map<String, byte[]> before,
      Map<String, byte[]> after) {
    BackupPurgePlan plan = Objects.requireNonNull(record.plan());
    BackupPurgeOutcome purged = Objects.requireNonNull(record.purged());
    List<String> gone = before.keySet().stream().filter(k -> !after.containsKey(k)).toList();
    assertThat(purged.exactly()).as(purged.toString()).isTrue();
    assertThat(gone)
        .hasSize((int) purged.objects())
        .hasSize((int) plan.objects())
        .allMatch(k -> k.contains("/backup/shop/" + full));
    long bytes =
        before.entrySet().stream()
            .filter(e -> gone.contains(e.getKey()))
            .mapToLong(e -> e.getValue().length)
            .sum();
    assertThat(bytes).isEqualTo(plan.bytes()).isEqualTo(purged.bytes());
    assertThat(before.keySet()).containsAll(after.keySet());
    assertThat(after.keySet().stream().filter(k -> !Arrays.equals(after.get(k), before.get(k))))
        .allMatch(k -> k.endsWith("/shop/backup.info") || k.endsWith("/shop/backup.info.copy"))
        .hasSize(2);
  }
}
