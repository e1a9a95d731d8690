package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.ledger.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromotionWasPermittedTest {
  private static Verdict judge(Forge forge, FailoverMode mode) {
    return Drills.judge("promotionWasPermitted", forge, Drills.failover(mode)).verdict();
  }

  @Test
  void byLeaseIsWhatAutomaticMeans() {
    assertThat(judge(Drills.powerOff(), FailoverMode.AUTOMATIC)).isEqualTo(MET);
    assertThat(judge(Drills.powerOff(), FailoverMode.OPERATOR_APPROVED)).isEqualTo(MISSED);
    assertThat(judge(Drills.powerOff(), FailoverMode.MANUAL)).isEqualTo(MISSED);
  }

  @Test
  void aMemberThatNeverHeldTheKeyWasPromotedBySomebodyElse() {
    Forge forge = Drills.powerOff().without(Event.LeaderKey.class).key(0, "pg1", 1);
    assertThat(judge(forge, FailoverMode.AUTOMATIC)).isEqualTo(MISSED);
    assertThat(judge(forge.without(Event.LeaderKey.class), FailoverMode.AUTOMATIC))
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void theWatchOfTheKeyMayLag() {
    Forge forge = Drills.powerOff().without(Event.LeaderKey.class).key(0, "pg1", 1);
    assertThat(judge(forge.key(19_000, "pg2", 2), FailoverMode.AUTOMATIC)).isEqualTo(MET);
    Forge late = Drills.powerOff().without(Event.LeaderKey.class).key(0, "pg1", 1);
    assertThat(judge(late.key(25_000, "pg2", 2), FailoverMode.AUTOMATIC)).isEqualTo(MISSED);
  }

  @Test
  void approvalMustComeBeforeThePromotion() {
    FailoverMode mode = FailoverMode.OPERATOR_APPROVED;
    assertThat(judge(approved(14_000, "operator", "alpha"), mode)).isEqualTo(MET);
    assertThat(judge(approved(20_000, "operator", "alpha"), mode)).isEqualTo(MISSED);
    assertThat(judge(approved(17_450, "operator", "alpha"), mode)).isEqualTo(UNDETERMINED);
    assertThat(judge(approved(14_000, "operator", "beta"), mode)).isEqualTo(MISSED);
    assertThat(judge(approved(14_000, "harness", "alpha"), mode)).isEqualTo(MISSED);
    assertThat(judge(approved(14_000, "operator", "alpha"), FailoverMode.MANUAL)).isEqualTo(MISSED);
  }

  @Test
  void aHungClientDoesNotHideThatItWasAStandby() {
    Forge forge = approved(17_300, "operator", "alpha");
    assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MET);
    forge.write(
        10_000,
        20_000,
        "pinned:pg2@z",
        "pg2",
        io.drillyard.ledger.WriteOutcome.UNKNOWN,
        null,
        0,
        0);
    assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MET);
  }

  private static Forge approved(double ms, String actor, String subject) {
    return Drills.powerOff().action(ms, ms + 10, actor, "approve-promotion", subject);
  }

  @Test
  void approvedButPromotedBySomebodyElseIsMissed() {
    Forge forge = approved(14_000, "operator", "pg2").without(Event.LeaderKey.class);
    assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(UNDETERMINED);
    assertThat(judge(forge.key(0, "pg1", 1), FailoverMode.OPERATOR_APPROVED)).isEqualTo(MISSED);
  }

  @Test
  void anOperatorsOwnOrderIsWhatManualMeans() {
    for (String verb : new String[] {"promote", "restore", "switchover"}) {
      Forge forge = Drills.powerOff().action(14_000, 19_000, "operator", verb, "a");
      assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(MET);
      assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MET);
    }
    Forge after = Drills.powerOff().action(19_000, 19_500, "operator", "promote", "pg2");
    assertThat(judge(after, FailoverMode.MANUAL)).isEqualTo(MISSED);
  }

  @Test
  void anOrderedSwitchoverIsTheOperatorsAct() {
    for (FailoverMode mode : FailoverMode.values()) {
      assertThat(judge(Drills.switchover(), mode)).isEqualTo(MET);
    }
  }

  /** pg2 is promoted by lease at 17.5 s and pg3 at 33 s. */
  private static Forge twice() {
    Forge forge =
        Drills.powerOff().without(e -> e instanceof Event.Probed p && p.member().equals("pg3"));
    forge.probes(0, 33_000, "pg3", READ_ONLY, 1).probes(33_000, Drills.END, "pg3", COMMITTED, 3);
    return forge.key(33_000, "pg3", 4);
  }

  private static Forge approve(Forge forge, double ms) {
    return forge.action(ms, ms + 10, "operator", "approve-promotion", "alpha");
  }

  @Test
  void oneApprovalPermitsOnePromotion() {
    FailoverMode mode = FailoverMode.OPERATOR_APPROVED;
    Finding second =
        Drills.judge("promotionWasPermitted", approve(twice(), 14_000), Drills.failover(mode));
    assertThat(second.verdict()).isEqualTo(MISSED);
    assertThat(second.summary())
        .isEqualTo("pg3 was promoted without an operator's approval or order of its own before it");
    assertThat(judge(approve(approve(twice(), 14_000), 32_000), mode)).isEqualTo(MET);
    // Both were given for the first.
    assertThat(judge(approve(approve(twice(), 14_000), 14_500), mode)).isEqualTo(MISSED);
  }

  @Test
  void anApprovalAndTheOrderThatCarriesItOutPermitOnePromotionTogether() {
    Forge forge = approve(twice(), 14_000).action(14_100, 19_000, "operator", "promote", "alpha");
    assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MISSED);
    assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(MISSED);
    forge.action(32_000, 33_500, "operator", "promote", "alpha");
    assertThat(judge(forge, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MET);
    assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(MET);
  }

  @Test
  void whetherAnApprovalWasForTheFirstOrTheSecondPromotionMayBeOpen() {
    // pg2 was last seen read-only at 17 400 ms and committed by 17 504.
    FailoverMode mode = FailoverMode.OPERATOR_APPROVED;
    assertThat(judge(approve(approve(twice(), 14_000), 17_450), mode)).isEqualTo(UNDETERMINED);
    assertThat(judge(approve(twice(), 17_450), mode)).isEqualTo(UNDETERMINED);
    assertThat(judge(approve(twice(), 17_600), mode)).isEqualTo(MISSED);
  }

  private static Forge failover(Forge forge, double ms, String... targets) {
    return forge.add(
        new Event.Injected(
            Forge.at(ms, ms + 20),
            "forced",
            "forced-failover",
            "operator",
            List.of(targets),
            "an operator forces a failover to another replica",
            true));
  }

  private static Forge forced(Forge from, String... targets) {
    return failover(from.without(Event.Injected.class), Drills.FAULT, targets);
  }

  @Test
  void aForcedFailoverIsTheOperatorsOrderForOnePromotion() {
    for (FailoverMode mode : FailoverMode.values()) {
      assertThat(judge(forced(Drills.switchover(), "pg1", "pg2"), mode)).isEqualTo(MET);
      // An older ledger does not say to whom.
      assertThat(judge(forced(Drills.switchover(), "pg1"), mode)).isEqualTo(MET);
    }
    Forge again = forced(twice(), "pg1");
    again.without(Event.Healed.class).without(Event.Witnessed.class);
    assertThat(judge(again, FailoverMode.MANUAL)).isEqualTo(MISSED);
    assertThat(judge(again, FailoverMode.OPERATOR_APPROVED)).isEqualTo(MISSED);
  }

  @Test
  void aForcedFailoverPermitsOnlyTheMemberItNamesAndOnlyAfterwards() {
    assertThat(judge(forced(Drills.switchover(), "pg1", "pg3"), FailoverMode.MANUAL))
        .isEqualTo(MISSED);
    assertThat(judge(forced(Drills.switchover(), "pg9"), FailoverMode.MANUAL)).isEqualTo(MISSED);
    assertThat(judge(forced(Drills.switchover()), FailoverMode.MANUAL)).isEqualTo(MISSED);
    assertThat(judge(failover(Drills.powerOff(), 14_000, "pg1", "pg2"), FailoverMode.MANUAL))
        .isEqualTo(MET);
    assertThat(judge(failover(Drills.powerOff(), 17_450, "pg1", "pg2"), FailoverMode.MANUAL))
        .isEqualTo(UNDETERMINED);
    assertThat(judge(failover(Drills.powerOff(), 20_000, "pg1", "pg2"), FailoverMode.MANUAL))
        .isEqualTo(MISSED);
  }

  @Test
  void anOrderThatOnlyPreparedPermitsNothingOfTheDisruption() {
    Forge forge = Drills.powerOff();
    forge.injected(5_000, 5_010, "prepare-order", "switchover", "order");
    assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(MISSED);
  }

  @Test
  void nobodyPromotedIsMetIfEverybodyWasWatched() {
    Forge forge = Drills.lostPrimary().without(Event.LeaderKey.class).key(0, "pg1", 1);
    forge.without(e -> e instanceof Event.Probed p && p.member().equals("pg2"));
    forge.without(e -> e instanceof Event.Write w && "pg2".equals(w.member()));
    assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(UNDETERMINED);
    forge.probes(0, Drills.END, "pg2", Event.ProbeResult.READ_ONLY, 1);
    assertThat(judge(forge, FailoverMode.MANUAL)).isEqualTo(MET);
  }
}
