package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Standby;
import io.drillyard.ledger.OrphanedWal;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why no loss proves nothing, and what is said of a loss. */
final class DataLossReasonsTest {
  private static Finding judge(Forge forge) {
    return Drills.judge("dataLoss", forge, Drills.target());
  }

  private static String why(Forge forge) {
    return Drills.why("dataLoss", forge, Drills.target());
  }

  /** Writes acknowledged by the doomed primary after the fault, every 100 ms from 12 000 ms on. */
  private static Forge lost(int writes) {
    Forge forge = Drills.lostPrimary();
    for (int i = 0; i < writes; i++) {
      double ms = 12_000 + i * 100;
      forge.write(ms, ms + 4, "doomed", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    return Drills.readBack(forge, w -> w.acknowledged() && !w.writer().equals("doomed"));
  }

  private static Forge setting(String subject, String name, String effective) {
    return Drills.powerOff()
        .add(new Event.SettingSeen(Forge.at(2, 3), subject, name, null, effective));
  }

  @Test
  void theDeclarationIsSaidInItsOwnUnit() {
    assertThat(judge(Drills.powerOff()).target()).isEqualTo("RPO 0 transactions");
    Target time = Drills.rpo(new Rpo.Time(Duration.ofMillis(203)));
    Finding finding = Drills.judge("dataLoss", Drills.powerOff(), time);
    assertThat(finding.target()).isEqualTo("RPO 203 ms");
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.measured()).isEqualTo(new Measured(0, 0, 203.0, "ms"));
  }

  @Test
  void everyLostWriteIsNamed() {
    Finding finding = judge(lost(1));
    assertThat(finding.summary()).isEqualTo("1 of 1851 acknowledged routed writes are absent");
    assertThat(finding.details())
        .contains(
            "lost: writer doomed sequence 1 at pg1 timeline 1 lsn 0/1124F80 xid 1 sent 12.000 s"
                + " returned 12.004 s");
    assertThat(judge(Drills.powerOff()).summary())
        .isEqualTo("all 1850 acknowledged routed writes are present");
  }

  @Test
  void aStoreThatDoesNotKeepWhatItWroteProvesNothing() {
    assertThat(why(setting("pg3", "fsync", "OFF")))
        .isEqualTo("fsync is off on pg3: what survives here says nothing of a real crash");
    assertThat(why(setting("pg3", "full_page_writes", "0")))
        .startsWith("full_page_writes is off on pg3");
    assertThat(judge(setting("pg3", "fsync", "on")).verdict()).isEqualTo(MET);
  }

  @Test
  void whatNobodyReadOnTheLeaderCouldBeOff() {
    Forge forge = Drills.powerOff();
    forge.without(
        e ->
            e instanceof Event.SettingSeen s
                && s.subject().equals("pg1")
                && s.name().equals("full_page_writes"));
    assertThat(why(forge))
        .isEqualTo("nobody read full_page_writes on pg1, which led when the fault was injected");
    assertThat(judge(lost(1).without(Event.SettingSeen.class)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(why(Drills.lostPrimary())).isEqualTo("the surviving rows were not read back");
    Forge pinned = Drills.powerOff();
    pinned.each(
        Event.Write.class,
        w ->
            new Event.Write(
                w.at(),
                0,
                w.writer(),
                "a",
                w.member() == null ? "pg1" : w.member(),
                w.sequence(),
                w.outcome(),
                w.member(),
                w.timeline(),
                w.lsn(),
                w.xid(),
                null,
                null));
    assertThat(why(pinned)).isEqualTo("no routed write was acknowledged before the read-back");
    Forge odd =
        Drills.lostPrimary().write(46_200, 46_204, "x", null, WriteOutcome.UNKNOWN, null, 0);
    Drills.readBack(odd, w -> w.acknowledged() || w.writer().equals("x"));
    assertThat(why(odd))
        .isEqualTo(
            "the read-back contradicts the ledger: 1 rows were read back before they had been"
                + " sent");
    Forge late = Drills.powerOff();
    late.write(45_990, 46_000, "late", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(why(late))
        .isEqualTo(
            "1 writes were acknowledged while or after the rows were read back, and are not in it");
  }

  @Test
  void aPinnedWriteThatTheReadBackDoesNotCoverIsNotLost() {
    Forge forge = Drills.powerOff();
    forge.write(45_980, 45_999, "pinned-pg2", "pg2", WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    forge.write(45_990, 46_000, "pinned-pg2", "pg2", WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(judge(forge).parts())
        .containsEntry("pinned-lost", new Measured(1, 1, null, "count"));
  }

  @Test
  void noLossIsLuckWhereNoStandbyWasWaitedFor() {
    assertThat(why(setting("pg1", "synchronous_commit", "LOCAL")))
        .isEqualTo("synchronous_commit is LOCAL on pg1: nobody waits for a standby");
    assertThat(judge(setting("pg1", "synchronous_commit", "remote_apply")).verdict())
        .isEqualTo(MET);
    Forge asynchronous =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(), t.members(), t.leader(), t.etcdLeader(), false, t.storage()));
    assertThat(why(asynchronous))
        .isEqualTo(
            "synchronous replication is declared, and the drilled cluster is not synchronous");
    Target lost = Drills.target();
    Objective o = lost.objective();
    Target site =
        new Target(
            lost.context(),
            new Objective(
                Disruption.SITE_LOSS, o.failover(), o.rto(), o.rpo(), o.redundancy(), true),
            lost.outageThreshold(),
            50,
            0.9,
            lost.steady(),
            true,
            null,
            "alpha");
    Forge ofSite =
        asynchronous.each(
            Event.Opened.class,
            p ->
                new Event.Opened(
                    p.at(),
                    p.format(),
                    p.runId(),
                    p.scenario(),
                    p.environment(),
                    p.context(),
                    Disruption.SITE_LOSS.word(),
                    p.wallClockAnchor(),
                    p.versions()));
    assertThat(Drills.judge("dataLoss", ofSite, site).summary())
        .isEqualTo(
            "nothing may be lost, another member serves, and the drilled cluster is not synchronous:"
                + " that nothing was lost is luck");
  }

  @Test
  void aPlannedSwitchoverWaitsForItsSuccessorSynchronousOrNot() {
    Forge planned =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(), t.members(), t.leader(), t.etcdLeader(), false, t.storage()))
            .each(
                Event.Injected.class,
                f ->
                    new Event.Injected(
                        f.at(),
                        f.fault(),
                        "switchover",
                        f.plane(),
                        f.targets(),
                        f.description(),
                        null));
    // That it was to be asynchronous has to be seen: another one may only have lost its setting.
    assertThat(judge(planned).verdict()).isEqualTo(UNDETERMINED);
    planned.add(
        new Event.SettingSeen(Forge.at(10, 11), "alpha", "synchronous_mode", "false", "false"));
    assertThat(judge(planned).verdict()).isEqualTo(MET);
    // Beside it the host was lost: then it was no planned one.
    planned.injected(FAULT + 1_000, FAULT + 1_010, "power", "power-off", "");
    assertThat(judge(planned).verdict()).isEqualTo(UNDETERMINED);
  }

  private static Forge lastLook(double ms, String state) {
    Forge forge = Drills.powerOff();
    forge.without(e -> e instanceof Event.Standbys && e.at().startNs() < FAULT * Forge.MS);
    return forge.add(
        new Event.Standbys(
            Forge.at(ms - 1, ms), "pg1", 9, List.of(new Standby("pg2", "streaming", state, 9, 9))));
  }

  @Test
  void theStandbyWasSynchronousAtMostFiveSecondsBeforeTheInjection() {
    String unseen = "nobody saw whether a standby was synchronous when the fault was injected";
    assertThat(judge(lastLook(5_000, "sync")).verdict()).isEqualTo(MET);
    assertThat(why(lastLook(4_999.999, "sync"))).isEqualTo(unseen);
    assertThat(judge(lastLook(FAULT, "quorum")).verdict()).isEqualTo(MET);
    assertThat(why(lastLook(FAULT + 0.001, "sync"))).isEqualTo(unseen);
    assertThat(why(lastLook(9_000, "potential")))
        .isEqualTo(
            "synchronous replication is declared, and no standby was synchronous at the injection");
  }

  private static Forge bounded(int writes, String lag, String ttl) {
    Forge forge = lost(writes);
    forge.add(new Event.SettingSeen(Forge.at(1, 1), "alpha", "maximum_lag_on_failover", null, lag));
    return forge.add(new Event.SettingSeen(Forge.at(1, 1), "alpha", "ttl", null, ttl));
  }

  @Test
  void theDocumentedBoundIsTheLagAndWhatTheLastTtlWrote() {
    // Routed writes until 9 980 ms, lost ones at 12 000 and 12 100: two seconds before the last
    // return (12 104 ms) the furthest that had returned was the one sent at 9 980 ms, or earlier.
    long written = Forge.lsn(12_100) - Forge.lsn(9_980);
    assertThat(judge(bounded(2, "1000", "2")).parts())
        .containsEntry(
            "documented-bound", new Measured(1_000 + written, 1_000 + written, null, "bytes"));
    long earlier = Forge.lsn(12_100) - Forge.lsn(9_100);
    assertThat(judge(bounded(2, "1000", "3")).parts())
        .containsEntry(
            "documented-bound", new Measured(1_000 + earlier, 1_000 + earlier, null, "bytes"));
    long all = Forge.lsn(12_100) - Forge.lsn(0);
    assertThat(judge(bounded(2, "0", "60")).parts())
        .containsEntry("documented-bound", new Measured(all, all, null, "bytes"));
  }

  @Test
  void aLossOfExactlyTheBoundIsWithinIt() {
    // From the fork at 10 000 ms to the last commit at 12 100 ms: 210 000 bytes.
    long written = Forge.lsn(12_100) - Forge.lsn(9_980);
    assertThat(judge(bounded(2, Long.toString(210_000 - written), "2")).details())
        .anyMatch(d -> d.endsWith("lost: at most 210000 bytes, within it"));
    assertThat(judge(bounded(2, Long.toString(209_999 - written), "2")).details())
        .anyMatch(d -> d.endsWith("lost: at most 210000 bytes, BEYOND it"));
  }

  @Test
  void settingsThatAreNoNumbersBoundNothing() {
    assertThat(judge(bounded(2, "much", "2")).parts()).doesNotContainKey("documented-bound");
    assertThat(judge(bounded(2, "1000", "long")).parts()).doesNotContainKey("documented-bound");
  }

  @Test
  void aRestoredClusterHasNoSuchBound() {
    Forge forge = bounded(2, "1000", "2");
    forge.each(
        Event.Topology.class,
        t ->
            new Event.Topology(
                t.at(),
                t.members().stream()
                    .map(m -> m.name().equals("pg1") ? new Event.Member("pg1", "old", "a", "") : m)
                    .toList(),
                t.leader(),
                t.etcdLeader(),
                t.synchronous(),
                t.storage()));
    assertThat(judge(forge).parts())
        .containsKey("wal-lost-timeline-1")
        .doesNotContainKey("documented-bound");
  }

  @Test
  void theOldEndIsTheFurthestThatAnybodyRead() {
    Forge forge = lost(2);
    forge.add(orphaned("pg1", Forge.lsn(14_000), null));
    forge.add(orphaned("pg2", Forge.lsn(19_000), null));
    forge.add(
        new Event.RowsRead(
            Forge.at(29_000, 29_100), "other", "pg1", 1, Forge.lsn(20_000), List.of()));
    assertThat(judge(forge).parts())
        .containsEntry("wal-lost-timeline-1", new Measured(210_000, 400_000, null, "bytes"));
  }

  private static Event orphaned(
      String member, long end, @org.jspecify.annotations.Nullable String problem, long... xids) {
    int timeline = member.equals("pg1") ? 1 : 2;
    return new OrphanedWal(
        Forge.at(29_500, 29_600),
        member,
        timeline,
        1,
        end,
        java.util.Arrays.stream(xids).mapToObj(x -> new OrphanedWal.Commit(x, x)).toList(),
        "",
        "",
        problem);
  }

  @Test
  void onlyWritesOfThatMemberAndTimelineAreSoughtInItsWal() {
    Finding finding = judge(lost(2).add(orphaned("pg1", 0, "cut off")));
    assertThat(finding.details())
        .contains(
            "orphaned WAL of pg1, timeline 1, 0/1 to an end that is not known: 0 commits; of 2 lost"
                + " writes of that branch 0 have their commit record there (cut off)");
    Finding other = judge(lost(2).add(orphaned("pg2", 9, null)));
    assertThat(other.details())
        .contains(
            "orphaned WAL of pg2, timeline 2, 0/1 to 0/9: 0 commits; of 0 lost writes of that"
                + " branch 0 have their commit record there");
  }

  @Test
  void aBranchThatWasReadTwiceCountsItsLostWritesOnce() {
    Forge forge = lost(2).add(orphaned("pg1", 5, null, 7)).add(orphaned("pg1", 9, null, 7, 8));
    Finding finding = judge(forge.add(orphaned("pg2", 9, null, 7)));
    assertThat(finding.details()).filteredOn(d -> d.startsWith("orphaned WAL of pg1")).hasSize(1);
    assertThat(finding.details())
        .anyMatch(d -> d.startsWith("orphaned WAL of pg1, timeline 1, 0/1 to 0/9: 2 commits; of 2"))
        .anyMatch(
            d -> d.startsWith("orphaned WAL of pg2, timeline 2, 0/1 to 0/9: 1 commits; of 0"));
    Measured two = new Measured(2, 2, null, "count");
    assertThat(finding.parts()).containsEntry("lost-without-commit-record", two);
  }

  @Test
  void aWarningIsCountedOnceForEveryWriteThatCarriesIt() {
    assertThat(judge(Drills.readBack(Drills.lostPrimary(), ALL_ACKS)).parts())
        .containsEntry("acknowledged-with-warning", new Measured(0, 0, null, "count"))
        .containsEntry("acknowledged", new Measured(1_850, 1_850, null, "count"));
  }
}
