package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.OrderAnswered;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ledgers that came to a wrong verdict when they were read by somebody who meant them to. */
final class HostileLedgersTest {
  private static Verdict verdict(String check, Forge forge) {
    return Drills.judge(check, forge, Drills.target()).verdict();
  }

  @Test
  void aBacklogBeforeTheFaultAsksNobodyForMoreAfterwards() {
    // What was due from 3 to 5 s returned only after 5 s, within the judged seconds.
    Forge forge =
        Drills.lostPrimary()
            .each(
                Event.Write.class,
                w ->
                    w.routed()
                            && w.at().startNs() >= 3_000 * Forge.MS
                            && w.at().endNs() < 5_050 * Forge.MS
                        ? late(w)
                        : w);
    Finding finding =
        Drills.judge("recoveryTime", Drills.readBack(forge, ALL_ACKS), Drills.rto(20_000));
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(Objects.requireNonNull(finding.measured()).upper()).isEqualTo(8_004);
  }

  private static Event.Write late(Event.Write w) {
    return new Event.Write(
        Forge.at(5_060, 5_064),
        w.scheduledNs(),
        w.writer(),
        w.site(),
        w.pinnedTo(),
        w.sequence(),
        w.outcome(),
        w.member(),
        w.timeline(),
        w.lsn(),
        w.xid(),
        w.sqlState(),
        w.warning());
  }

  @Test
  void whatTheSuccessorAcknowledgedToPinnedClientsMustBeThereToo() {
    Forge forge = Drills.lostPrimary().pinned(20_000, 25_000, "pg2", 2);
    Drills.readBack(forge, w -> w.acknowledged() && w.routed());
    assertThat(verdict("dataLoss", forge)).isEqualTo(MISSED);
  }

  @Test
  void aWarningBesideAnAcknowledgementSaysThatNobodyWaited() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Write.class,
                w ->
                    w.routed() && w.acknowledged() && w.sequence() == 7
                        ? new Event.Write(
                            w.at(),
                            w.scheduledNs(),
                            w.writer(),
                            w.site(),
                            null,
                            w.sequence(),
                            w.outcome(),
                            w.member(),
                            w.timeline(),
                            w.lsn(),
                            w.xid(),
                            null,
                            "01000: canceling wait for synchronous replication")
                        : w);
    assertThat(verdict("dataLoss", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aFaultOfThePlanThatNeverCameIsNoFault() {
    Forge forge = Drills.powerOff();
    forge.add(
        new Event.Note(
            Forge.at(1, 1),
            "info",
            LedgerDeclarations.plan(List.of("inject 'loss'", "inject 'second'"))));
    assertThat(Drills.why("faultTookHold", forge, Drills.target()))
        .isEqualTo("fault 'second' of the plan was not injected");
  }

  @Test
  void aSettingThatWasReadAfterTheFaultSaysNothingOfBefore() {
    Forge forge =
        Drills.powerOff()
            .without(e -> e instanceof Event.SettingSeen s && s.subject().equals("pg1"))
            .durable(45_200, "pg1");
    assertThat(verdict("dataLoss", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void whoeverTookTheKeyWhileNobodyWatchedMayHaveBeenAnybody() {
    Forge forge = Drills.powerOff().without(Event.LeaderKey.class);
    forge.key(0, "pg1", 1).key(16_000, null, 2).key(23_000, "pg2", 3);
    assertThat(verdict("promotionWasPermitted", forge)).isEqualTo(MISSED);
    forge.add(new Event.Stalled(Forge.at(20_000, 22_000), 2_000 * Forge.MS));
    assertThat(verdict("promotionWasPermitted", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aHostThatAnswersIsWatchedFromThenOn() {
    Forge forge =
        Drills.powerOff()
            .without(
                e ->
                    e instanceof Event.Probed p
                        && p.member().equals("pg1")
                        && p.at().startNs() > Drills.FAULT * Forge.MS);
    forge.probes(30_100, Drills.END, "pg1", Event.ProbeResult.READ_ONLY, 2);
    assertThat(verdict("noSplitBrain", forge)).isEqualTo(MET);
    forge.probes(20_000, 20_050, "pg1", Event.ProbeResult.READ_ONLY, 1);
    assertThat(verdict("noSplitBrain", forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void anOrderThatNobodyHeardWasRefused() {
    assertThat(answered(0, "Connection refused").refused()).isTrue();
    assertThat(answered(302, "moved").refused()).isTrue();
    assertThat(answered(412, "no").refused()).isTrue();
    assertThat(answered(503, "Switchover status unknown").refused()).isFalse();
    assertThat(answered(0, "timed out").refused()).isFalse();
    assertThat(answered(200, "over to \"pg2\"").refused()).isFalse();
  }

  private static OrderAnswered answered(int status, String text) {
    return new OrderAnswered(Forge.at(1, 2), "order", null, status, text);
  }
}
