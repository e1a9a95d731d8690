package io.drillyard.check;

import static io.drillyard.check.Drills.BACK;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RedundancySeen;
import io.drillyard.ledger.TokenDecided;
import io.drillyard.ledger.TokenProved;
import io.drillyard.ledger.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hand-over that lost nothing by luck is not one that was proved. */
final class HandoverIsProvedTest {
  private static final double TOKEN = FAULT + 1_000;
  private static final double PROMOTE = 17_000;

  /**
   * pg1 of another cluster hands over to pg2: it is down from 10 s on, and pg2 serves from 18 s.
   */
  private static Forge handedOver() {
    Forge forge =
        Drills.powerOff()
            .without(Event.Injected.class)
            .without(Event.Healed.class)
            .without(Event.Witnessed.class)
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream().map(HandoverIsProvedTest::placed).toList(),
                        t.leader(),
                        t.etcdLeader(),
                        false,
                        t.storage()));
    forge.injected(FAULT, FAULT + 10, "route-closed", "clients-turned-away", "operator");
    forge.each(
        Event.Injected.class,
        i -> new Event.Injected(i.at(), i.fault(), i.type(), i.plane(), i.targets(), "x", true));
    forge.add(new Event.SettingSeen(at(1), "old", "synchronous_mode", "false", "false"));
    forge.witnessed(FAULT + 50, "route-closed", true, true);
    forge.add(token(acknowledged(forge))).add(proof(TOKEN + 200));
    forge.action(TOKEN + 300, TOKEN + 400, "harness", HandoverIsProved.DEMOTED, "old");
    forge.add(spent(TOKEN + 500)).add(proof(TOKEN + 700));
    return forge.action(PROMOTE, BACK - 400, "operator", "promote", "alpha");
  }

  private static Event.Member placed(Event.Member m) {
    return m.name().equals("pg1")
        ? new Event.Member(m.name(), "old", m.site(), m.dataAddress())
        : m;
  }

  private static Interval at(double ms) {
    return new Interval((long) (ms * Forge.MS), (long) ((ms + 100) * Forge.MS));
  }

  private static Map<String, Long> acknowledged(Forge forge) {
    Map<String, Long> last = new HashMap<>();
    for (Event event : forge.events()) {
      if (event instanceof Event.Write w && w.acknowledged() && "pg1".equals(w.member())) {
        last.merge(w.writer(), w.sequence(), Math::max);
      }
    }
    return last;
  }

  private static HandoverToken token(Map<String, Long> acknowledged) {
    return new HandoverToken(
        at(TOKEN),
        "old-1",
        "old",
        Map.of("pg1", HandoverToken.SHUT_DOWN),
        "pg1",
        "7",
        1,
        List.of(),
        Forge.lsn(FAULT) + 40,
        Forge.lsn(FAULT),
        acknowledged);
  }

  private static TokenProved proof(double ms) {
    return new TokenProved(
        at(ms),
        "old-1",
        "alpha",
        "pg2",
        "7",
        1,
        List.of(),
        Forge.lsn(FAULT) + 120,
        acknowledged(Drills.powerOff()));
  }

  private static TokenDecided spent(double ms) {
    return new TokenDecided(at(ms), "old-1", TokenDecided.SPENT, "drillyard/handover/old-1", true);
  }

  private static Finding judge(Forge forge) {
    return Drills.judge(HandoverIsProved.NAME, forge, Drills.target());
  }

  private static Forge withToken(UnaryOperator<HandoverToken> change) {
    return handedOver().each(HandoverToken.class, change);
  }

  private static Forge withProof(UnaryOperator<TokenProved> change) {
    return handedOver().each(TokenProved.class, change);
  }

  private static Forge switched(boolean expected, String... missing) {
    return handedOver()
        .add(new RedundancySeen(at(FAULT - 1_000), "old", "alpha", List.of(missing), expected));
  }

  /** A second switch before redundancy is back leaves one copy. */
  @Test
  void whoeverWasShutDownBeforeRedundancyWasBackIsMissed() {
    assertThat(judge(switched(false)).verdict()).isEqualTo(MET);
    Finding alone = judge(switched(false, "pg3 receives nothing"));
    assertThat(alone.verdict()).isEqualTo(MISSED);
    assertThat(alone.summary()).contains("redundancy was not back: pg3 receives nothing");
    assertThat(judge(switched(true, "pg3 receives nothing")).verdict()).isEqualTo(MISSED);
    Forge later =
        switched(true, "pg3 receives nothing")
            .add(new RedundancySeen(at(FAULT - 300), "old", "alpha", List.of(), false));
    assertThat(judge(later).verdict()).as("nobody looked at what was run").isEqualTo(UNDETERMINED);
    later.action(FAULT - 1_000, FAULT - 800, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
    assertThat(judge(later).verdict()).isEqualTo(MET);
    Forge called =
        switched(true).add(new RedundancySeen(at(FAULT - 300), "old", "alpha", List.of(), false));
    assertThat(judge(called).verdict()).isEqualTo(MISSED);
  }

  @Test
  void redundancyThatThePlanAsksForAndNobodyLookedForIsADoubt() {
    Forge planned =
        handedOver()
            .add(
                new Event.Note(
                    Forge.at(0, 0),
                    "info",
                    LedgerDeclarations.plan(
                        List.of(HandoverIsProved.REDUNDANCY + " before it takes over"))));
    assertThat(judge(planned).verdict()).isEqualTo(UNDETERMINED);
    planned.add(new RedundancySeen(at(FAULT - 300), "old", "alpha", List.of(), false));
    assertThat(judge(planned).verdict()).isEqualTo(MET);
    Forge refused =
        switched(false)
            .add(
                new Event.Note(
                    Forge.at(0, 0),
                    "info",
                    LedgerDeclarations.plan(List.of("x: " + HandoverIsProved.REFUSED))));
    assertThat(judge(refused).verdict()).as("no refusal was tried").isEqualTo(UNDETERMINED);
  }

  @Test
  void aTokenThatWasKeptIsProved() {
    Finding finding = judge(handedOver());
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MET);
  }

  /** Whoever serves again writes on in the segment that was pushed. */
  @Test
  void theLastSegmentIsPushedOnlyOnceItCannotLead() {
    Forge late = handedOver();
    late.action(TOKEN + 210, TOKEN + 220, "harness", HandoverIsProved.DOWN_AND_FOLLOWING, "old");
    late.action(TOKEN + 230, TOKEN + 280, "operator", HandoverIsProved.PUSHED, "old");
    assertThat(judge(late).verdict()).as(judge(late).summary()).isEqualTo(MET);
    // Whoever was promoted had not replayed it.
    Forge behind =
        handedOver()
            .each(
                TokenProved.class,
                p ->
                    new TokenProved(
                        p.at(),
                        p.token(),
                        p.cluster(),
                        p.member(),
                        p.systemIdentifier(),
                        p.timeline(),
                        p.history(),
                        Forge.lsn(FAULT) + 40,
                        p.rows()));
    assertThat(judge(behind).verdict()).isEqualTo(MET);
    behind.action(TOKEN + 210, TOKEN + 220, "harness", HandoverIsProved.DOWN_AND_FOLLOWING, "old");
    behind.action(TOKEN + 230, TOKEN + 280, "operator", HandoverIsProved.PUSHED, "old");
    assertThat(judge(behind).verdict()).isEqualTo(MISSED);
    Forge early = handedOver();
    early.action(TOKEN + 230, TOKEN + 280, "operator", HandoverIsProved.PUSHED, "old");
    assertThat(judge(early).verdict()).isEqualTo(MISSED);
    early.action(TOKEN + 240, TOKEN + 250, "harness", HandoverIsProved.DOWN_AND_FOLLOWING, "old");
    assertThat(judge(early).verdict()).isEqualTo(MISSED);
    // Another cluster's, or of an earlier token, says nothing of this one.
    early.action(TOKEN + 210, TOKEN + 220, "harness", HandoverIsProved.DOWN_AND_FOLLOWING, "alpha");
    early.action(FAULT - 220, FAULT - 200, "harness", HandoverIsProved.DOWN_AND_FOLLOWING, "old");
    assertThat(judge(early).verdict()).isEqualTo(MISSED);
  }

  @Test
  void nothingWasLostByLuckWhereItIsNotProved() {
    Finding proved = Drills.judge(DataLoss.NAME, handedOver(), Drills.target());
    assertThat(proved.verdict()).as(proved.summary()).isEqualTo(MET);
    Finding luck =
        Drills.judge(DataLoss.NAME, handedOver().without(TokenProved.class), Drills.target());
    assertThat(luck.verdict()).isEqualTo(UNDETERMINED);
  }

  /** Between the mark and the promotion nobody serves: what breaks then loses nothing. */
  @Test
  void aNetworkThatBreaksWhileNobodyServesTakesNothing() {
    assertThat(loss(cutAt(TOKEN + 600, "network")).verdict()).isEqualTo(MET);
    assertThat(loss(cutAt(TOKEN + 600, "host")).verdict()).isEqualTo(UNDETERMINED);
    // Whoever is to take over must not be hit by it.
    assertThat(loss(cutAt(TOKEN + 600, "network", "pg3")).verdict()).isEqualTo(UNDETERMINED);
    assertThat(loss(cutAt(TOKEN + 400, "network")).verdict()).isEqualTo(UNDETERMINED);
    assertThat(loss(cutAt(PROMOTE + 100, "network")).verdict()).isEqualTo(UNDETERMINED);
  }

  private static Forge cutAt(double ms, String plane) {
    return cutAt(ms, plane, "pg1");
  }

  private static Forge cutAt(double ms, String plane, String aimedAt) {
    Forge forge = handedOver().injected(ms, ms + 10, "contact", "site-cut", plane);
    forge.each(
        Event.Injected.class,
        i ->
            i.fault().equals("contact")
                ? new Event.Injected(
                    i.at(),
                    i.fault(),
                    i.type(),
                    i.plane(),
                    i.targets(),
                    i.description(),
                    i.momentary(),
                    Map.of("PRIMARY_SITE", List.of(aimedAt)),
                    i.signals())
                : i);
    forge.witnessed(ms + 50, "contact", true, true).healed(HEAL, HEAL + 10, "contact");
    return forge.witnessed(HEAL + 100, "contact", false, false);
  }

  private static Finding loss(Forge forge) {
    return Drills.judge(DataLoss.NAME, forge, Drills.target());
  }

  /** The old cluster serves again, by another member: nobody proved that it has everything. */
  @Test
  void aHandOverThatWasTakenBackProvesNothingOfWhoServesAgain() {
    Forge back =
        handedOver()
            .without(e -> e instanceof Event.Action a && a.verb().equals("promote"))
            .each(
                TokenDecided.class,
                d -> new TokenDecided(d.at(), d.token(), TokenDecided.VOID, d.key(), true));
    assertThat(HandoverIsProved.proved(new LedgerViews(back.events()))).isFalse();
    assertThat(HandoverIsProved.proved(new LedgerViews(handedOver().events()))).isTrue();
  }

  @Test
  void whoeverWasNotShutDownCleanlyLeavesNoToken() {
    for (Map<String, String> states :
        List.of(
            Map.of("pg1", "in production"),
            Map.of("pg1", HandoverToken.SHUT_DOWN_IN_RECOVERY),
            Map.<String, String>of())) {
      assertThat(judge(withToken(t -> changed(t, states, t.endLsn(), t.acknowledged()))).verdict())
          .as(states.toString())
          .isEqualTo(MISSED);
    }
  }

  private static HandoverToken changed(
      HandoverToken t, Map<String, String> states, long endLsn, Map<String, Long> acknowledged) {
    return new HandoverToken(
        t.at(),
        t.id(),
        t.cluster(),
        states,
        t.leader(),
        t.systemIdentifier(),
        t.timeline(),
        t.history(),
        t.checkpointLsn(),
        endLsn,
        acknowledged);
  }

  @Test
  void aTokenThatTellsLessThanWasAcknowledgedIsWrong() {
    Map<String, Long> less = new HashMap<>(acknowledged(handedOver()));
    less.replaceAll((writer, sequence) -> sequence - 1);
    assertThat(judge(withToken(t -> changed(t, t.states(), t.endLsn(), less))).summary())
        .contains("the token tells less");
    assertThat(judge(withToken(t -> changed(t, t.states(), t.endLsn(), Map.of()))).verdict())
        .isEqualTo(MISSED);
    long early = Forge.lsn(FAULT - 1_000);
    assertThat(judge(withToken(t -> changed(t, t.states(), early, t.acknowledged()))).summary())
        .contains("behind the token's end");
    long late = Forge.lsn(FAULT) + 41;
    assertThat(judge(withToken(t -> changed(t, t.states(), late, t.acknowledged()))).summary())
        .contains("behind the shutdown checkpoint");
  }

  @Test
  void aWriteThatAStalledHarnessHadNotCountedIsADoubt() {
    Map<String, Long> less = new HashMap<>(acknowledged(handedOver()));
    less.replaceAll((writer, sequence) -> sequence - 1);
    Forge slow = withToken(t -> changed(t, t.states(), t.endLsn(), less));
    slow.add(
        new Event.Stalled(
            new Interval((long) (TOKEN * Forge.MS), (long) (TOKEN * Forge.MS)), 500 * Forge.MS));
    assertThat(judge(slow).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void whoServesAfterTheTokenMakesItWorthless() {
    Forge after = handedOver();
    after.write(
        TOKEN + 2_000, TOKEN + 2_010, "pinned:pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(judge(after).verdict()).isEqualTo(MISSED);
    assertThat(judge(after).summary()).contains("after the token had been taken");
  }

  @Test
  void whoeverIsPromotedHasProvedTheToken() {
    assertThat(judge(handedOver().without(TokenProved.class)).verdict()).isEqualTo(MISSED);
    assertThat(judge(withProof(p -> proved(p, "8", p.timeline(), p.replayedLsn()))).summary())
        .contains("another database system");
    assertThat(judge(withProof(p -> proved(p, "7", 2, p.replayedLsn()))).summary())
        .contains("on timeline 2");
    assertThat(judge(withProof(p -> proved(p, "7", 1, Forge.lsn(FAULT) - 1))).summary())
        .contains("has replayed to");
    assertThat(
            judge(
                    withProof(
                        p ->
                            new TokenProved(
                                p.at(),
                                p.token(),
                                p.cluster(),
                                p.member(),
                                p.systemIdentifier(),
                                1,
                                List.of(),
                                p.replayedLsn(),
                                Map.of())))
                .summary())
        .contains("the last acknowledged write of");
  }

  private static TokenProved proved(TokenProved p, String system, int timeline, long lsn) {
    return new TokenProved(
        p.at(), p.token(), p.cluster(), p.member(), system, timeline, p.history(), lsn, p.rows());
  }

  /** Nobody spent it, somebody else was first, or it had been made void. */
  @ParameterizedTest
  @ValueSource(strings = {"nobody", "others", "void", "late"})
  void aTokenIsSpentOnceAndBeforeThePromotion(String how) {
    Forge forge =
        how.equals("nobody")
            ? handedOver().without(TokenDecided.class)
            : handedOver()
                .each(
                    TokenDecided.class,
                    d ->
                        new TokenDecided(
                            how.equals("late") ? at(PROMOTE + 300) : d.at(),
                            d.token(),
                            how.equals("void") ? TokenDecided.VOID : d.decision(),
                            d.key(),
                            !how.equals("others")));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  /** Taken back at 13 s: pg1 serves again, and nobody else was promoted. */
  private static Forge takenBack() {
    return handedOver()
        .without(TokenDecided.class)
        .without(e -> e instanceof Event.Action a && a.verb().equals("promote"))
        .without(e -> e instanceof Event.Write w && "pg2".equals(w.member()))
        .each(Event.Probed.class, HandoverIsProvedTest::follower)
        .add(new TokenDecided(at(TOKEN + 2_000), "old-1", TokenDecided.VOID, "k", true));
  }

  /** pg2 goes on following. */
  private static Event.Probed follower(Event.Probed p) {
    return p.result() == Event.ProbeResult.COMMITTED && p.member().equals("pg2")
        ? new Event.Probed(
            p.at(), p.member(), Event.ProbeResult.READ_ONLY, true, 1, p.lsn(), 0, null)
        : p;
  }

  private static Forge served(Forge forge, double ms) {
    return forge.write(ms, ms + 10, "pinned:pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1);
  }

  @Test
  void whatWasTakenBackServesAgainAndNobodyIsPromotedByIt() {
    Finding finding = judge(served(takenBack(), TOKEN + 2_500));
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MET);
    assertThat(finding.code()).isEqualTo("token-void");
    // Before it was void nobody may serve.
    assertThat(judge(served(takenBack(), TOKEN + 1_500)).verdict()).isEqualTo(MISSED);
    // Whoever serves elsewhere was promoted, ordered or not.
    Forge elsewhere =
        takenBack().write(30_000, 30_010, "routed", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(judge(elsewhere).verdict()).isEqualTo(MISSED);
    Forge promoted = takenBack().action(PROMOTE, BACK - 400, "operator", "promote", "alpha");
    assertThat(judge(promoted).verdict()).isEqualTo(MISSED);
    // It was void only where this very try made it so.
    Forge others =
        takenBack()
            .each(
                TokenDecided.class,
                d -> new TokenDecided(d.at(), d.token(), d.decision(), d.key(), false));
    assertThat(judge(served(others, TOKEN + 2_500)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anOldProofIsADoubtAndSoIsADemotionThatNobodySaw() {
    Forge once = handedOver().without(TokenProved.class).add(proof(TOKEN + 200));
    assertThat(judge(once).verdict()).isEqualTo(UNDETERMINED);
    Forge unseen =
        handedOver()
            .without(e -> e instanceof Event.Action a && a.verb().equals(HandoverIsProved.DEMOTED));
    assertThat(judge(unseen).verdict()).isEqualTo(UNDETERMINED);
    Forge able =
        handedOver().action(TOKEN + 800, TOKEN + 900, "harness", HandoverIsProved.ABLE, "old");
    assertThat(judge(able).verdict()).isEqualTo(MISSED);
    Forge nobody =
        handedOver().without(e -> e instanceof Event.Action a && a.verb().equals("promote"));
    assertThat(judge(nobody).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void theKeyOfAClusterThatWasDemotedIsNoPromotion() {
    Forge forge = handedOver();
    forge.add(new Event.LeaderKey(at(BACK + 3_000), "old", "pg9", 44));
    assertThat(promotions(forge)).doesNotContain("pg9");
    Forge never = forge.without(e -> e instanceof Event.Action a && a.subject().equals("old"));
    assertThat(promotions(never)).contains("pg9");
  }

  @Test
  void theKeyOfAClusterThatWasPromotedAgainIs() {
    Forge forge =
        handedOver().action(BACK + 1_000, BACK + 1_500, "operator", "earlier-promote", "old");
    forge.add(new Event.LeaderKey(at(BACK + 3_000), "old", "pg9", 44));
    assertThat(promotions(forge)).contains("pg9");
  }

  private static List<String> promotions(Forge forge) {
    LedgerViews history = new LedgerViews(forge.events());
    return ObservedPromotion.of(history, history.of(Event.Injected.class).getFirst()).stream()
        .map(ObservedPromotion::member)
        .toList();
  }
}
