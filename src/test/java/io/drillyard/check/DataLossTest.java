package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.OrphanedWal;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class DataLossTest {
  private static Finding judge(Forge forge, Target target) {
    return Drills.judge("dataLoss", forge, target);
  }

  private static Finding judge(Forge forge) {
    return judge(forge, Drills.target());
  }

  private static Target most(long transactions) {
    return Drills.rpo(new Rpo.Transactions(transactions));
  }

  private static Target most(Duration time) {
    return Drills.rpo(new Rpo.Time(time));
  }

  /** Three writes acknowledged by the doomed primary after the fault: 12000, 12100, 12200. */
  private static Forge threeLost() {
    Forge forge = Drills.lostPrimary();
    for (double ms = 12_000; ms < 12_300; ms += 100) {
      forge.write(ms, ms + 4, "doomed", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    return Drills.readBack(forge, w -> w.acknowledged() && !w.writer().equals("doomed"));
  }

  private static Forge rows(UnaryOperator<Event.RowsRead> change) {
    return Drills.powerOff().each(Event.RowsRead.class, change);
  }

  @Test
  void nothingLostIsMet() {
    Finding finding = judge(Drills.powerOff());
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.measured()).isEqualTo(new Measured(0, 0, 0.0, "transactions"));
  }

  @Test
  void lossIsCountedAndListedAndMeasuredAgainstTheLimit() {
    Finding finding = judge(threeLost());
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.measured()).isEqualTo(new Measured(3, 3, 0.0, "transactions"));
    assertThat(finding.details()).filteredOn(d -> d.startsWith("lost:")).hasSize(3);
    assertThat(judge(threeLost(), most(2)).verdict()).isEqualTo(MISSED);
    assertThat(judge(threeLost(), most(3)).verdict()).isEqualTo(MET);
    assertThat(DataLoss.lostWrites(threeLost().history(), Drills.target())).hasSize(3);
  }

  @Test
  void lostWritesAreMatchedWithTheOrphanedWalByTransaction() {
    Forge forge = threeLost();
    List<Event.Write> lost = DataLoss.lostWrites(forge.history(), Drills.target());
    List<OrphanedWal.Commit> commits =
        lost.stream().limit(2).map(w -> new OrphanedWal.Commit(w.xid(), w.lsn())).toList();
    forge.add(
        new OrphanedWal(
            Forge.at(29_500, 29_600), "pg1", 1, 1_000_000, 0x5000148L, commits, "", "", null));
    Finding finding = judge(forge);
    assertThat(finding.parts())
        .containsEntry("lost-with-commit-record", new Measured(2, 2, null, "count"))
        .containsEntry("lost-without-commit-record", new Measured(1, 1, null, "count"));
    assertThat(finding.details()).anyMatch(d -> d.contains("to 0/5000148: 2 commits; of 3 lost"));
  }

  @Test
  void lossInTimeRunsFromTheOldestLostToTheLastLostAck() {
    Finding finding = judge(threeLost(), most(Duration.ofMillis(203)));
    assertThat(finding.measured()).isEqualTo(new Measured(196, 204, 203.0, "ms"));
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(threeLost(), most(Duration.ofMillis(204))).verdict()).isEqualTo(MET);
    assertThat(judge(threeLost(), most(Duration.ofMillis(195))).verdict()).isEqualTo(MISSED);
  }

  @Test
  void lossInTimeReachesToTheFaultWhenTheLostWritesAreOlder() {
    Forge forge = Drills.lostPrimary();
    forge.write(9_000, 9_004, "early", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    Drills.readBack(forge, w -> w.acknowledged() && !w.writer().equals("early"));
    assertThat(judge(forge, most(Duration.ofSeconds(2))).measured())
        .isEqualTo(new Measured(996, 1_010, 2_000.0, "ms"));
  }

  @Test
  void walBytesRunFromTheForkToTheOldEnd() {
    Forge forge = threeLost();
    forge.add(
        new Event.RowsRead(
            Forge.at(29_000, 29_100), "diverged", "pg1", 1, Forge.lsn(13_000), List.of()));
    assertThat(judge(forge).parts())
        .containsEntry("wal-lost-timeline-1", new Measured(220_000, 300_000, null, "bytes"));
  }

  @Test
  void theLossIsComparedWithPatronisDocumentedBound() {
    assertThat(judge(bounded(300_000)).details())
        .anyMatch(d -> d.startsWith("Patroni's documented bound") && d.endsWith("within it"));
    assertThat(judge(bounded(-10_000_000)).details())
        .anyMatch(d -> d.startsWith("Patroni's documented bound") && d.endsWith("BEYOND it"));
    assertThat(judge(threeLost()).parts()).doesNotContainKey("documented-bound");
    // The second site's own settings say nothing of this cluster.
    Forge two = bounded(300_000).topology(0, "beta", "b", "pg1", "dr1");
    for (String name : List.of("maximum_lag_on_failover", "ttl")) {
      two.add(new Event.SettingSeen(Forge.at(2, 2), "beta", name, null, "1"));
    }
    assertThat(judge(two).parts().get("documented-bound"))
        .isEqualTo(judge(bounded(300_000)).parts().get("documented-bound"));
  }

  private static Forge bounded(long lag) {
    Forge forge = threeLost();
    Interval at = Forge.at(1, 1);
    forge.add(
        new Event.SettingSeen(at, "onprem", "maximum_lag_on_failover", null, Long.toString(lag)));
    forge.add(new Event.SettingSeen(at, "onprem", "ttl", null, "20"));
    return forge;
  }

  @Test
  void withoutForkTheBytesAreNotKnownButTheCountIs() {
    Forge forge = threeLost().without(Event.HistorySeen.class);
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.parts()).doesNotContainKey("wal-lost-timeline-1");
  }

  @Test
  void unknownIsNeverLossAndMayBePresent() {
    Forge forge = Drills.lostPrimary();
    Drills.readBack(
        forge,
        w -> w.acknowledged() || (w.outcome() == WriteOutcome.UNKNOWN && w.sequence() == 501));
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.parts())
        .containsEntry("unknown-present", new Measured(1, 1, null, "count"))
        .containsEntry("unknown-absent", new Measured(398, 398, null, "count"));
  }

  @Test
  void anAckWithAWarningIsAnAck() {
    UnaryOperator<Event.Write> warn =
        w ->
            !w.writer().equals("doomed")
                ? w
                : new Event.Write(
                    w.at(),
                    0,
                    w.writer(),
                    "a",
                    null,
                    w.sequence(),
                    w.outcome(),
                    w.member(),
                    1,
                    w.lsn(),
                    w.xid(),
                    null,
                    "01000 canceling the wait");
    Finding finding = judge(threeLost().each(Event.Write.class, warn));
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.parts())
        .containsEntry("acknowledged-with-warning", new Measured(3, 3, null, "count"));
  }

  @Test
  void pinnedLossesAreReportedApart() {
    Forge forge = Drills.frozen(16_000);
    Drills.readBack(
        forge, w -> w.acknowledged() && (w.routed() || w.at().endNs() < FAULT * Forge.MS));
    // All before the first commit of the new primary: its clients could rely on them.
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.parts()).containsEntry("pinned-lost", new Measured(300, 300, null, "count"));
    assertThat(finding.measured()).isEqualTo(new Measured(300, 300, 0.0, "transactions"));
  }

  @Test
  void whatADoomedPrimaryAcknowledgedBesideItsSuccessorIsReportedApart() {
    Forge forge = Drills.frozen(FAULT).pinned(18_000, 20_500, "pg1", 1);
    Drills.readBack(
        forge, w -> w.acknowledged() && (w.routed() || w.at().endNs() < 17_500 * Forge.MS));
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.parts()).containsEntry("pinned-lost", new Measured(125, 125, null, "count"));
  }

  @Test
  void aPinnedWriteOfTheRightfulPrimaryThatIsLostIsLost() {
    Forge forge = Drills.frozen(16_000);
    Drills.readBack(
        forge, w -> w.acknowledged() && !(w.writer().equals("pinned-pg1") && w.sequence() == 100));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void refusedYetPresentIsAViolation() {
    Forge forge = Drills.lostPrimary();
    forge.write(12_000, 12_004, "odd", null, WriteOutcome.REFUSED, null, 0, 0);
    Drills.readBack(forge, w -> w.acknowledged() || w.writer().equals("odd"));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void withoutReadBackFromTheRightPlaceAndTimeNothingIsKnown() {
    assertThat(judge(Drills.lostPrimary()).verdict()).isEqualTo(UNDETERMINED);
    // Read before the heal.
    Forge early = Drills.lostPrimary().survivors(29_000, 29_100, "pg2", 2, ALL_ACKS);
    assertThat(judge(early).verdict()).isEqualTo(UNDETERMINED);
    // Read from another cluster.
    Forge elsewhere = Drills.lostPrimary().topology(0, "beta", "b", "pg9", "pg9");
    elsewhere.survivors(46_000, 46_100, "pg9", 2, ALL_ACKS);
    assertThat(judge(elsewhere).verdict()).isEqualTo(UNDETERMINED);
    // Read on the doomed branch, where everything is still there.
    Forge doomed = Drills.lostPrimary().survivors(46_000, 46_100, "pg2", 1, ALL_ACKS);
    assertThat(judge(doomed).verdict()).isEqualTo(UNDETERMINED);
    // Read from a member that does not lead.
    Forge standby = Drills.lostPrimary().survivors(46_000, 46_100, "pg1", 2, ALL_ACKS);
    assertThat(judge(standby).verdict()).isEqualTo(UNDETERMINED);
    // A fault was never healed.
    Forge held = Drills.powerOff().without(Event.Healed.class);
    assertThat(judge(held).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void withoutAcknowledgementsZeroLossProvesNothing() {
    Forge forge = Drills.lostPrimary().without(Event.Write.class);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void fsyncOffMakesItUndetermined() {
    for (String name : List.of("fsync", "full_page_writes")) {
      Forge forge = Drills.powerOff();
      forge.add(new Event.SettingSeen(Forge.at(1, 1), "pg1", name, null, "off"));
      assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
    }
    Forge on = Drills.powerOff();
    on.add(new Event.SettingSeen(Forge.at(1, 1), "pg1", "fsync", null, "on"));
    on.add(new Event.SettingSeen(Forge.at(1, 1), "pg1", "autovacuum", null, "off"));
    assertThat(judge(on).verdict()).isEqualTo(MET);
  }

  @Test
  void lieSequencesThatWereNeverSent() {
    Forge forge =
        rows(
            r ->
                new Event.RowsRead(
                    r.at(),
                    r.purpose(),
                    r.member(),
                    r.timeline(),
                    r.lsn(),
                    List.of(
                        new Event.Rows(
                            "routed@a", List.of(new Event.Span(1, 1L << 60)), List.of()))));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void lieDuplicatedRows() {
    Forge forge =
        rows(
            r ->
                new Event.RowsRead(
                    r.at(),
                    r.purpose(),
                    r.member(),
                    r.timeline(),
                    r.lsn(),
                    List.of(new Event.Rows("routed@a", r.rows().get(0).present(), List.of(7L)))));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void lieSpansThatContradictThemselves() {
    Forge forge =
        rows(
            r ->
                new Event.RowsRead(
                    r.at(),
                    r.purpose(),
                    r.member(),
                    r.timeline(),
                    r.lsn(),
                    List.of(
                        new Event.Rows(
                            "routed@a",
                            List.of(new Event.Span(1, 5_000), new Event.Span(3, 2)),
                            List.of()))));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void lieAWriterThatUsesASequenceTwice() {
    Forge forge = Drills.powerOff();
    Event write =
        forge.events().stream().filter(Event.Write.class::isInstance).findFirst().orElseThrow();
    assertThat(judge(forge.add(write)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void anAckWhileTheRowsAreReadIsNotJudgedLost() {
    Forge forge = Drills.powerOff();
    forge.write(45_990, 46_050, "late", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }
}
