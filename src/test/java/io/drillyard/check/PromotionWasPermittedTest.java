package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.target.FailoverMode;
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
        10_000, 20_000, "pinned:pg2@z", "pg2", io.drillyard.ledger.Outcome.UNKNOWN, null, 0, 0);
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
