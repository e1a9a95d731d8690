package io.drillyard.approval;

import static io.drillyard.approval.Orders.SUNDAY;
import static io.drillyard.approval.Orders.by;
import static io.drillyard.approval.Orders.order;
import static io.drillyard.approval.Orders.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.signature.SignatureKeys;
import io.drillyard.signature.SignedEnvelope;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as an approval, and each reason for which one does not. */
class ApprovalRulesTest {
  private static final KeyPair KEYS = SignatureKeys.generate();
  private static final String KEY = SignatureKeys.text(KEYS.getPublic());

  private static ApprovalRules.Answer ask(
      ApprovalPolicy policy,
      ApprovalAsked.Order order,
      Instant clock,
      @Nullable ApprovalFlaw flaw) {
    SimulatedApprovers standIns = new SimulatedApprovers(policy);
    return ApprovalRules.ask(
        policy, order, clock, standIns.publicKeys(), standIns.approve(order, clock, flaw));
  }

  @Test
  void aGoodOrderIsGranted() {
    ApprovalRules.Answer answer = ask(policy(2), order(4_000.0, true), SUNDAY, null);
    assertThat(answer.refusals()).as(answer.reasons().toString()).isEmpty();
    assertThat(answer.counted()).hasSize(2);
    assertThat(answer.counted().values())
        .allSatisfy(a -> assertThat(a.consentMs()).isEqualTo(4_000.0))
        .allSatisfy(a -> assertThat(a.fence()).isNotNull());
    assertThat(answer.counted().keySet()).allMatch(mark -> mark.length() == 64);
  }

  /** Each flaw is refused by its own code, however many have to approve. */
  @ParameterizedTest
  @EnumSource(
      value = ApprovalFlaw.class,
      names = {"USED", "OUTSIDE_WINDOW", "BY_EXECUTOR"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyFlawIsRefused(ApprovalFlaw flaw) {
    for (int needed : new int[] {1, 2}) {
      ApprovalRules.Answer answer = ask(policy(needed), order(4_000.0, true), SUNDAY, flaw);
      assertThat(answer.refusals()).contains(flaw.refusal());
      assertThat(answer.codes()).contains(flaw.refusal().code());
      assertThat(answer.reasons()).isNotEmpty();
    }
  }

  @Test
  void outsideTheWindowNoApprovalHelps() {
    ApprovalRules.Answer answer =
        ask(policy(1), order(null, false), SUNDAY.plus(Duration.ofDays(1)), null);
    assertThat(answer.codes()).containsExactly("window-closed");
    assertThat(answer.reasons().getFirst()).contains("SUN 01:00-05:00 UTC", "2026-11-30");
  }

  @Test
  void whoeverCarriesItOutDoesNotApproveIt() {
    ApprovalAsked.Order order = by("Ines ", order(null, false));
    assertThat(ask(policy(1), by("ines", order), SUNDAY, ApprovalFlaw.BY_EXECUTOR).codes())
        .containsExactly("too-few-approvals", "executor-approves");
    ApprovalPolicy apart = policy(1);
    ApprovalPolicy allowed = new ApprovalPolicy(1, false, apart.approvers(), apart.window());
    assertThat(one(allowed, order, SUNDAY, a -> a).refusals()).isEmpty();
    assertThat(one(apart, order, SUNDAY, a -> a).refusals())
        .containsExactly(Refusal.TOO_FEW_APPROVALS, Refusal.EXECUTOR_APPROVES);
  }

  /** By one declared key, without stand-ins. */
  private static ApprovalRules.Answer one(
      ApprovalPolicy policy,
      ApprovalAsked.Order order,
      Instant clock,
      UnaryOperator<Approval> change) {
    List<Approver> approvers = new ArrayList<>(policy.approvers());
    Approver first = approvers.getFirst();
    approvers.set(0, new Approver(first.name(), KEY, first.from(), first.until(), first.revoked()));
    ApprovalPolicy own =
        new ApprovalPolicy(policy.needed(), policy.executorApart(), approvers, policy.window());
    return ApprovalRules.ask(own, order, clock, Map.of(), List.of(signed(change)));
  }

  private static String signed(UnaryOperator<Approval> change) {
    return change.apply(approval()).sign(KEYS.getPrivate(), KEY).json();
  }

  private static Approval approval() {
    return new Approval(
        "1",
        "ines",
        "because",
        order(null, false).subject(),
        false,
        SUNDAY.minusSeconds(60).toString(),
        SUNDAY.plusSeconds(3_600).toString(),
        null,
        null);
  }

  private static UnaryOperator<Approval> lasting(Instant given, Instant expires, boolean stands) {
    return a ->
        new Approval(
            a.id(),
            a.approver(),
            a.reason(),
            a.subject(),
            stands,
            given.toString(),
            expires.toString(),
            a.consentMs(),
            a.fence());
  }

  @Test
  void validityBeginsAndEndsToTheMoment() {
    ApprovalAsked.Order order = order(null, false);
    Instant end = SUNDAY.plusSeconds(60);
    assertThat(one(policy(1), order, SUNDAY, lasting(SUNDAY, end, false)).refusals()).isEmpty();
    assertThat(one(policy(1), order, end, lasting(SUNDAY, end, false)).codes())
        .containsExactly("too-few-approvals", "expired");
    assertThat(one(policy(1), order, SUNDAY.minusNanos(1), lasting(SUNDAY, end, false)).codes())
        .containsExactly("too-few-approvals", "not-yet-valid");
  }

  @Test
  void oneThatStandsLivesForNinetyDays() {
    ApprovalAsked.Order order = order(null, false);
    Instant longest = SUNDAY.plus(Duration.ofDays(90));
    assertThat(one(policy(1), order, SUNDAY, lasting(SUNDAY, longest, true)).refusals()).isEmpty();
    assertThat(one(policy(1), order, SUNDAY, lasting(SUNDAY, longest.plusNanos(1), true)).codes())
        .contains("stands-too-long");
    assertThat(one(policy(1), order, SUNDAY, lasting(SUNDAY, longest.plusNanos(1), false)).codes())
        .isEmpty();
  }

  @Test
  void keysCountFromTheirFirstMomentToTheirLast() {
    ApprovalAsked.Order order = order(null, false);
    Approver ines = policy(1).approvers().getFirst();
    Instant before = ines.from().minusSeconds(1);
    Instant sunday = Instant.parse("2027-01-03T02:00:00Z");
    assertThat(one(policy(1), order, sunday, lasting(SUNDAY, sunday.plusSeconds(9), true)).codes())
        .contains("key-not-in-force");
    // Signed before the key counted, and used when it did.
    assertThat(one(policy(1), order, SUNDAY, lasting(before, SUNDAY.plusSeconds(9), false)).codes())
        .contains("key-not-in-force");
    assertThat(
            one(policy(1), order, SUNDAY, lasting(ines.from(), SUNDAY.plusSeconds(9), false))
                .codes())
        .isEmpty();
  }

  @Test
  void oneThatIsBoundToNoRunCountsForEach() {
    ApprovalAsked.Order order = order(null, false);
    assertThat(one(policy(1), order, SUNDAY, a -> of(a, "")).refusals()).isEmpty();
    assertThat(one(policy(1), order, SUNDAY, a -> of(a, "run")).refusals()).isEmpty();
    assertThat(one(policy(1), order, SUNDAY, a -> of(a, "other")).codes()).contains("other-run");
  }

  private static Approval of(Approval a, String run) {
    ApprovalAsked.Subject s = a.subject();
    return new Approval(
        a.id(),
        a.approver(),
        a.reason(),
        new ApprovalAsked.Subject(
            run,
            s.plan(),
            s.environment(),
            s.declarations(),
            s.context(),
            s.disruption(),
            s.episode(),
            s.cluster()),
        a.standing(),
        a.given(),
        a.expires(),
        a.consentMs(),
        a.fence());
  }

  private static Approval about(Approval a, ApprovalAsked.Subject subject) {
    return new Approval(
        a.id(),
        a.approver(),
        a.reason(),
        subject,
        a.standing(),
        a.given(),
        a.expires(),
        a.consentMs(),
        a.fence());
  }

  /** Every part of what is approved has to be the one that is ordered. */
  @Test
  void whatIsApprovedIsWhatIsOrdered() {
    ApprovalAsked.Order order = order(null, false);
    List<ApprovalAsked.Subject> others =
        List.of(
            new ApprovalAsked.Subject(
                "run", "x", "environment", "declarations", "orders", "failback", 1, "cloud"),
            new ApprovalAsked.Subject(
                "run", "plan", "x", "declarations", "orders", "failback", 1, "cloud"),
            new ApprovalAsked.Subject(
                "run", "plan", "environment", "x", "orders", "failback", 1, "cloud"));
    others.forEach(
        other ->
            assertThat(one(policy(1), order, SUNDAY, a -> about(a, other)).codes())
                .containsExactly("too-few-approvals", "other-plan"));
    List<ApprovalAsked.Subject> elsewhere =
        List.of(
            new ApprovalAsked.Subject(
                "run", "plan", "environment", "declarations", "x", "failback", 1, "cloud"),
            new ApprovalAsked.Subject(
                "run", "plan", "environment", "declarations", "orders", "x", 1, "cloud"),
            new ApprovalAsked.Subject(
                "run", "plan", "environment", "declarations", "orders", "failback", 2, "cloud"),
            new ApprovalAsked.Subject(
                "run", "plan", "environment", "declarations", "orders", "failback", 1, "x"));
    elsewhere.forEach(
        other ->
            assertThat(one(policy(1), order, SUNDAY, a -> about(a, other)).codes())
                .containsExactly("too-few-approvals", "other-scope"));
  }

  /** The bound has to cover the upper end, and nothing lost needs none. */
  @Property(tries = 200)
  void aConsentCoversTheUpperEnd(
      @ForAll @IntRange(max = 10_000) int loss, @ForAll @IntRange(max = 10_000) int consent) {
    ApprovalAsked.Order order = order((double) loss, false);
    ApprovalRules.Answer answer =
        one(
            policy(1),
            order,
            SUNDAY,
            a ->
                new Approval(
                    a.id(),
                    a.approver(),
                    a.reason(),
                    a.subject(),
                    false,
                    a.given(),
                    a.expires(),
                    (double) consent,
                    null));
    assertThat(answer.refusals().contains(Refusal.CONSENT_TOO_SMALL))
        .isEqualTo(loss > 0 && consent < loss);
    assertThat(answer.refusals().isEmpty()).isEqualTo(loss == 0 || consent >= loss);
  }

  @Test
  void nobodyCountsTwice() {
    ApprovalPolicy policy = policy(2);
    List<Approver> approvers = new ArrayList<>(policy.approvers());
    Approver first = approvers.getFirst();
    approvers.set(0, new Approver(first.name(), KEY, first.from(), first.until(), null));
    ApprovalPolicy own = new ApprovalPolicy(2, true, approvers, policy.window());
    ApprovalRules.Answer answer =
        ApprovalRules.ask(
            own,
            order(null, false),
            SUNDAY,
            Map.of(),
            List.of(signed(a -> a), signed(a -> of(a, "")), signed(a -> a)));
    assertThat(answer.codes()).containsExactly("too-few-approvals");
    assertThat(answer.reasons().getFirst()).isEqualTo("1 of 2 needed approvals count");
  }

  @Test
  void aBadOneBesideEnoughGoodOnesDoesNoHarm() {
    ApprovalPolicy policy = policy(1);
    SimulatedApprovers standIns = new SimulatedApprovers(policy);
    ApprovalAsked.Order order = order(null, false);
    List<String> all = new ArrayList<>(standIns.approve(order, SUNDAY, ApprovalFlaw.EXPIRED));
    all.add("{");
    all.addAll(standIns.approve(order, SUNDAY, null));
    ApprovalRules.Answer answer =
        ApprovalRules.ask(policy, order, SUNDAY, standIns.publicKeys(), all);
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.counted()).hasSize(1);
    assertThat(answer.reasons()).anyMatch(r -> r.contains("'ines': expired"));
  }

  @Test
  void whoeverIsNotStoodInForSignedNothing() {
    ApprovalPolicy policy = policy(1);
    ApprovalAsked.Order order = order(null, false);
    SimulatedApprovers standIns = new SimulatedApprovers(policy);
    assertThat(
            ApprovalRules.ask(
                    policy,
                    order,
                    SUNDAY,
                    Map.of("jonas", KEY),
                    standIns.approve(order, SUNDAY, null))
                .refusals())
        .containsExactly(Refusal.TOO_FEW_APPROVALS, Refusal.NOT_SIGNED);
    // The declared keys count where nobody stands in, and no stand-in signs by them.
    assertThat(
            ApprovalRules.ask(
                    policy, order, SUNDAY, Map.of(), standIns.approve(order, SUNDAY, null))
                .refusals())
        .contains(Refusal.NOT_SIGNED);
  }

  @Test
  void whereNobodyIsDeclaredTheWindowAloneCounts() {
    ApprovalPolicy policy = new ApprovalPolicy(0, true, List.of(), policy(1).window());
    assertThat(ask(policy, order(4.0, true), SUNDAY, null).refusals()).isEmpty();
    assertThat(ask(policy, order(4.0, true), SUNDAY.plusSeconds(86_400), null).codes())
        .containsExactly("window-closed");
    assertThatThrownBy(
            () ->
                new SimulatedApprovers(policy)
                    .approve(order(null, false), SUNDAY, ApprovalFlaw.EXPIRED))
        .hasMessageContaining("nobody is declared");
  }

  @Test
  void anotherTypeIsNoApproval() {
    SignedEnvelope other =
        SignedEnvelope.of("text/plain", new byte[] {'{', '}'}, KEYS.getPrivate(), KEY);
    assertThatThrownBy(() -> Approval.of(other)).hasMessageContaining("text/plain");
    for (String content : new String[] {"{}", "null", "[1]", "{\"id\":\"1\",\"x\":2}"}) {
      SignedEnvelope empty =
          SignedEnvelope.of(Approval.TYPE, content.getBytes(UTF_8), KEYS.getPrivate(), KEY);
      assertThatThrownBy(() -> Approval.of(empty)).isInstanceOf(IllegalArgumentException.class);
      assertThat(
              ApprovalRules.ask(
                      policy(1), order(null, false), SUNDAY, Map.of(), List.of(empty.json()))
                  .codes())
          .containsExactly("too-few-approvals", "unreadable");
    }
  }
}
