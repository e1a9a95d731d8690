package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ledgers that were once judged MET and must not be. */
final class WrongMetTest {
  private static Verdict judge(String check, Forge forge) {
    return Drills.judge(check, forge, Drills.target()).verdict();
  }

  @Test
  void redundancyAfterAnOrderIsTimedFromTheOrderNotFromTheClearingUp() {
    Forge forge = Drills.switchover().without(Event.Standbys.class);
    for (double ms = 200; ms < END; ms += 200) {
      if (ms > 32_000) {
        forge.standbys(ms, "pg2", "pg1", "pg3");
      } else if (ms > 20_000) {
        forge.standbys(ms, "pg2", "pg3");
      }
    }
    forge.healed(END - 1_000, END - 990, "order");
    assertThat(judge("redundancyRestored", forge)).isEqualTo(MISSED);
  }

  @Test
  void aReturnedMemberMustBeWatchedUntilTheLoadEnds() {
    Forge forge =
        Drills.powerOff()
            .without(
                e ->
                    e instanceof Event.Probed p
                        && p.member().equals("pg1")
                        && p.at().startNs() > (HEAL + 11_000) * Forge.MS);
    assertThat(judge("noSplitBrain", forge)).isEqualTo(UNDETERMINED);
    assertThat(judge("noSplitBrain", Drills.powerOff())).isEqualTo(MET);
  }

  @Test
  void aFaultSeenOnceMayHaveEndedEarly() {
    Forge early =
        Drills.powerOff()
            .without(e -> e instanceof Event.Witnessed w && at(w) > 11_000 && at(w) < HEAL);
    assertThat(judge("faultTookHold", early)).isEqualTo(UNDETERMINED);
    Forge late =
        Drills.powerOff()
            .without(e -> e instanceof Event.Witnessed w && at(w) > FAULT && at(w) < 29_000);
    assertThat(judge("faultTookHold", late)).isEqualTo(UNDETERMINED);
    Forge gone = Drills.powerOff().witnessed(20_000, "loss", false, false);
    assertThat(judge("faultTookHold", gone)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aFaultOfTwoHostsThatWasSeenGoneOnOneMayBeInForceOnTheOther() {
    Forge one = onTwoHosts().add(look(HEAL + 100, false, "pg1"));
    assertThat(judge("faultTookHold", one)).isEqualTo(MET);
    Finding half = Drills.judge("faultHealed", one, Drills.target());
    assertThat(half.verdict()).isEqualTo(UNDETERMINED);
    assertThat(half.summary()).isEqualTo("nobody saw fault 'loss' gone on pg2");
    // Before the heal, of another fault, or of a host whose name only begins alike: no proof.
    one.add(look(HEAL - 20, false, "pg1")).add(look(HEAL + 100, false, "pg22"));
    one.add(
        new Event.Witnessed(
            Forge.at(HEAL + 100, HEAL + 101), "other", false, false, "console of pg2", "is up"));
    assertThat(judge("faultHealed", one)).isEqualTo(UNDETERMINED);
    Forge both = onTwoHosts().add(look(HEAL + 100, false, "pg1"));
    both.add(look(HEAL + 120, false, "pg2"));
    assertThat(judge("faultHealed", both)).isEqualTo(MET);
    assertThat(judge("faultHealed", both.add(look(HEAL + 140, true, "pg2"))))
        .isEqualTo(UNDETERMINED);
  }

  /**
   * Patroni is killed on pg1 and pg2, each seen by its own console; nobody has looked since the
   * heal.
   */
  private static Forge onTwoHosts() {
    Forge forge = Drills.powerOff().without(Event.Witnessed.class);
    forge.each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(),
                i.fault(),
                "kill-patroni",
                "process",
                List.of("pg1", "pg2"),
                i.description()));
    for (double ms : new double[] {FAULT + 50, HEAL - 50}) {
      forge.add(look(ms, true, "pg1")).add(look(ms, true, "pg2"));
    }
    return forge;
  }

  private static Event look(double ms, boolean holds, String host) {
    return new Event.Witnessed(
        Forge.at(ms, ms + 1), "loss", holds, holds, "console of " + host, "looked");
  }

  private static double at(Event event) {
    return (double) event.at().startNs() / Forge.MS;
  }

  @Test
  void aGroundThatWasNotPreparedIsNoProvedFault() {
    Forge forge =
        Drills.powerOff()
            .add(
                new Event.Awaited(
                    Forge.at(8_000, 9_000), "every standby lags", false, 1, "", null));
    assertThat(judge("faultTookHold", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void whatHandsDidMeanwhileIsNotOnTheLedger() {
    Forge forge =
        Drills.powerOff()
            .add(
                new Event.Action(
                    Forge.at(15_000, 15_000),
                    "operator",
                    LedgerSoundness.STOPPED,
                    "drill",
                    "after: …"));
    assertThat(judge("ledgerIsSound", forge)).isEqualTo(UNDETERMINED);
    assertThat(judge("recoveryTime", forge)).isEqualTo(UNDETERMINED);
    assertThat(judge("dataLoss", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void oneServedClientDoesNotHideAnother() {
    Forge forge = Drills.lostPrimary();
    for (double ms = 10; ms < END; ms += 20) {
      WriteOutcome outcome = ms < FAULT ? WriteOutcome.ACKNOWLEDGED : WriteOutcome.REFUSED;
      forge.write(ms, ms + 4, "routed@b", null, outcome, ms < FAULT ? "pg1" : null, 1);
    }
    assertThat(judge("recoveryTime", Drills.readBack(forge, ALL_ACKS))).isEqualTo(MISSED);
  }

  @Test
  void aThresholdAboveTheRtoHidesNoOutage() {
    Target target = Drills.rto(5_000);
    Target wide =
        new Target(
            target.context(),
            target.objective(),
            Duration.ofSeconds(60),
            target.routedRate(),
            target.leastLoad(),
            target.steady(),
            target.declaredSynchronous(),
            null,
            target.survivingCluster());
    assertThat(Drills.judge("recoveryTime", Drills.powerOff(), wide).verdict()).isEqualTo(MISSED);
  }

  @Test
  void serviceThatWasGoneBeforeTheFaultIsNoRecovery() {
    Forge forge = Drills.lostPrimary();
    forge.without(e -> e instanceof Event.Write && at(e) >= 9_000 && at(e) < FAULT).renumbered();
    assertThat(judge("recoveryTime", Drills.readBack(forge, ALL_ACKS))).isEqualTo(UNDETERMINED);
  }

  @Test
  void noLossWithoutTheDeclaredSynchronyIsLuck() {
    Forge asynchronous =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(), t.members(), t.leader(), t.etcdLeader(), false, t.storage()));
    assertThat(judge("dataLoss", asynchronous)).isEqualTo(UNDETERMINED);
    Forge nobodyWaitedFor =
        Drills.powerOff()
            .each(
                Event.Standbys.class,
                s ->
                    new Event.Standbys(
                        s.at(),
                        s.member(),
                        s.lsn(),
                        s.standbys().stream().map(WrongMetTest::async).toList()));
    assertThat(judge("dataLoss", nobodyWaitedFor)).isEqualTo(UNDETERMINED);
    assertThat(judge("redundancyRestored", nobodyWaitedFor)).isEqualTo(MISSED);
    assertThat(judge("dataLoss", Drills.powerOff().without(Event.Standbys.class)))
        .isEqualTo(UNDETERMINED);
  }

  private static Event.Standby async(Event.Standby s) {
    return new Event.Standby(s.member(), s.state(), "async", s.flushLsn(), s.replayLsn());
  }

  @Test
  void aWriteThatWasLeftOutOfTheLedgerIsNoticed() {
    Forge forge = Drills.lostPrimary();
    Drills.readBack(forge, w -> w.acknowledged() && w.sequence() != 100);
    forge.without(e -> e instanceof Event.Write w && w.routed() && w.sequence() == 100);
    assertThat(judge("dataLoss", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aHarnessThatNotedAnErrorProvesNothing() {
    Forge forge =
        Drills.powerOff()
            .add(new Event.Note(Forge.at(20_000, 20_000), "error", "probe of pg1 stopped: x"));
    assertThat(judge("ledgerIsSound", forge)).isEqualTo(UNDETERMINED);
    assertThat(judge("noSplitBrain", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aReadBackBesideAnUnknownOrLaterLeaderProvesNothing() {
    assertThat(judge("dataLoss", Drills.powerOff().without(Event.LeaderKey.class)))
        .isEqualTo(UNDETERMINED);
    assertThat(judge("dataLoss", Drills.powerOff().key(46_050, "pg3", 9))).isEqualTo(UNDETERMINED);
    Forge promotedLater =
        Drills.powerOff().probes(46_500, 46_600, "pg3", Event.ProbeResult.COMMITTED, 3);
    assertThat(judge("dataLoss", promotedLater)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aClockThatNobodyWatchedAfterTheHealIsUndetermined() {
    Forge forge = Drills.powerOff().without(e -> e instanceof Event.WallClock && at(e) > 31_000);
    assertThat(judge("recoveryTime", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void anotherTargetThanTheDeclaredOneMeetsNothing() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Note(Forge.at(1, 1), "info", LedgerDeclarations.target(Drills.rto(1_000))));
    assertThat(judge("recoveryTime", forge)).isEqualTo(UNDETERMINED);
    Forge same = Drills.powerOff();
    same.add(new Event.Note(Forge.at(1, 1), "info", LedgerDeclarations.target(Drills.target())));
    assertThat(judge("recoveryTime", same)).isEqualTo(MET);
    assertThat(LedgerDeclarations.told(same.history())).isTrue();
    assertThat(LedgerDeclarations.told(Drills.powerOff().history())).isFalse();
  }

  @Test
  void theLedgerOfAnotherContextOrDisruptionMeetsNothing() {
    for (List<String> other : List.of(List.of("other", "node-loss"), List.of("orders", "freeze"))) {
      Forge forge =
          Drills.powerOff()
              .each(
                  Event.Opened.class,
                  o ->
                      new Event.Opened(
                          o.at(),
                          o.format(),
                          o.runId(),
                          o.scenario(),
                          o.environment(),
                          other.get(0),
                          other.get(1),
                          o.wallClockAnchor(),
                          o.versions()));
      assertThat(judge("faultTookHold", forge)).isEqualTo(UNDETERMINED);
    }
  }

  @Test
  void oneOrderPermitsOnePromotion() {
    Forge forge =
        Drills.switchover().without(e -> e instanceof Event.Probed p && p.member().equals("pg3"));
    forge.probes(0, 33_000, "pg3", Event.ProbeResult.READ_ONLY, 1);
    forge.probes(33_000, END, "pg3", Event.ProbeResult.COMMITTED, 3);
    Target manual = Drills.failover(FailoverMode.MANUAL);
    Finding finding = Drills.judge("promotionWasPermitted", forge, manual);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.summary()).startsWith("pg3 was promoted without");
    assertThat(Drills.judge("promotionWasPermitted", Drills.switchover(), manual).verdict())
        .isEqualTo(MET);
    // A second order permits the second promotion.
    forge.injected(32_000, 32_500, "again", "switchover", "order");
    assertThat(Drills.judge("promotionWasPermitted", forge, manual).verdict()).isEqualTo(MET);
  }

  @Test
  void aHostThatWasSeenWithPowerAgainIsNoLongerExcused() {
    Forge forge =
        Drills.powerOff()
            .without(
                e -> e instanceof Event.Probed p && p.result() == Event.ProbeResult.UNREACHABLE);
    assertThat(judge("noSplitBrain", forge)).isEqualTo(MET);
    assertThat(judge("noSplitBrain", forge.witnessed(20_000, "loss", true, false)))
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void aLedgerThatDeclaresNoStandbyShowsNoRedundancy() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream().filter(m -> m.name().equals("pg2")).toList(),
                        t.leader(),
                        t.etcdLeader(),
                        false,
                        t.storage()));
    for (String gone : List.of("pg1", "pg3")) {
      forge.without(e -> e instanceof Event.Probed p && p.member().equals(gone));
    }
    forge.without(e -> e instanceof Event.Write w && "pg1".equals(w.member()));
    forge.without(e -> e instanceof Event.LeaderKey k && "pg1".equals(k.holder()));
    forge.without(e -> e instanceof Event.Standbys s && s.member().equals("pg1")).renumbered();
    assertThat(judge("redundancyRestored", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void anOutageBeforeWhichNothingSurvivedIsAnOutage() {
    // Everything from before the fault is lost; the first write that survives came 8 s after it.
    Forge forge =
        Drills.readBack(Drills.lostPrimary(), w -> w.acknowledged() && at(w) >= Drills.BACK);
    assertThat(Drills.judge("recoveryTime", forge, Drills.rto(5_000)).verdict()).isEqualTo(MISSED);
    assertThat(Drills.judge("recoveryTime", forge, Drills.rto(8_004)).verdict()).isEqualTo(MET);
    Forge later =
        Drills.readBack(Drills.lostPrimary(), w -> w.acknowledged() && at(w) >= HEAL + 6_000);
    assertThat(Drills.judge("serviceReturned", later, Drills.rto(5_000)).verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void aStandbyThatNobodyLookedAtForLongMayHaveBeenAwayMeanwhile() {
    // Restored 3 s after the heal, then nobody looked from 34 to 41 s.
    Forge forge =
        Drills.powerOff()
            .without(e -> e instanceof Event.Standbys && at(e) > 34_000 && at(e) < 41_000);
    Finding finding = Drills.judge("redundancyRestored", forge, Drills.target());
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(finding.measured()).isEqualTo(new Finding.Measured(2_790, 11_001, 10_000.0, "ms"));
    Forge five =
        Drills.powerOff()
            .without(e -> e instanceof Event.Standbys && at(e) > 34_000 && at(e) < 39_000);
    assertThat(judge("redundancyRestored", five)).isEqualTo(MET);
    assertThat(Drills.judge("redundancyRestored", five, Drills.target()).measured())
        .isEqualTo(new Finding.Measured(2_790, 3_001, 10_000.0, "ms"));
  }
}
