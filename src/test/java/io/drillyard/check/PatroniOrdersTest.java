package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.OrderAnswered;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An order took hold when Patroni did not refuse it, and the key went to whom it names, in time.
 */
final class PatroniOrdersTest {
  private static final String CHECK = "faultTookHold";

  private static String why(Forge forge) {
    return Drills.why(CHECK, forge, Drills.target());
  }

  private static void holds(Forge forge) {
    assertThat(Drills.judge(CHECK, forge, Drills.target()).verdict()).isEqualTo(MET);
  }

  private static Forge answered(@Nullable String candidate, int status, String text) {
    return Drills.switchover()
        .without(OrderAnswered.class)
        .answered(FAULT, 17_200, "order", candidate, status, text);
  }

  @Test
  void aRefusedOrderDidNotTakeHold() {
    holds(Drills.switchover());
    assertThat(why(answered(null, 412, "no good candidates have been found")))
        .isEqualTo("Patroni refused order 'order': 412 no good candidates have been found");
    assertThat(why(answered(null, 503, "Switchover failed"))).contains("refused");
  }

  @Test
  void whatPatroniDoesNotKnowYetTheKeyTells() {
    holds(answered(null, 503, "Switchover status unknown"));
    holds(answered(null, 0, "no answer: Connection reset"));
  }

  @Test
  void theKeyMustGoToWhomTheOrderOrTheAnswerNames() {
    holds(answered("pg2", 200, "Successfully failed over to \"pg2\""));
    assertThat(why(answered("pg3", 0, "no answer")))
        .isEqualTo("the leader key went to pg2 after order 'order', not to pg3");
    assertThat(why(answered(null, 200, "Successfully switched over to \"pg3\"")))
        .isEqualTo("the leader key went to pg2 after order 'order', not to pg3");
    assertThat(why(answered("pg3", 200, "Failed over to \"pg2\" instead of \"pg3\"")))
        .startsWith("order 'order' was for pg3, and Patroni answered");
  }

  private static Forge moved(double ms, int status) {
    Forge forge = Drills.switchover().without(Event.LeaderKey.class).without(OrderAnswered.class);
    return forge
        .key(0, "pg1", 1)
        .key(ms, "pg2", 2)
        .answered(FAULT, 12_000, "order", null, status, "switched over to \"pg2\"");
  }

  private static @Nullable String doubt(Forge forge) {
    LedgerViews history = forge.history();
    return PatroniOrders.doubt(history, history.faults().injected().getFirst());
  }

  @Test
  void theKeyMustMoveInTime() {
    // Answered at 12 s: until 17 s. Not answered: ttl and a minute after the order's end.
    assertThat(doubt(moved(17_000, 200))).isNull();
    assertThat(doubt(moved(17_000.001, 200))).contains("too late to be its doing");
    double bound = FAULT + 1_500 + 90_000;
    assertThat(doubt(moved(bound, 0))).isNull();
    assertThat(doubt(moved(bound + 0.001, 0))).contains("too late to be its doing");
    Forge shorter = moved(FAULT + 1_500 + 70_000, 0);
    assertThat(doubt(shorter)).isNull();
    shorter.add(new Event.SettingSeen(Forge.at(1, 2), "alpha", "ttl", "9", "9"));
    assertThat(doubt(shorter)).contains("too late to be its doing");
  }

  @Test
  void anOrderWhoseAnswerIsMissingIsNotProved() {
    assertThat(why(Drills.switchover().without(OrderAnswered.class)))
        .isEqualTo("what Patroni answered to order 'order' is not on the ledger");
    assertThat(why(Drills.switchover().each(OrderAnswered.class, PatroniOrdersTest::another)))
        .contains("is not on the ledger");
  }

  private static OrderAnswered another(OrderAnswered a) {
    return new OrderAnswered(a.at(), "other", a.candidate(), a.status(), a.text());
  }

  @Test
  void olderLedgersHaveNoAnswerAndNameTheCandidateAsTheLastTarget() {
    Forge older = Drills.switchover().without(OrderAnswered.class).format(5);
    holds(older);
    older.each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(), i.fault(), "forced-failover", "operator", List.of("pg1", "pg3"), "x"));
    assertThat(why(older)).isEqualTo("the leader key went to pg2 after order 'order', not to pg3");
  }

  @Test
  void aRefusedOrderPermitsNothing() {
    Forge forge = Drills.switchover();
    assertThat(permitted(forge)).isEqualTo(MET);
    String refused = "no good candidates have been found";
    forge.without(OrderAnswered.class).answered(FAULT, 10_100, "order", null, 412, refused);
    assertThat(permitted(forge)).isEqualTo(Verdict.MISSED);
    // What Patroni does not know yet was not refused.
    forge
        .without(OrderAnswered.class)
        .answered(FAULT, 10_100, "order", null, 503, "status unknown");
    assertThat(permitted(forge)).isEqualTo(MET);
  }

  private static Verdict permitted(Forge forge) {
    Target of = Drills.target();
    Objective o = of.objective();
    Objective manual =
        new Objective(o.disruption(), FailoverMode.MANUAL, o.rto(), o.rpo(), o.redundancy(), false);
    Target target =
        new Target(
            of.context(),
            manual,
            of.outageThreshold(),
            of.routedRate(),
            of.leastLoad(),
            of.steady(),
            of.declaredSynchronous(),
            null,
            of.survivingCluster());
    return Drills.judge("promotionWasPermitted", forge, target).verdict();
  }
}
