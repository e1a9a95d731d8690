package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Span;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a read-back proves nothing, in the words in which it is said. */
final class SurvivingRowsTest {
  private static SurvivingRows of(Forge forge) {
    return forge.history().survivors(Drills.target());
  }

  private static @Nullable String problem(Forge forge) {
    return of(forge).problem();
  }

  private static Forge readFrom(String member, int timeline) {
    return Drills.lostPrimary().survivors(46_000, 46_100, member, timeline, ALL_ACKS);
  }

  @Test
  void aReadBackFromTheLeaderAfterTheHealIsRelied() {
    SurvivingRows survivors = of(Drills.powerOff());
    assertThat(survivors.problem()).isNull();
    assertThat(survivors.oddities()).isEmpty();
    assertThat(problem(Drills.lostPrimary())).isEqualTo("the surviving rows were not read back");
  }

  @Test
  void onlyTheLastReadBackForThatPurposeCounts() {
    Forge forge = Drills.lostPrimary().survivors(45_500, 45_600, "pg1", 2, ALL_ACKS);
    assertThat(problem(forge)).isNotNull();
    forge.survivors(46_000, 46_100, "pg2", 2, ALL_ACKS);
    forge.add(new Event.RowsRead(Forge.at(46_500, 46_600), "diverged", "pg1", 1, 0, List.of()));
    assertThat(problem(forge)).isNull();
  }

  @Test
  void itsPlaceMustBeTheSurvivingCluster() {
    Forge elsewhere = Drills.lostPrimary().topology(0, "beta", "b", "pg9", "pg9");
    assertThat(problem(elsewhere.survivors(46_000, 46_100, "pg9", 2, ALL_ACKS)))
        .isEqualTo("the surviving rows were read from pg9, which is not in cluster alpha");
  }

  @Test
  void itsTimeMustBeAfterTheLastHeal() {
    assertThat(problem(Drills.powerOff().without(Event.Healed.class)))
        .isEqualTo("the surviving rows were read while a fault was unhealed, or without any fault");
    assertThat(problem(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("the surviving rows were read while a fault was unhealed, or without any fault");
    assertThat(problem(healedUntil(46_000))).isNull();
    assertThat(problem(healedUntil(46_000.001)))
        .isEqualTo("the surviving rows were read before the last heal");
  }

  private static Forge healedUntil(double ms) {
    return Drills.powerOff().without(Event.Healed.class).healed(Drills.HEAL, ms, "loss");
  }

  @Test
  void itsTimelineMustBeTheNewest() {
    assertThat(problem(readFrom("pg2", 1)))
        .isEqualTo("the surviving rows were read on timeline 1 although pg2 served timeline 2");
    assertThat(problem(readFrom("pg1", 2)))
        .isEqualTo(
            "the surviving rows were read from pg1 on timeline 2, on which it accepted no commit");
    Forge other = Drills.powerOff().topology(0, "beta", "b", "old1", "old1");
    other.probes(19_000, 19_001, "old1", Event.ProbeResult.COMMITTED, 9);
    assertThat(problem(other)).isNull();
  }

  private static Forge byHand() {
    return Drills.byHand();
  }

  /** Only what the surviving branch holds. */
  private static Forge read(Forge forge) {
    return forge.survivors(46_000, 46_100, "pg1", 1, w -> w.acknowledged() && w.timeline() == 1);
  }

  @Test
  void aNewerTimelineThatWasGivenUpIsNoSurvivor() {
    SurvivingRows survivors = of(read(byHand()));
    assertThat(survivors.problem()).isNull();
    assertThat(survivors.oddities()).isEmpty();
    assertThat(of(byHand().survivors(46_000, 46_100, "pg1", 1, ALL_ACKS)).oddities())
        .containsExactly("95 rows were read back that were written beyond the fork");
  }

  @Test
  void aNewerTimelineThatMayHaveGoneOnIsTheSurvivor() {
    String newer = "the surviving rows were read on timeline 1 although pg2 served timeline 2";
    assertThat(problem(read(unseen(13_000)))).isEqualTo(newer);
    // Seen to stand still on its own timeline, or to follow only after the read-back.
    Forge own = unseen(13_000).probes(13_000, Drills.END, "pg2", Event.ProbeResult.READ_ONLY, 2);
    assertThat(problem(read(own))).isEqualTo(newer);
    Forge late = unseen(13_000).probes(46_000, 47_000, "pg2", Event.ProbeResult.READ_ONLY, 1);
    assertThat(problem(read(late))).isEqualTo(newer);
    // It had followed before, and accepted another commit afterwards.
    Forge again = byHand().probes(44_950, 45_000, "pg2", Event.ProbeResult.COMMITTED, 2);
    assertThat(problem(read(again.without(e -> isLook(e, 44_950))))).isEqualTo(newer);
    // The cluster went over to it, if only for a moment, or nobody watched.
    assertThat(problem(read(byHand().key(11_000, "pg2", 2).key(12_000, "pg1", 3))))
        .isEqualTo(newer);
    assertThat(problem(read(byHand().key(11_000, null, 2).key(12_000, "pg1", 3)))).isEqualTo(newer);
    assertThat(problem(read(byHand().without(Event.LeaderKey.class).key(11_000, "pg1", 2))))
        .isEqualTo(newer);
    // Nobody accepted anything on the older one since.
    Forge idle = byHand();
    idle.without(e -> e.at().startNs() > 11_000 * Forge.MS && isCommitOfPg1(e));
    assertThat(problem(read(idle))).isEqualTo(newer);
  }

  private static Forge unseen(double fromMs) {
    return byHand().without(e -> isLook(e, fromMs));
  }

  private static boolean isLook(Event event, double fromMs) {
    return event instanceof Event.Probed p
        && p.member().equals("pg2")
        && p.result() == Event.ProbeResult.READ_ONLY
        && p.at().startNs() >= fromMs * Forge.MS;
  }

  private static boolean isCommitOfPg1(Event event) {
    return (event instanceof Event.Probed p && p.member().equals("pg1"))
        || (event instanceof Event.Write w && "pg1".equals(w.member()));
  }

  @Test
  void itsMemberMustHoldTheLeaderKeyAtTheEnd() {
    assertThat(problem(Drills.powerOff().key(46_500, null, 9)))
        .isEqualTo(
            "the surviving rows were read from pg2 while nobody was seen to hold the leader key");
    assertThat(problem(Drills.powerOff().key(46_500, "pg3", 9)))
        .isEqualTo(
            "the surviving rows were read from pg2, and pg3 holds the leader key at the end");
    Forge other = Drills.powerOff();
    other.add(new Event.LeaderKey(Forge.at(46_500, 46_501), "beta", "pg3", 9));
    assertThat(problem(other)).isNull();
  }

  private static Forge readAt(long lsn) {
    return Drills.powerOff()
        .each(
            Event.RowsRead.class,
            r -> new Event.RowsRead(r.at(), r.purpose(), r.member(), r.timeline(), lsn, r.rows()));
  }

  @Test
  void itMustStandBehindEveryCommitThatHadReturned() {
    // The last commit of pg2 before it: a routed write sent at 44 980 ms.
    assertThat(problem(readAt(Forge.lsn(44_980)))).isNull();
    assertThat(problem(readAt(Forge.lsn(44_980) - 1)))
        .startsWith("the surviving rows were read at 0/")
        .endsWith("before commits that pg2 had accepted up to 0/" + hex());
    assertThat(problem(readAt(0))).isNull();
  }

  private static String hex() {
    return Long.toHexString(Forge.lsn(44_980)).toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void aCommitThatHadNotReturnedMayStandBeyondIt() {
    Forge forge = Drills.powerOff();
    forge.write(45_999, 46_000, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(problem(forge)).isNull();
    Forge before = Drills.powerOff();
    before.write(
        45_998, 45_999.999, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2, 1L << 40);
    assertThat(problem(before)).contains("before commits that pg2 had accepted");
    Forge anothers = Drills.powerOff();
    anothers.write(9_900, 9_904, "other", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1, 1L << 40);
    assertThat(problem(anothers)).isNull();
  }

  private static Forge rows(Event.Rows... rows) {
    return Drills.powerOff()
        .each(
            Event.RowsRead.class,
            r ->
                new Event.RowsRead(
                    r.at(), r.purpose(), r.member(), r.timeline(), r.lsn(), List.of(rows)));
  }

  private static Event.Rows present(String writer, Span... spans) {
    return new Event.Rows(writer, List.of(spans), List.of());
  }

  @Test
  void spansMayStandInAnyOrderAndTouch() {
    SurvivingRows survivors = of(rows(present("routed@a", new Span(4, 4), new Span(1, 3))));
    assertThat(survivors.problem()).isNull();
    List<Long> held = new ArrayList<>();
    for (Event.Write write : Drills.powerOff().history().routed()) {
      if (survivors.holds(write)) {
        held.add(write.sequence());
      }
    }
    assertThat(held).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void spansThatOverlapOrEndBeforeTheyBeginContradictThemselves() {
    String contradiction = "the read-back of writer 'routed@a' contradicts itself";
    assertThat(problem(rows(present("routed@a", new Span(1, 3), new Span(3, 4)))))
        .isEqualTo(contradiction);
    assertThat(problem(rows(present("routed@a", new Span(3, 2))))).isEqualTo(contradiction);
    assertThat(problem(rows(present("routed@a", new Span(0, 1))))).isEqualTo(contradiction);
    assertThat(problem(rows(present("routed@a"), present("routed@a"))))
        .isEqualTo("the read-back lists writer 'routed@a' twice");
  }

  @Test
  void rowsThatNobodySentAreCounted() {
    int sent = Drills.powerOff().history().routed().size();
    assertThat(of(rows(present("routed@a", new Span(1, sent + 3)))).oddities())
        .contains("3 rows of writer 'routed@a' were read back that the ledger never saw sent");
    assertThat(of(rows(present("stranger", new Span(1, 2), new Span(9, 9)))).oddities())
        .contains("3 rows of writer 'stranger' were read back that the ledger never saw sent");
  }

  @Test
  void aDuplicatedRowIsAnOddity() {
    assertThat(
            of(rows(new Event.Rows("routed@a", List.of(new Span(1, 9)), List.of(3L, 4L))))
                .oddities())
        .containsExactly("writer 'routed@a' has 2 sequences more than once");
  }

  @Test
  void aRowThatWasSentOnlyAfterTheReadBackIsAnOddity() {
    Forge forge = Drills.lostPrimary();
    forge.write(46_100, 46_104, "late", null, WriteOutcome.UNKNOWN, null, 0);
    Drills.readBack(forge, w -> w.acknowledged() || w.writer().equals("late"));
    assertThat(of(forge).oddities()).isEmpty();
    Forge later = Drills.lostPrimary();
    later.write(46_100.001, 46_104, "late", null, WriteOutcome.UNKNOWN, null, 0);
    later.write(46_200, 46_204, "late", null, WriteOutcome.UNKNOWN, null, 0);
    Drills.readBack(later, w -> w.acknowledged() || w.writer().equals("late"));
    assertThat(of(later).oddities())
        .containsExactly("2 rows were read back before they had been sent");
  }

  @Test
  void aRowFromBeyondTheForkIsAnOddity() {
    Forge forge = Drills.lostPrimary();
    for (double ms : new double[] {12_000, 12_100}) {
      forge.write(ms, ms + 4, "doomed", null, WriteOutcome.UNKNOWN, "pg1", 1);
    }
    Drills.readBack(forge, w -> w.acknowledged() || w.writer().equals("doomed"));
    assertThat(of(forge).oddities())
        .containsExactly("2 rows were read back that were written beyond the fork");
    Forge nowhere = Drills.lostPrimary();
    nowhere.write(12_000, 12_004, "doomed", null, WriteOutcome.UNKNOWN, "pg1", 1, 0);
    nowhere.write(12_000, 12_004, "other", null, WriteOutcome.UNKNOWN, "pg1", 1, Drills.FORK.lsn());
    Drills.readBack(nowhere, w -> w.acknowledged() || w.outcome() == WriteOutcome.UNKNOWN);
    assertThat(of(nowhere).oddities()).isEmpty();
    assertThat(of(forge.without(Event.HistorySeen.class)).oddities()).isEmpty();
  }
}
