package io.drillyard.check;

import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.WalSegment;
import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.ArchiverSeen;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.ledger.WalSwitched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What only the lost primary could have archived is nowhere. */
final class ArchiveIsContinuousTest {
  private static final String CHECK = ArchiveIsContinuous.NAME;

  private static Finding judge(Forge forge) {
    return Drills.judge(CHECK, forge, Drills.target());
  }

  private static Forge objects(Consumer<Map<String, String>> change) {
    return Drills.powerOff().listings(0, change);
  }

  private static Forge backups(BackupsSeen.Backup... more) {
    return Drills.powerOff()
        .each(
            BackupsSeen.class,
            b -> {
              List<BackupsSeen.Backup> all = new ArrayList<>(b.backups());
              all.addAll(List.of(more));
              return new BackupsSeen(
                  b.at(), b.repository(), b.stanza(), b.archive(), all, b.problem());
            });
  }

  private static Forge switched(boolean archived, @Nullable String problem) {
    return Drills.powerOff()
        .each(
            WalSwitched.class,
            w ->
                new WalSwitched(
                    w.at(),
                    w.cluster(),
                    w.member(),
                    w.timeline(),
                    w.segment(),
                    w.segmentBytes(),
                    archived,
                    problem));
  }

  @Test
  void aWholeWayFromTheOldestBackupIsMet() {
    assertThat(judge(Drills.powerOff()).verdict()).isEqualTo(MET);
    // Segment 15 of timeline 1; it was left in 16, and timeline 2 was ended in 20.
    assertThat(judge(Drills.powerOff()).summary())
        .isEqualTo(
            "all 6 segments from backup 20261121-000000F to 000000020000000000000014 are archived, on 2 timelines");
  }

  @Test
  void whatWasNeverArchivedIsMissedWithTheInstantsThatAreLost() {
    Finding old = judge(objects(o -> o.remove(Forge.archived(1, 15))));
    assertThat(old.verdict()).isEqualTo(MISSED);
    assertThat(old.summary())
        .contains("1 segments of timeline 1 were never archived, from 00000001000000000000000F on")
        .contains("until a new full backup is taken");
    Finding later =
        judge(
            objects(
                o -> {
                  o.remove(Forge.archived(2, 18));
                  o.remove(Forge.archived(2, 19));
                }));
    assertThat(later.verdict()).isEqualTo(MISSED);
    // Position 18 MiB is reached 20.97 s after the beginning; the last write before was
    // acknowledged then.
    assertThat(later.summary()).contains("no instant after 2026-11-21T00:00:20.9");
    assertThat(later.parts()).containsEntry("segments-missing", new Measured(2, 2, null, "count"));
    assertThat(later.details()).anyMatch(d -> d.contains("000000020000000000000012 to"));
  }

  /** A rebuilt cluster keeps its stanza's name, in a path of its own. */
  @Test
  void theArchiveOfAnIncarnationThatWasGivenUpIsNotItsOwn() {
    for (boolean oldFirst : List.of(true, false)) {
      Forge rebuilt = incarnations(oldFirst);
      assertThat(judge(rebuilt).verdict()).as(judge(rebuilt).summary()).isEqualTo(MET);
    }
    // That it was given up is told by its having been rebuilt alone.
    assertThat(judge(incarnations(false).without(ClusterRebuilt.class)).verdict())
        .isNotEqualTo(MET);
  }

  /** The one before has an older backup, whose way ends long before. */
  private static Forge incarnations(boolean oldFirst) {
    Forge rebuilt = objects(o -> {});
    List<BackupsSeen> later = new ArrayList<>();
    String start = new WalSegment(1, 1).name(Forge.SEGMENT_BYTES);
    rebuilt.each(
        BackupsSeen.class,
        b -> {
          BackupsSeen old =
              new BackupsSeen(
                  b.at(),
                  b.repository(),
                  b.stanza(),
                  "elsewhere/",
                  List.of(new BackupsSeen.Backup("20260101-000000F", "full", start, start)),
                  null,
                  "/old");
          BackupsSeen own = at(b, b.archive(), "/new");
          later.add(oldFirst ? own : old);
          return oldFirst ? old : own;
        });
    later.forEach(rebuilt::add);
    return rebuilt.add(new ClusterRebuilt(new Interval(1, 2), "alpha", 2, "/new", "/old"));
  }

  private static BackupsSeen at(BackupsSeen b, String archive, String path) {
    return new BackupsSeen(
        b.at(), b.repository(), b.stanza(), archive, b.backups(), b.problem(), path);
  }

  @Test
  void aBackupBehindTheGapEndsIt() {
    String start = new WalSegment(2, 20).name(Forge.SEGMENT_BYTES);
    Forge forge = backups(new BackupsSeen.Backup("20261121-000100F", "full", start, start));
    forge.listings(0, o -> o.remove(Forge.archived(2, 18)));
    assertThat(judge(forge).summary()).contains("until the end of backup 20261121-000100F");
  }

  @Test
  void anArchiverThatIsBehindIsNotShownToBeBad() {
    Forge behind = switched(false, null);
    assertThat(judge(behind).verdict()).isEqualTo(UNDETERMINED);
    behind.listings(0, o -> o.remove(Forge.archived(2, 20)));
    assertThat(judge(behind).summary()).contains("had not caught up");
    // What is missing before it is another matter.
    behind.listings(0, o -> o.remove(Forge.archived(1, 15)));
    assertThat(judge(behind).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whatNobodyLookedAtIsUndetermined() {
    assertThat(judge(Drills.powerOff().without(WalSwitched.class)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(judge(switched(false, "pg2: connection refused")).summary())
        .contains("connection refused");
    assertThat(judge(Drills.powerOff().without(BackupsSeen.class)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(judge(Drills.powerOff().without(RepositoryListed.class)).verdict())
        .isEqualTo(UNDETERMINED);
    // A listing of before the order says nothing of after it.
    Forge early = Drills.powerOff().without(RepositoryListed.class);
    assertThat(judge(early.repository(1, "one").repository(HEAL, "one")).verdict())
        .isEqualTo(UNDETERMINED);
    Forge unread =
        Drills.powerOff()
            .each(
                BackupsSeen.class,
                b -> new BackupsSeen(b.at(), b.repository(), b.stanza(), "", List.of(), "sealed"));
    assertThat(judge(unread).summary()).contains("sealed");
    Forge stranger = Drills.powerOff().without(Event.HistorySeen.class);
    assertThat(judge(stranger).summary()).contains("is not known");
  }

  @Test
  void whatALostHostAloneHadIsJudgedBeforeTheHarnessClearsUp() {
    // The plan left the fault in force: the order and the listing of then count.
    Forge forge = Drills.powerOff();
    forge.archiveEnded(HEAL - 200, "pg2", 2).repository(HEAL - 100, "one");
    forge.listings(0, o -> o.remove(Forge.archived(1, 15)));
    forge.without(e -> e instanceof RepositoryListed l && l.at().startNs() > HEAL * Forge.MS);
    forge.repository(45_600, "one", "two");
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void howLongUntilTheNewBranchWasRestorableIsTold() {
    Forge forge = Drills.powerOff();
    forge.add(new ArchiverSeen(Forge.at(20_000, 20_001), "pg2", 1, 0, "00000002.history", null));
    forge.add(
        new ArchiverSeen(Forge.at(21_000, 21_001), "pg2", 2, 0, "000000020000000000000010", null));
    Measured part = Objects.requireNonNull(judge(forge).parts().get("restorable-after-promotion"));
    // Its first commit returned at 17.5 s.
    assertThat(part.upper()).isBetween(3_000.0, 3_600.0);
    assertThat(part.lower()).isLessThanOrEqualTo(part.upper() - 900);
  }

  @Test
  void onlyAFailoverIsJudged() {
    assertThat(Judge.applicable(Drills.powerOff().history())).contains(CHECK);
    assertThat(Judge.applicable(Drills.powerOff().format(6).history())).doesNotContain(CHECK);
    Forge stayed =
        Drills.powerOff()
            .without(
                e ->
                    e instanceof Event.Write
                        || (e instanceof Event.Probed p && p.member().equals("pg2")));
    assertThat(Judge.applicable(stayed.history())).doesNotContain(CHECK);
  }

  /** That segment of timeline 1 is missing, and nobody saw pg1 again after its power was back. */
  private static Forge unseen(int megabyte) {
    return objects(o -> o.remove(Forge.archived(1, megabyte)))
        .without(
            e ->
                e instanceof Event.Probed p
                    && p.member().equals("pg1")
                    && p.at().startNs() >= HEAL * Forge.MS);
  }

  @Test
  void anOldPrimaryThatIsBackAndDoesNotFollowYetMayOnlyBeSlow() {
    Forge slow = unseen(15);
    assertThat(judge(slow).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(slow).summary())
        .contains("pg1, which served timeline 1, may still archive it");
    // Still in recovery on its own timeline it has not been rewound.
    slow.probes(HEAL, Drills.END, "pg1", Event.ProbeResult.READ_ONLY, 1);
    assertThat(judge(slow).verdict()).isEqualTo(UNDETERMINED);
    // Beside it the serving timeline's own gap is certain, and alone counted.
    Forge both = unseen(15).listings(0, o -> o.remove(Forge.archived(2, 18)));
    assertThat(judge(both).verdict()).isEqualTo(MISSED);
    assertThat(judge(both).parts())
        .containsEntry("segments-missing", new Measured(1, 1, null, "count"));
    slow.probes(44_000, Drills.END, "pg1", Event.ProbeResult.READ_ONLY, 2);
    assertThat(judge(slow).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anArchivedSegmentWithoutAByteIsNone() {
    assertThat(judge(objects(o -> o.put(Forge.archived(2, 18), "0 b"))).verdict())
        .isEqualTo(MISSED);
  }
}
