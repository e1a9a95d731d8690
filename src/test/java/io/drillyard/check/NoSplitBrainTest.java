package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.BACK;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.FORK;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoSplitBrainTest {
  @Test
  void aBranchThatWasBegunByHandIsASecondPrimaryForAsLongAsItAcceptedCommits() {
    Forge forge = Drills.byHand();
    forge.survivors(46_000, 46_100, "pg1", 1, w -> w.acknowledged() && w.timeline() == 1);
    Finding finding = Drills.judge("noSplitBrain", forge, Drills.target());
    assertThat(finding.verdict()).isEqualTo(MISSED);
    // From pg2's first commit, 10 100 to 10 104 ms, to its last, 11 980 to 11 984.
    assertThat(finding.summary())
        .startsWith("split-brain of 1.876 s to 1.884 s")
        .endsWith("had accepted one, and before its last");
    assertThat(Drills.judge("promotionWasPermitted", forge, Drills.target()).summary())
        .isEqualTo("pg2 accepted commits without ever having held the leader key");
    for (String check : new String[] {"recoveryTime", "loadWasAdequate", "faultTookHold"}) {
      assertThat(Drills.judge(check, forge, Drills.target()).verdict()).as(check).isEqualTo(MET);
    }
  }

  private static Finding judge(Forge forge) {
    return Drills.judge("noSplitBrain", forge, Drills.target());
  }

  private static Forge frozen(double oldPrimaryUntil) {
    return Drills.readBack(
        Drills.frozen(oldPrimaryUntil),
        w -> w.acknowledged() && (w.routed() || w.at().endNs() < FAULT * Forge.MS));
  }

  /** The power is off; then the old primary acknowledges one pinned write. */
  private static Forge oneOldWrite(double sent, double returned, long lsn) {
    Forge forge = Drills.lostPrimary();
    forge.write(sent, returned, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1, lsn);
    return Drills.readBack(forge, w -> w.acknowledged() && w.routed());
  }

  @Test
  void aPlainFailoverIsMet() {
    assertThat(judge(Drills.powerOff()).verdict()).isEqualTo(MET);
    assertThat(judge(Drills.switchover()).verdict()).isEqualTo(MET);
  }

  @Test
  void twoPrimariesAreMissedWithTheOverlapAndTheWrites() {
    Finding finding = judge(frozen(30_000));
    assertThat(finding.verdict()).isEqualTo(MISSED);
    // Old primary's last: sent 29980 returned 29984; new one's first, a probe: 17500 to 17504.
    assertThat(finding.measured()).isEqualTo(new Measured(12_476, 12_484, 0.0, "ms"));
    assertThat(finding.details()).anyMatch(d -> d.startsWith("pinned write"));
    assertThat(finding.parts()).containsKey("split-brain-commits");
  }

  @Test
  void aDoomedPrimaryThatStopsBeforeTheNewOneBeginsIsLossNotSplitBrain() {
    assertThat(judge(frozen(16_000)).verdict()).isEqualTo(MET);
  }

  @Test
  void splitBrainThatOnlyProbesSawIsSplitBrain() {
    assertThat(judge(frozen(30_000).without(Event.Write.class)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anAnswerAfterTheFailoverToAWriteSentBeforeItIsNoProof() {
    assertThat(judge(oneOldWrite(17_000, 19_000, Forge.lsn(17_000))).verdict())
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void sentOneInstantAfterTheNewBranchReturnedIsProof() {
    assertThat(judge(oneOldWrite(17_504, 17_508, Forge.lsn(17_504))).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(judge(oneOldWrite(17_504.000001, 17_508, Forge.lsn(17_505))).verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void returnedOneInstantBeforeTheNewBranchWasSentIsExcluded() {
    assertThat(judge(oneOldWrite(17_000, 17_499.999, Forge.lsn(17_000))).verdict()).isEqualTo(MET);
    assertThat(judge(oneOldWrite(17_000, 17_500, Forge.lsn(17_000))).verdict())
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void aCommitOnTheCommonTrunkIsNotDiverged() {
    assertThat(judge(oneOldWrite(19_000, 19_004, FORK.lsn() - 1)).verdict()).isEqualTo(MET);
    assertThat(judge(oneOldWrite(19_000, 19_004, FORK.lsn() + 1)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aCommitExactlyAtTheForkIsDecidedByItsRow() {
    Finding absent = judge(oneOldWrite(19_000, 19_004, FORK.lsn()));
    assertThat(absent.verdict()).isEqualTo(UNDETERMINED);
    assertThat(absent.summary())
        .isEqualTo(
            "1 commits of pg1 on timeline 1 may or may not have come after the first of pg2 on"
                + " timeline 2 (forked from 1 at 0/10F4240)");
    Forge there = Drills.lostPrimary();
    there.write(
        19_000, 19_004, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1, FORK.lsn());
    assertThat(judge(Drills.readBack(there, ALL_ACKS)).verdict()).isEqualTo(MET);
    // A probe leaves no row; what had returned before the new branch began needs none.
    Forge probe = Drills.powerOff().add(probe(19_000));
    assertThat(judge(probe).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(Drills.powerOff().add(probe(12_000))).verdict()).isEqualTo(MET);
  }

  private static Event.Probed probe(double ms) {
    return new Event.Probed(
        Forge.at(ms, ms + 4), "pg1", Event.ProbeResult.COMMITTED, false, 1, FORK.lsn(), 0, null);
  }

  @Test
  void aHistoryThatCannotBeReadIsADoubtUntilItWasRead() {
    Forge forge = Drills.powerOff();
    forge.add(new HistoryUnread(Forge.at(45_000, 45_001), "member", "pg3", 2, "it has no line"));
    assertThat(judge(forge).verdict()).isEqualTo(MET);
    forge.add(new HistoryUnread(Forge.at(45_700, 45_701), "member", "pg3", 2, "it has no line"));
    assertThat(Drills.why("noSplitBrain", forge, Drills.target()))
        .isEqualTo("the timeline history of member pg3 could not be read: it has no line");
    // What is proved stays so.
    forge.history(45_800, "pg1", 2, new Event.Fork(1, FORK.lsn() + 8));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge none = Drills.powerOff().history(45_700, "pg3", 3);
    assertThat(Drills.why("noSplitBrain", none, Drills.target()))
        .startsWith("the history of timeline 3 that member pg3 tells is none");
  }

  @Test
  void whatTheArchiveTellsCountsWithoutItsSystemToo() {
    String file = "pgbackrest/alpha/archive/alpha/17-1/00000002.history";
    assertThat(judge(archived(file, FORK)).verdict()).isEqualTo(MET);
    Event.Fork other = new Event.Fork(1, FORK.lsn() + 8);
    assertThat(judge(archived(file, other)).verdict()).isEqualTo(MISSED);
    // Of a stanza that nobody knows, or that was made anew for another system: whose is not known.
    assertThat(judge(archived(file.replace("alpha/17", "beta/17"), other)).verdict())
        .isEqualTo(MET);
    Forge two = archived(file, other);
    two.add(repository(file.replace("17-1", "17-2"), FORK));
    assertThat(judge(two).verdict()).isEqualTo(MET);
  }

  private static Forge archived(String file, Event.Fork fork) {
    return Drills.powerOff().add(repository(file, fork));
  }

  private static Event.HistorySeen repository(String file, Event.Fork fork) {
    return new Event.HistorySeen(
        Forge.at(45_700, 45_701), "repository", file, "", 2, List.of(fork));
  }

  @Test
  void anUnknownPositionAfterTheFailoverIsUndetermined() {
    assertThat(judge(oneOldWrite(19_000, 19_004, 0)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void withoutHistoriesBranchesCannotBeToldApart() {
    assertThat(judge(Drills.powerOff().without(Event.HistorySeen.class)).verdict())
        .isEqualTo(UNDETERMINED);
    Forge own =
        Drills.powerOff().without(e -> e instanceof Event.HistorySeen h && h.name().equals("pg2"));
    assertThat(judge(own).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void oneTimelineNumberWithTwoHistoriesIsMissedEvenOnFilesAlone() {
    Forge forge = Drills.powerOff();
    forge.history(45_700, "pg3", 2, new Event.Fork(1, FORK.lsn() + 8));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    // The story of timeline 2 that a history of timeline 3 tells counts as well.
    Forge later = Drills.powerOff();
    later.history(45_700, "pg3", 3, new Event.Fork(1, FORK.lsn() + 8), new Event.Fork(2, 1L << 40));
    assertThat(judge(later).verdict()).isEqualTo(MISSED);
    Forge repository = Drills.powerOff();
    repository.add(
        new Event.HistorySeen(
            Forge.at(45_700, 45_701),
            "repository",
            "alpha",
            Forge.SYSTEM,
            2,
            List.of(new Event.Fork(1, FORK.lsn() + 8))));
    assertThat(judge(repository).verdict()).isEqualTo(MISSED);
  }

  @Test
  void theSameNumberInAnotherSystemIsAnotherBranch() {
    Forge forge = Drills.powerOff();
    forge.add(
        new Event.HistorySeen(
            Forge.at(45_700, 45_701),
            "repository",
            "other",
            "42",
            2,
            List.of(new Event.Fork(1, 9))));
    assertThat(judge(forge).verdict()).isEqualTo(MET);
  }

  @Test
  void twoSitesThatChoseTheSameNumberAreTwoBranches() {
    Forge forge = otherSite();
    // The old site restarts on a timeline 2 of its own and takes writes beside the new one.
    forge.pinned(36_000, 38_000, "old1", 2);
    forge.history(45_600, "old1", 2, new Event.Fork(1, FORK.lsn() + 80));
    assertThat(judge(Drills.readBack(forge, w -> w.acknowledged() && w.routed())).verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void theOldSiteThatTakesNothingIsNoSplitBrain() {
    Forge forge = otherSite().services(45_700, "old1");
    assertThat(judge(Drills.readBack(forge, ALL_ACKS)).verdict()).isEqualTo(MET);
  }

  @Test
  void aSiteThatNeverAnsweredIsUndetermined() {
    Forge forge =
        otherSite()
            .without(
                e -> e instanceof Event.Probed p && p.inRecovery() && p.member().equals("old1"));
    forge.probes(0, FAULT, "old1", Event.ProbeResult.UNREACHABLE, 0);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS)).verdict()).isEqualTo(UNDETERMINED);
  }

  private static Forge otherSite() {
    Forge forge = Drills.lostPrimary().topology(0, "beta", "b", "old1", "old1");
    forge.history(45_500, "old1", 1);
    forge.probes(0, FAULT, "old1", Event.ProbeResult.READ_ONLY, 1);
    return forge.probes(FAULT, END, "old1", Event.ProbeResult.UNREACHABLE, 0);
  }

  @Test
  void twoMembersInTurnsOnOneTimelineIsMissedEvenWithoutHistories() {
    Forge forge = Drills.powerOff().without(Event.HistorySeen.class);
    forge.probes(BACK, BACK + 1_000, "pg3", Event.ProbeResult.COMMITTED, 2);
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anArchiveClashIsMissed() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Note(Forge.at(20_000, 20_000), "error", "ERROR: [045]: WAL file exists"));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge harmless = Drills.powerOff();
    harmless.add(new Event.Note(Forge.at(20_000, 20_000), "info", "looked for [045], found none"));
    assertThat(judge(harmless).verdict()).isEqualTo(MET);
  }

  @Test
  void aMemberThatNobodyWatchedIsUndetermined() {
    Forge forge = Drills.powerOff();
    forge.without(
        e ->
            probeOf(e, "pg3")
                && e.at().startNs() >= 20_000 * Forge.MS
                && e.at().startNs() < 22_100 * Forge.MS);
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
    Forge shortGap = Drills.powerOff();
    shortGap.without(
        e ->
            probeOf(e, "pg3")
                && e.at().startNs() >= 20_000 * Forge.MS
                && e.at().startNs() < 21_900 * Forge.MS);
    assertThat(judge(shortGap).verdict()).isEqualTo(MET);
  }

  private static boolean probeOf(Event event, String member) {
    return event instanceof Event.Probed p && p.member().equals(member);
  }

  @Test
  void aHostWitnessedWithoutPowerNeedsNoProbe() {
    Forge forge =
        Drills.powerOff()
            .without(
                e -> e instanceof Event.Probed p && p.result() == Event.ProbeResult.UNREACHABLE);
    assertThat(judge(forge).verdict()).isEqualTo(MET);
    assertThat(judge(forge.without(Event.Witnessed.class)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void acksThatNameNobodyAreUndetermined() {
    Forge forge = Drills.lostPrimary();
    forge.write(20_000, 20_004, "odd", null, WriteOutcome.ACKNOWLEDGED, null, 2);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void lieAMemberThatIsInNoTopology() {
    Forge forge = Drills.lostPrimary();
    forge.write(9_000, 9_004, "odd", null, WriteOutcome.ACKNOWLEDGED, "ghost", 1);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS)).verdict()).isNotEqualTo(MET);
  }

  @Test
  void anEmptyLedgerIsUndetermined() {
    assertThat(judge(new Forge()).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void theWidestOverlapIsMeasuredAndEveryCommitCounted() {
    Forge forge = frozen(20_000);
    forge.probes(19_000, 26_000, "pg3", Event.ProbeResult.COMMITTED, 1);
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.details().stream().filter(d -> d.contains("beyond the fork"))).hasSize(2);
    // pg3's last: sent 25 900; pg2's first, a probe: 17 500 to 17 504.
    assertThat(finding.measured()).isEqualTo(new Measured(8_396, 8_404, 0.0, "ms"));
    Measured commits = finding.parts().get("split-brain-commits");
    Measured alone = judge(frozen(20_000)).parts().get("split-brain-commits");
    assertThat(java.util.Objects.requireNonNull(commits).upper())
        .isGreaterThanOrEqualTo(java.util.Objects.requireNonNull(alone).upper() + 70);
    assertThat(finding.summary())
        .startsWith("split-brain of 8.396 s to 8.404 s: pg3 on timeline 1");
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(Drills.why("noSplitBrain", new Forge(), Drills.target()))
        .isEqualTo("there is no fault window to watch");
    Forge idle = Drills.powerOff().without(Event.Write.class);
    idle.each(
        Event.Probed.class,
        p ->
            new Event.Probed(p.at(), p.member(), Event.ProbeResult.READ_ONLY, true, 1, 0, 0, null));
    assertThat(Drills.why("noSplitBrain", idle, Drills.target()))
        .isEqualTo("no member was seen to accept a single commit");
  }
}
