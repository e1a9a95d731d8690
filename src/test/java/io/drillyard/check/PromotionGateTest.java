package io.drillyard.check;

import static io.drillyard.check.GateLooks.FENCED;
import static io.drillyard.check.GateLooks.followed;
import static io.drillyard.check.GateLooks.members;
import static io.drillyard.check.GateLooks.restorable;
import static io.drillyard.check.GateLooks.with;
import static io.drillyard.check.PromotionGate.Answer.BLOCKED;
import static io.drillyard.check.PromotionGate.Answer.NO_ANSWER;
import static io.drillyard.check.PromotionGate.Answer.OPERATOR_GATED;
import static io.drillyard.check.PromotionGate.Answer.SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.PromotionGate.Result;
import io.drillyard.ledger.GateAsked.ArchiveSeen;
import io.drillyard.ledger.GateAsked.FenceSeen;
import io.drillyard.ledger.GateAsked.HandoverSeen;
import io.drillyard.ledger.GateAsked.Look;
import io.drillyard.ledger.GateAsked.MemberSeen;
import io.drillyard.ledger.GateAsked.StandbySeen;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the gate answers, and that no input in which the other side may write is ever SAFE. */
class PromotionGateTest {
  private static final double RPO = 60_000;

  private static Result ask(Look look) {
    return PromotionGate.ask(look, RPO);
  }

  @Test
  void aFencedSideWithABoundedLossIsSafe() {
    assertThat(ask(restorable()).answer()).isEqualTo(SAFE);
    // The newest segment is 4 s old, the next was due 10 s after it, and clocks may differ by 1 s.
    assertThat(ask(restorable()).lossUpperMs()).isEqualTo(15_000);
    assertThat(ask(followed()).answer()).isEqualTo(SAFE);
    assertThat(ask(followed()).lossUpperMs()).isEqualTo(3_500);
    assertThat(ask(followed()).reasons().getFirst()).contains("fenced");
  }

  @Test
  void aSideThatIsSeenToWriteIsBlockedWhateverElseIsSo() {
    Look writes = with(restorable(), members(PromotionGate.SILENT, PromotionGate.PRIMARY));
    assertThat(ask(writes).answer()).isEqualTo(BLOCKED);
    assertThat(ask(writes).reasons().getFirst()).contains("pg2");
    assertThat(ask(with(writes, (ArchiveSeen) null)).answer()).isEqualTo(BLOCKED);
    Look old = with(restorable(), List.of(new MemberSeen("pg1", PromotionGate.PRIMARY, 900_000)));
    assertThat(ask(old).answer()).isEqualTo(BLOCKED);
  }

  @Test
  void silenceAndRecoveryProveNothingWithoutAFence() {
    for (String state : List.of(PromotionGate.SILENT, PromotionGate.RECOVERY, "unclear")) {
      Look look = with(with(restorable(), members(state)), (FenceSeen) null);
      assertThat(ask(look).answer()).as(state).isEqualTo(OPERATOR_GATED);
    }
  }

  @Test
  void whoeverAnswersRunsWhateverTheControllersSay() {
    for (String state : List.of(PromotionGate.RECOVERY, "unclear", "a primary that does not run")) {
      assertThat(ask(with(restorable(), members(PromotionGate.SILENT, state))).answer())
          .as(state)
          .isEqualTo(OPERATOR_GATED);
    }
    Look old = with(restorable(), List.of(new MemberSeen("pg1", PromotionGate.SILENT, 15_001)));
    assertThat(ask(old).answer()).isEqualTo(OPERATOR_GATED);
  }

  @Test
  void whatAFollowerHasNotReceivedNoArchiveBrings() {
    Look unread =
        new Look(members(PromotionGate.SILENT), FENCED, true, null, restorable().archive(), 0);
    assertThat(ask(unread).answer()).isEqualTo(NO_ANSWER);
    assertThat(ask(unread).reasons().getFirst()).contains("position was not read");
  }

  @Test
  void readingTakesTimeInWhichMoreIsLost() {
    Look slow =
        new Look(members(PromotionGate.SILENT), FENCED, true, GateLooks.FOLLOWED, null, 2_000);
    assertThat(ask(slow).lossUpperMs()).isEqualTo(5_500);
  }

  @Test
  void aLossThatIsDeclaredInTransactionsIsForAPersonToJudge() {
    assertThat(PromotionGate.ask(restorable(), null).answer()).isEqualTo(OPERATOR_GATED);
  }

  @Test
  void eachPartOfTheFenceIsNeeded() {
    assertThat(ask(with(restorable(), new FenceSeen(false, List.of(), List.of(), 900))).reasons())
        .anySatisfy(r -> assertThat(r).contains("account"));
    for (FenceSeen fence :
        List.of(
            new FenceSeen(false, List.of(), List.of(), 900),
            new FenceSeen(true, List.of("pg1"), List.of(), 900),
            new FenceSeen(true, List.of(), List.of("pg1"), 900),
            new FenceSeen(true, List.of(), List.of(), 15_001),
            new FenceSeen(true, List.of(), List.of(), Double.NaN))) {
      assertThat(ask(with(restorable(), fence)).answer()).isEqualTo(OPERATOR_GATED);
    }
    assertThat(ask(with(restorable(), new FenceSeen(true, List.of(), List.of(), 15_000))).answer())
        .isEqualTo(SAFE);
    assertThat(ask(with(restorable(), List.of())).answer()).isEqualTo(OPERATOR_GATED);
  }

  @Test
  void aLossWithoutAnUpperEndIsNoAnswer() {
    List<ArchiveSeen> unbounded =
        List.of(
            new ArchiveSeen(null, null, List.of(), 10_000.0),
            new ArchiveSeen("000000010000000000000007", null, List.of(), 10_000.0),
            new ArchiveSeen("000000010000000000000007", 10.0, List.of(), null),
            new ArchiveSeen(
                "000000010000000000000007", 10.0, List.of("000000010000000000000005"), 10_000.0));
    for (ArchiveSeen archive : unbounded) {
      assertThat(ask(with(restorable(), archive)).answer()).isEqualTo(NO_ANSWER);
      assertThat(ask(with(restorable(), archive)).lossUpperMs()).isNull();
      assertThat(ask(with(restorable(), archive)).reasons()).isNotEmpty();
    }
    assertThat(ask(with(restorable(), (ArchiveSeen) null)).answer()).isEqualTo(NO_ANSWER);
    assertThat(ask(with(followed(), new StandbySeen("dr1", 899, 900, 1.0))).answer())
        .isEqualTo(NO_ANSWER);
    assertThat(ask(with(followed(), new StandbySeen("dr1", 900, 900, null))).answer())
        .isEqualTo(NO_ANSWER);
  }

  @Test
  void moreThanTwiceTheDeclaredLossIsNoAnswer() {
    ArchiveSeen edge = new ArchiveSeen("000000010000000000000007", 109_000.0, List.of(), 10_000.0);
    assertThat(ask(with(restorable(), edge)).answer()).isEqualTo(SAFE);
    ArchiveSeen over = new ArchiveSeen("000000010000000000000007", 109_001.0, List.of(), 10_000.0);
    assertThat(ask(with(restorable(), over)).answer()).isEqualTo(NO_ANSWER);
    assertThat(PromotionGate.ask(with(restorable(), over), null).answer())
        .isEqualTo(OPERATOR_GATED);
  }

  @Test
  void whatIsOfTheFutureTellsOfClocksAndBoundsNothing() {
    assertThat(ask(with(followed(), new StandbySeen("dr1", 900, 900, -700.0))).lossUpperMs())
        .isEqualTo(1_000);
    assertThat(ask(with(followed(), new StandbySeen("dr1", 900, 900, -1_001.0))).answer())
        .isEqualTo(NO_ANSWER);
    ArchiveSeen ahead = new ArchiveSeen("000000010000000000000007", -50.0, List.of(), 10_000.0);
    assertThat(ask(with(restorable(), ahead)).lossUpperMs()).isEqualTo(11_000);
    ArchiveSeen far = new ArchiveSeen("000000010000000000000007", -1_001.0, List.of(), 10_000.0);
    assertThat(ask(with(restorable(), far)).answer()).isEqualTo(NO_ANSWER);
  }

  @Test
  void answersHaveTheirWords() {
    assertThat(List.of(SAFE, OPERATOR_GATED, BLOCKED, NO_ANSWER))
        .extracting(PromotionGate.Answer::word)
        .containsExactly("SAFE", "OPERATOR-GATED", "BLOCKED", "NO ANSWER");
  }

  @Provide
  Arbitrary<Look> looks() {
    Arbitrary<Double> age = Arbitraries.doubles().between(-1_000, 200_000);
    Arbitrary<List<String>> hosts =
        Arbitraries.of("pg1", "pg2").list().uniqueElements().ofMaxSize(2);
    Arbitrary<List<MemberSeen>> members =
        Combinators.combine(
                Arbitraries.of("pg1", "pg2", "pg3"),
                Arbitraries.of("primary", "recovery", "silent", "unclear", ""),
                age)
            .as(MemberSeen::new)
            .list()
            .ofMaxSize(3);
    Arbitrary<@Nullable FenceSeen> fence =
        Combinators.combine(Arbitraries.of(true, false), hosts, hosts, age)
            .as(FenceSeen::new)
            .injectNull(0.2);
    Arbitrary<@Nullable StandbySeen> standby =
        Combinators.combine(
                Arbitraries.longs().between(0, 5),
                Arbitraries.longs().between(0, 5),
                age.injectNull(0.2))
            .as((lsn, furthest, commit) -> new StandbySeen("dr1", lsn, furthest, commit))
            .injectNull(0.5);
    Arbitrary<@Nullable ArchiveSeen> archive =
        Combinators.combine(
                Arbitraries.of("000000010000000000000007").injectNull(0.2),
                age.injectNull(0.2),
                Arbitraries.of("000000010000000000000005").list().ofMaxSize(1),
                age.injectNull(0.2))
            .as(ArchiveSeen::new)
            .injectNull(0.2);
    return Combinators.combine(
            members,
            fence,
            Arbitraries.of(true, false),
            standby,
            archive,
            Arbitraries.doubles().between(0, 5_000))
        .as(Look::new);
  }

  @Property
  void whereTheOtherSideMayStillWriteNothingIsSafe(@ForAll("looks") Look look) {
    FenceSeen fence = look.fence();
    boolean mayWrite =
        fence == null
            || !fence.powered().isEmpty()
            || !fence.bootsOpen().isEmpty()
            || !fence.accountDenied()
            || fence.ageMs() > PromotionGate.LOOK_AGE_MAX.toMillis()
            || look.members().isEmpty()
            || look.members().stream().anyMatch(m -> !m.state().equals("silent"));
    Result result = ask(look);
    if (mayWrite) {
      assertThat(result.answer()).isNotEqualTo(SAFE);
    }
    if (result.answer() == SAFE || result.answer() == OPERATOR_GATED) {
      assertThat(result.lossUpperMs()).isNotNull().isBetween(0.0, 2 * RPO);
    }
    assertThat(result.reasons()).isNotEmpty();
  }

  @Property
  void anUnfencedSideIsNeverSaferThanAFencedOne(@ForAll("looks") Look look) {
    if (ask(with(look, (FenceSeen) null)).answer() == SAFE) {
      throw new AssertionError("safe without a fence");
    }
    if (ask(look).answer() == NO_ANSWER) {
      assertThat(ask(with(look, FENCED)).answer()).isEqualTo(NO_ANSWER);
    }
  }

  private static HandoverSeen handover(
      List<String> unproved, List<String> running, List<String> able, double ageMs) {
    return new HandoverSeen("t", unproved, running, able, ageMs, 2_000.0);
  }

  /** Whoever does not answer was seen down and unable to lead right before, or nobody knows. */
  @Test
  void aSilentSideIsSafeOnlyByAFreshWitness() {
    for (Double witnessed : new Double[] {null, 16_000.0, Double.NaN}) {
      HandoverSeen seen = new HandoverSeen("t", List.of(), List.of(), List.of(), 100, witnessed);
      Look silent = GateLooks.handedOver(seen, PromotionGate.STOPPED, PromotionGate.SILENT);
      assertThat(PromotionGate.ask(silent, null).answer()).isEqualTo(OPERATOR_GATED);
      Look answered = GateLooks.handedOver(seen, PromotionGate.STOPPED);
      assertThat(PromotionGate.ask(answered, null).answer()).isEqualTo(SAFE);
    }
  }

  @Test
  void aProvedHandOverIsSafeAndLosesNothing() {
    Look look =
        GateLooks.handedOver(
            handover(List.of(), List.of(), List.of(), 100),
            PromotionGate.STOPPED,
            PromotionGate.SILENT);
    assertThat(PromotionGate.ask(look, null).answer()).isEqualTo(PromotionGate.Answer.SAFE);
    assertThat(PromotionGate.ask(look, null).lossUpperMs()).isZero();
    // A power switch says nothing where everything is meant to be on.
    Look powered =
        new Look(
            look.members(),
            new FenceSeen(true, List.of("pg1"), List.of("pg1"), 100),
            true,
            look.standby(),
            null,
            0,
            look.handover());
    assertThat(PromotionGate.ask(powered, null).answer()).isEqualTo(PromotionGate.Answer.SAFE);
  }

  @Test
  void aHandOverInDoubtIsNeverSafe() {
    List<HandoverSeen> doubtful =
        List.of(
            handover(List.of("less"), List.of(), List.of(), 100),
            handover(List.of(), List.of("pg1"), List.of(), 100),
            handover(List.of(), List.of(), List.of("Patroni on pg1 follows nobody"), 100),
            handover(List.of(), List.of(), List.of(), 60_000));
    for (HandoverSeen seen : doubtful) {
      assertThat(
              PromotionGate.ask(GateLooks.handedOver(seen, PromotionGate.STOPPED), null).answer())
          .as(seen.toString())
          .isNotEqualTo(PromotionGate.Answer.SAFE);
    }
    HandoverSeen good = handover(List.of(), List.of(), List.of(), 100);
    for (String state : List.of(PromotionGate.PRIMARY, PromotionGate.RECOVERY, "unclear")) {
      assertThat(PromotionGate.ask(GateLooks.handedOver(good, state), null).answer())
          .as(state)
          .isNotEqualTo(PromotionGate.Answer.SAFE);
    }
    assertThat(
            PromotionGate.ask(
                    GateLooks.with(
                        GateLooks.handedOver(good, PromotionGate.STOPPED), (FenceSeen) null),
                    null)
                .answer())
        .isNotEqualTo(PromotionGate.Answer.SAFE);
  }
}
