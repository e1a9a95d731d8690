package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static io.drillyard.ledger.Event.ProbeResult.ERROR;
import static io.drillyard.ledger.Event.ProbeResult.HUNG;
import static io.drillyard.ledger.Event.ProbeResult.READ_ONLY;
import static io.drillyard.ledger.Event.ProbeResult.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who was promoted when, by whom, and what several promotions come to. */
final class ObservedPromotionTest {
  private static Forge run() {
    return new Forge()
        .topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3")
        .injected(10_000, 10_010, "loss", "power-off", "host");
  }

  private static List<ObservedPromotion> promotions(Forge forge) {
    LedgerViews history = forge.history();
    return ObservedPromotion.of(history, Objects.requireNonNull(history.faults().disruption()));
  }

  private static Event.Probed probe(
      double ms, Event.ProbeResult result, boolean inRecovery, int timeline) {
    return new Event.Probed(
        Forge.at(ms, ms + 4), "pg2", result, inRecovery, timeline, 100, 0, null);
  }

  @Test
  void whoeverFirstCommitsFromTheInjectionOnWasPromoted() {
    assertThat(promotions(run().add(probe(10_000, COMMITTED, false, 2))))
        .containsExactly(new ObservedPromotion("pg2", "alpha", Long.MIN_VALUE, 10_004 * Forge.MS));
    Forge before = run().add(probe(9_999.999, COMMITTED, false, 2));
    assertThat(promotions(before.add(probe(12_000, COMMITTED, false, 2)))).isEmpty();
  }

  @Test
  void whoeverTakesTheKeyWithoutCommittingWasPromotedToo() {
    assertThat(promotions(run().key(10_000, "pg3", 2)))
        .containsExactly(
            new ObservedPromotion("pg3", "alpha", 10_000 * Forge.MS, 10_001 * Forge.MS));
    assertThat(promotions(run().key(9_999, "pg3", 2))).isEmpty();
    assertThat(promotions(run().key(11_000, "pg1", 2))).isEmpty();
    assertThat(promotions(run().key(11_000, null, 2))).isEmpty();
    assertThat(promotions(run().key(11_000, "pg3", 2).key(12_000, "pg3", 3))).hasSize(1);
    Forge both = run().key(11_000, "pg2", 2).add(probe(12_000, COMMITTED, false, 2));
    assertThat(promotions(both)).hasSize(1);
  }

  private static long notBefore(Event.Probed... looks) {
    Forge forge = run().add(probe(20_000, COMMITTED, false, 2));
    for (Event.Probed look : looks) {
      forge.add(look);
    }
    return promotions(forge).get(0).notBeforeNs();
  }

  @Test
  void itWasNotBeforeTheLastLookThatSawNoPrimary() {
    assertThat(notBefore(probe(12_000, READ_ONLY, true, 1), probe(15_000, READ_ONLY, true, 1)))
        .isEqualTo(15_000 * Forge.MS);
    assertThat(notBefore(failed(UNREACHABLE, "08001: connection refused")))
        .isEqualTo(12_000 * Forge.MS);
    assertThat(notBefore(failed(ERROR, "57P03: FATAL: the database system is starting up")))
        .isEqualTo(12_000 * Forge.MS);
  }

  private static Event.Probed failed(Event.ProbeResult result, String error) {
    return new Event.Probed(Forge.at(12_000, 12_004), "pg2", result, false, 0, 0, 0, error);
  }

  @Test
  void aLookThatCouldHaveBeenAtAPrimarySaysNothing() {
    assertThat(notBefore(failed(UNREACHABLE, "08001: timed out"))).isEqualTo(Long.MIN_VALUE);
    assertThat(notBefore(failed(ERROR, "57P01: FATAL: terminating"))).isEqualTo(Long.MIN_VALUE);
    assertThat(notBefore(probe(12_000, HUNG, false, 0))).isEqualTo(Long.MIN_VALUE);
    assertThat(notBefore(probe(12_000, READ_ONLY, false, 1))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aCommitOnAnOlderTimelineWasBeforeThePromotionToTheNewOne() {
    Forge forge = run().add(probe(11_000, COMMITTED, false, 1));
    forge.add(probe(20_000, COMMITTED, false, 2)).add(probe(15_000, COMMITTED, false, 2));
    assertThat(promotions(forge))
        .extracting(ObservedPromotion::notBeforeNs)
        .containsExactly(Long.MIN_VALUE, 11_000 * Forge.MS);
  }

  @Test
  void aLookMustHaveEndedBeforeTheFirstCommitReturned() {
    Event.Probed at =
        new Event.Probed(Forge.at(19_000, 20_004), "pg2", READ_ONLY, true, 1, 0, 0, null);
    assertThat(notBefore(at)).isEqualTo(Long.MIN_VALUE);
    Event.Probed before =
        new Event.Probed(Forge.at(19_000, 20_003.999), "pg2", READ_ONLY, true, 1, 0, 0, null);
    assertThat(notBefore(before)).isEqualTo(19_000 * Forge.MS);
  }

  private static ObservedPromotion.By by(Forge forge) {
    LedgerViews history = forge.add(probe(20_000, COMMITTED, false, 2)).history();
    return ObservedPromotion.of(history, Objects.requireNonNull(history.faults().disruption()))
        .get(0)
        .by(history);
  }

  @Test
  void theLeaseIsBehindItIfItHeldTheKeyThenOrWithinTheWatchsLag() {
    // Seen at 20 004 ms; the watch may be five seconds behind.
    assertThat(by(run().key(20_004, "pg2", 2))).isEqualTo(ObservedPromotion.By.LEASE);
    assertThat(by(run().key(20_004, "pg2", 2).key(20_005, null, 3)))
        .isEqualTo(ObservedPromotion.By.LEASE);
    assertThat(by(run().key(20_004, "pg2", 2).key(20_004, "pg3", 3)))
        .isEqualTo(ObservedPromotion.By.SOMEBODY_ELSE);
    assertThat(by(run().key(25_004, "pg2", 2))).isEqualTo(ObservedPromotion.By.LEASE);
    assertThat(by(run().key(25_004.001, "pg2", 2))).isEqualTo(ObservedPromotion.By.SOMEBODY_ELSE);
    assertThat(by(run().key(21_000, "pg3", 2))).isEqualTo(ObservedPromotion.By.SOMEBODY_ELSE);
  }

  @Test
  void anotherClustersKeyIsNotWatchedForIt() {
    assertThat(by(run())).isEqualTo(ObservedPromotion.By.NOBODY_WATCHED);
    Event.LeaderKey other = new Event.LeaderKey(Forge.at(20_000, 20_001), "beta", "pg2", 1);
    assertThat(by(run().add(other))).isEqualTo(ObservedPromotion.By.NOBODY_WATCHED);
  }

  /** pg2 is promoted at 17.5 s and pg3 at 33 s, each after an order of its own, or without. */
  private static Finding twice(@Nullable Double order2, @Nullable Double order3) {
    Forge forge =
        Drills.powerOff().without(e -> e instanceof Event.Probed p && p.member().equals("pg3"));
    forge.probes(0, 33_000, "pg3", READ_ONLY, 1).probes(33_000, Drills.END, "pg3", COMMITTED, 3);
    if (order2 != null) {
      forge.action(order2, order2 + 1, "operator", "promote", "pg2");
    }
    if (order3 != null) {
      forge.action(order3, order3 + 1, "operator", "promote", "pg3");
    }
    return Drills.judge("promotionWasPermitted", forge, Drills.failover(FailoverMode.MANUAL));
  }

  @Test
  void theWorstOfSeveralPromotionsDecides() {
    Finding met = twice(14_000.0, 32_000.0);
    assertThat(met.verdict()).isEqualTo(MET);
    assertThat(met.summary()).isEqualTo("pg2 was promoted after an operator's order");
    Finding missedSecond = twice(14_000.0, null);
    assertThat(missedSecond.verdict()).isEqualTo(MISSED);
    assertThat(missedSecond.summary())
        .isEqualTo("pg3 was promoted without an operator's order before it");
    Finding missedFirst = twice(null, 32_950.0);
    assertThat(missedFirst.verdict()).isEqualTo(MISSED);
    assertThat(missedFirst.summary()).startsWith("pg2 was promoted without");
    Finding missedBoth = twice(null, null);
    assertThat(missedBoth.summary()).startsWith("pg2 was promoted without");
    Finding openSecond = twice(14_000.0, 32_950.0);
    assertThat(openSecond.verdict()).isEqualTo(UNDETERMINED);
    assertThat(openSecond.summary())
        .isEqualTo("whether an operator's order came before the promotion of pg3 is not decided");
    assertThat(twice(17_450.0, 32_950.0).summary()).endsWith("of pg2 is not decided");
    assertThat(twice(17_450.0, 32_000.0).verdict()).isEqualTo(UNDETERMINED);
    assertThat(twice(17_450.0, null).summary()).startsWith("pg3 was promoted without");
  }

  private static Verdict ordered(double ms) {
    return Drills.judge(
            "promotionWasPermitted",
            Drills.powerOff().action(ms, ms + 1, "operator", "promote", "pg2"),
            Drills.failover(FailoverMode.MANUAL))
        .verdict();
  }

  @Test
  void anOrderIsBeforeThePromotionUpToTheLastLookThatSawNone() {
    // Last seen read-only from 17 400 ms on; the first commit had returned at 17 504.
    assertThat(ordered(17_400)).isEqualTo(MET);
    assertThat(ordered(17_400.001)).isEqualTo(UNDETERMINED);
    assertThat(ordered(17_504)).isEqualTo(UNDETERMINED);
    assertThat(ordered(17_504.001)).isEqualTo(MISSED);
  }

  @Test
  void whatWasApprovedBeforeTheDisruptionApprovesNothingOfIt() {
    // The act ends one millisecond after it began; the injection began at 10 000.
    assertThat(ordered(9_999)).isEqualTo(MET);
    assertThat(ordered(9_998.999)).isEqualTo(MISSED);
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(why(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("no fault was injected");
    assertThat(why(Drills.powerOff().without(Event.LeaderKey.class)))
        .isEqualTo("nobody watched the leader key when pg2 was promoted");
    Forge idle = Drills.powerOff().without(Event.LeaderKey.class).without(Event.Write.class);
    idle.without(e -> e instanceof Event.Probed p && p.result() == COMMITTED);
    assertThat(why(idle)).isEqualTo("no member was seen to accept a single commit");
    Forge blind = Drills.powerOff();
    blind.without(e -> e instanceof Event.Probed p && p.member().equals("pg3"));
    assertThat(why(blind)).startsWith("pg3 never answered anybody");
  }

  private static String why(Forge forge) {
    return Drills.why("promotionWasPermitted", forge, Drills.failover(FailoverMode.AUTOMATIC));
  }
}
