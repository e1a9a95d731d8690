package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.BackupInfo.Backup;
import io.drillyard.backup.DatabaseIdentity;
import io.drillyard.check.backup.BackupPurgePlan.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Nothing goes that is proven last, needed, young, or not understood; what depends goes along. */
class BackupPurgePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration KEPT = Duration.ofDays(3);
  private static final String F1 = "20261101-010000F";
  private static final String I1 = "20261101-010000F_20261102-010000I";
  private static final String F2 = "20261108-010000F";
  private static final String D2 = "20261108-010000F_20261109-010000D";
  private static final String I2 = "20261108-010000F_20261110-010000I";
  private static final String F3 = "20261120-010000F";

  private final Map<String, Long> objects = new TreeMap<>();
  private final List<Backup> backups = new ArrayList<>();

  BackupPurgePlanTest() {
    add(F1, "full", 20, 1);
    add(I1, "incr", 19, 1, F1);
    add(F2, "full", 13, 1);
    add(D2, "diff", 12, 1, F2);
    add(I2, "incr", 11, 1, F2, D2);
    add(F3, "full", 1, 1);
    objects.put("backup.info", 9L);
    objects.put("backup.history/2026/" + F1 + ".manifest.gz", 9L);
  }

  private void add(String label, String type, int daysAgo, int database, String... references) {
    Instant stop = NOW.minus(Duration.ofDays(daysAgo));
    backups.add(backup(label, type, stop, database, List.of(references)));
    objects.put(label + "/backup.manifest", 10L);
    objects.put(label + "/pg_data/base/1.gz", 100L);
  }

  private static Backup backup(
      String label, String type, Instant stop, int database, List<String> references) {
    String wal = "000000010000000000000002";
    return new Backup(
        label,
        type,
        database,
        references,
        stop.minusSeconds(60),
        stop,
        "0/2",
        "0/3",
        wal,
        wal,
        false,
        1);
  }

  private BackupInfo info() {
    return new BackupInfo(new DatabaseIdentity(1, "7", "17"), List.copyOf(backups));
  }

  private static Wanted wanted(List<String> labels, String... proven) {
    return new Wanted(labels, null, KEPT, List.of(proven), List.of());
  }

  private BackupPurgePlan plan(Wanted wanted) {
    return BackupPurgePlan.of(wanted, info(), objects, NOW);
  }

  private void refused(Wanted wanted, String... words) {
    assertThat(plan(wanted).refusals()).anySatisfy(r -> assertThat(r).contains(words));
  }

  private static List<String> labels(BackupPurgePlan plan) {
    return plan.goes().stream().map(BackupPurgePlan.Going::label).toList();
  }

  @Test
  void whatDependsOnItGoesAlong() {
    BackupPurgePlan plan = plan(wanted(List.of(F1, I1), F3));
    assertThat(plan.refusals()).isEmpty();
    assertThat(labels(plan)).containsExactly(F1, I1);
    assertThat(plan.roots()).containsExactly(F1);
    assertThat(plan.objects()).isEqualTo(4);
    assertThat(plan.bytes()).isEqualTo(220);
    BackupPurgePlan both = plan(wanted(List.of(F1, D2), F3));
    assertThat(labels(both)).containsExactly(F1, I1, D2, I2);
    assertThat(both.goes())
        .extracting(BackupPurgePlan.Going::asked)
        .containsExactly(true, false, true, false);
    assertThat(both.roots()).containsExactly(D2, F1);
    assertThat(labels(plan(wanted(List.of(I2), F3)))).containsExactly(I2);
  }

  @Test
  void theNewestProvenBackupStaysWithAllThatItNeeds() {
    refused(wanted(List.of(F1), F1), F1, "is the newest backup that was proved");
    refused(wanted(List.of(D2), F1, I2), D2, "is needed by " + I2);
    refused(wanted(List.of(F2), F1, I2), I2, "is the newest backup");
    assertThat(plan(wanted(List.of(F1), F1, I2)).refusals()).isEmpty();
  }

  @Test
  void withoutAProofNothingGoes() {
    refused(wanted(List.of(F1)), "prove one first");
    refused(wanted(List.of(F1), "20250101-000000F"), "prove one first");
  }

  @Test
  void nothingYoungerThanTheRetentionGoes() {
    refused(wanted(List.of(F3), I2), F3, "retention of 3d", "2026-11-23T12:00:00Z");
    Wanted longer = new Wanted(List.of(F1), null, Duration.ofDays(20), List.of(F3), List.of());
    assertThat(plan(longer).refusals())
        .hasSize(2)
        .anySatisfy(r -> assertThat(r).contains(I1, "2026-11-22"));
    Wanted exact = new Wanted(List.of(I2), null, Duration.ofDays(11), List.of(F3), List.of());
    assertThat(plan(exact).refusals()).isEmpty();
  }

  /** F1 and I1 are old enough; yet 19 days ago is restored from nothing else. */
  @Test
  void whatTheRetentionReachesBackToStays() {
    Wanted needed = new Wanted(List.of(F1), null, Duration.ofDays(19), List.of(F3), List.of());
    assertThat(plan(needed).refusals())
        .singleElement()
        .asString()
        .contains(I1, "first instants of the retention of 19d");
    Wanted another = new Wanted(List.of(F1), null, Duration.ofDays(13), List.of(F3), List.of());
    assertThat(plan(another).refusals()).isEmpty();
  }

  @Test
  void theLastFullBackupStays() {
    refused(wanted(List.of(F1, F2, F3), F3), F3, "last full backup of the stanza.");
    backups.clear();
    add("20261030-010000F", "full", 22, 0);
    add(F1, "full", 20, 1);
    refused(wanted(List.of(F1), "20261030-010000F"), F1, "present database");
  }

  @Test
  void anUnknownLabelRefusesTheWholeOrder() {
    BackupPurgePlan plan = plan(wanted(List.of(F1, "20200101-000000F"), F3));
    assertThat(plan.refusals()).hasSize(1);
    assertThat(plan.refusals().getFirst()).contains("No backup is called 20200101-000000F", F2);
  }

  @Test
  void whatPgbackrestWouldTidyUpIsNoneOfIt() {
    objects.put("20261121-110000F/backup.manifest.copy", 1L);
    refused(wanted(List.of(F1), F3), "20261121-110000F", "under way");
    objects.remove("20261121-110000F/backup.manifest.copy");
    objects.remove(D2 + "/backup.manifest");
    refused(wanted(List.of(F1), F3), D2, "no manifest");
    assertThat(plan(wanted(List.of(D2), F3)).refusals()).isEmpty();
  }

  /** Off the list, the manifests gone first: so pgBackRest leaves what it was cut off from. */
  private Wanted afterAnUnfinishedPurge(String... labels) {
    backups.removeIf(b -> b.label().equals(F1) || b.label().equals(I1));
    objects.remove(F1 + "/backup.manifest");
    objects.remove(I1 + "/backup.manifest");
    return new Wanted(List.of(labels), null, KEPT, List.of(F3), List.of(F1, I1, F2));
  }

  @Test
  void whatAnUnfinishedPurgeLeftIsFinished() {
    BackupPurgePlan plan = plan(afterAnUnfinishedPurge(F1));
    assertThat(plan.refusals()).isEmpty();
    assertThat(labels(plan)).containsExactly(F1, I1);
    assertThat(plan.goes()).allMatch(BackupPurgePlan.Going::leftOver);
    assertThat(plan.roots()).isEmpty();
    assertThat(plan.objects()).isEqualTo(2);
    assertThat(plan.bytes()).isEqualTo(200);
    BackupPurgePlan more = plan(afterAnUnfinishedPurge(F1, F2));
    assertThat(labels(more)).containsExactly(F1, I1, F2, D2, I2);
    assertThat(more.roots()).containsExactly(F2);
    refused(afterAnUnfinishedPurge(F2), F1, "ask for it, too");
  }

  /** A restore test is missed by what is left; so nothing is proven until it is gone. */
  @Test
  void whatAnUnfinishedPurgeLeftGoesWithoutAProof() {
    List<String> unfinished = List.of(F1, I1);
    objects.remove(F1 + "/backup.manifest");
    objects.remove(I1 + "/backup.manifest");
    Wanted listed = new Wanted(List.of(F1), null, KEPT, List.of(), unfinished);
    assertThat(plan(listed).refusals()).isEmpty();
    refused(new Wanted(List.of(F1), null, KEPT, List.of(), List.of()), "prove one first");
    refused(new Wanted(List.of(F1, I2), null, KEPT, List.of(), unfinished), "prove one first");
    // From a copy of its manifest it could be restored, and what was proved is never left over.
    objects.put(F1 + "/backup.manifest.copy", 1L);
    refused(listed, "prove one first");
    objects.remove(F1 + "/backup.manifest.copy");
    refused(
        new Wanted(List.of(F1), null, KEPT, List.of(F1), unfinished), "the newest backup that was");
    backups.removeIf(b -> unfinished.contains(b.label()));
    assertThat(plan(listed).refusals()).isEmpty();
    refused(new Wanted(List.of(F1, I2), null, KEPT, List.of(), unfinished), "prove one first");
  }

  @Test
  void whatNoPurgeOfOursLeftIsNotTouched() {
    afterAnUnfinishedPurge();
    refused(wanted(List.of(F1), F3), "No backup is called " + F1);
    refused(wanted(List.of(F2), F3), F1, "left unfinished");
    objects.put(I1 + "/backup.manifest.copy", 1L);
    refused(afterAnUnfinishedPurge(F1), I1, "under way");
  }

  /** It was cut off between the manifest and the list. */
  @Test
  void aListedBackupWithoutItsManifestIsNotNamedToPgbackrest() {
    objects.remove(I1 + "/backup.manifest");
    assertThat(plan(wanted(List.of(F1), F3)).roots()).containsExactly(F1);
    objects.remove(F1 + "/backup.manifest");
    BackupPurgePlan plan = plan(wanted(List.of(F1), F3));
    assertThat(plan.refusals()).isEmpty();
    assertThat(labels(plan)).containsExactly(F1, I1);
    assertThat(plan.roots()).isEmpty();
  }

  @Test
  void byAgeNothingYoungerIsTakenAlong() {
    Wanted old = new Wanted(List.of(), Duration.ofDays(12), KEPT, List.of(F3), List.of());
    assertThat(plan(old).asked()).containsExactly(F1, I1);
    assertThat(plan(old).refusals()).isEmpty();
    Wanted older = new Wanted(List.of(), Duration.ofDays(11), KEPT, List.of(F3), List.of());
    assertThat(labels(plan(older))).containsExactly(F1, I1, F2, D2, I2);
    refused(
        new Wanted(List.of(), Duration.ofDays(30), KEPT, List.of(F3), List.of()), "older than 30d");
  }

  @Test
  void anUnsoundListRefuses() {
    BackupPurgePlan plan =
        BackupPurgePlan.unsound(wanted(List.of(F1), F3), List.of("backup.info is missing"));
    assertThat(plan.refusals()).containsExactly("backup.info is missing");
    assertThat(plan.goes()).isEmpty();
  }

  @Test
  void theDigestIsOfWhatGoes() {
    String digest = plan(wanted(List.of(F1), F3)).digest();
    assertThat(plan(wanted(List.of(F1, I1), F3)).digest()).isEqualTo(digest);
    assertThat(plan(wanted(List.of(F2), F3)).digest()).isNotEqualTo(digest);
    objects.put(F1 + "/pg_data/base/2.gz", 0L);
    assertThat(plan(wanted(List.of(F1), F3)).digest()).isNotEqualTo(digest);
    String more = plan(wanted(List.of(F1), F3)).digest();
    objects.put(F3 + "/pg_data/base/2.gz", 0L);
    assertThat(plan(wanted(List.of(F1), F3)).digest()).isEqualTo(more);
  }

  /** Backups of any kind on top of any earlier ones, any of them proven, any of them asked for. */
  @Property(tries = 500)
  void whateverIsAskedForAProofWithAllItNeedsIsLeft(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    backups.clear();
    objects.clear();
    Set<String> proven = new HashSet<>();
    List<String> asked = new ArrayList<>();
    int count = random.nextInt(1, 9);
    for (int i = 0; i < count; i++) {
      String own = "202611%02d-000000".formatted(i + 1);
      List<String> needs = new ArrayList<>();
      if (i > 0 && random.nextInt(3) > 0) {
        Backup parent = backups.get(random.nextInt(i));
        needs.addAll(parent.references());
        needs.add(parent.label());
      }
      String label = needs.isEmpty() ? own + "F" : needs.getFirst() + "_" + own + "I";
      add(label, needs.isEmpty() ? "full" : "incr", 10 - i, 1, needs.toArray(String[]::new));
      if (random.nextBoolean()) {
        proven.add(label);
      }
      if (random.nextInt(3) == 0) {
        asked.add(label);
      }
    }
    BackupPurgePlan plan = plan(new Wanted(asked, null, KEPT, proven, List.of()));
    if (!plan.refusals().isEmpty()) {
      return;
    }
    Set<String> gone = new HashSet<>(labels(plan));
    assertThat(gone).containsAll(asked);
    List<Backup> left = backups.stream().filter(b -> !gone.contains(b.label())).toList();
    Set<String> leftLabels = left.stream().map(Backup::label).collect(Collectors.toSet());
    assertThat(left).allSatisfy(b -> assertThat(leftLabels).containsAll(b.references()));
    Backup newest =
        backups.stream().filter(b -> proven.contains(b.label())).reduce((a, b) -> b).orElseThrow();
    assertThat(left).contains(newest);
    assertThat(left).anySatisfy(b -> assertThat(b.type()).isEqualTo("full"));
    assertThat(plan.goes())
        .allSatisfy(g -> assertThat(Instant.parse(g.stopped()).plus(KEPT)).isBeforeOrEqualTo(NOW));
    assertThat(asked).containsAll(plan.roots());
  }
}
