package io.drillyard.approval;

import static io.drillyard.approval.Orders.SUNDAY;
import static io.drillyard.approval.Orders.by;
import static io.drillyard.approval.Orders.order;
import static io.drillyard.approval.Orders.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.signature.SignatureKeys;
import io.drillyard.signature.SignedEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stand-ins approve as those do whom they stand in for: in force, apart from who carries it out.
 */
class SimulatedApproversTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private static Approver approver(String name, Instant from, Instant until) {
    return approver(name, from, until, null);
  }

  private static Approver approver(
      String name, Instant from, Instant until, @Nullable Instant revoked) {
    return new Approver(
        name, SignatureKeys.text(SignatureKeys.generate().getPublic()), from, until, revoked);
  }

  private static ApprovalPolicy of(int needed, Approver... approvers) {
    return new ApprovalPolicy(needed, true, List.of(approvers), policy(1).window());
  }

  private static List<String> willing(ApprovalPolicy policy, @Nullable ApprovalFlaw flaw) {
    return new SimulatedApprovers(policy)
        .approve(order(null, false), SUNDAY, flaw).stream()
            .map(json -> Approval.of(SignedEnvelope.parse(json)).approver())
            .toList();
  }

  @Test
  void whoIsNotInForceForTheWholeApprovalDoesNotGiveIt() {
    Duration valid = Duration.ofHours(2);
    Instant late = SUNDAY.plus(Duration.ofDays(9));
    assertThat(
            willing(
                of(
                    1,
                    approver("too-late", SUNDAY.plusNanos(1), late),
                    approver("too-short", LONG_AGO, SUNDAY.plus(valid)),
                    approver("good", SUNDAY, SUNDAY.plus(valid).plusNanos(1))),
                null))
        .containsExactly("good");
  }

  @Test
  void whoWasRevokedGivesOnlyRevokedOnes() {
    Instant late = SUNDAY.plus(Duration.ofDays(9));
    ApprovalPolicy policy =
        of(
            1,
            approver("revoked", LONG_AGO, late, SUNDAY),
            approver("not-yet-revoked", LONG_AGO, late, SUNDAY.plusNanos(1)));
    assertThat(willing(policy, null)).containsExactly("not-yet-revoked");
    assertThat(willing(policy, ApprovalFlaw.REVOKED_KEY)).containsExactly("revoked");
  }

  @Test
  void noMoreThanAreNeeded() {
    assertThat(willing(policy(2), null)).containsExactly("ines", "jonas");
    assertThat(willing(policy(0), null)).isEmpty();
    // A flaw shows on one at least.
    assertThat(willing(policy(0), ApprovalFlaw.EXPIRED)).containsExactly("ines");
    assertThat(willing(policy(2), ApprovalFlaw.UNAPPROVED)).isEmpty();
  }

  @Test
  void whoCarriesItOutStaysAsideUnlessThatIsTheFlaw() {
    ApprovalPolicy apart = policy(1);
    SimulatedApprovers standIns = new SimulatedApprovers(apart);
    assertThat(approvers(standIns.approve(by("ines", order(null, false)), SUNDAY, null)))
        .containsExactly("jonas");
    assertThat(
            approvers(
                standIns.approve(
                    by("jonas", order(null, false)), SUNDAY, ApprovalFlaw.BY_EXECUTOR)))
        .containsExactly("jonas");
    ApprovalPolicy together = new ApprovalPolicy(1, false, apart.approvers(), apart.window());
    assertThat(
            approvers(
                new SimulatedApprovers(together)
                    .approve(by("ines", order(null, false)), SUNDAY, null)))
        .containsExactly("ines");
    assertThatThrownBy(() -> standIns.approve(order(null, false), SUNDAY, ApprovalFlaw.BY_EXECUTOR))
        .hasMessageContaining(ApprovalFlaw.BY_EXECUTOR.words());
  }

  private static List<String> approvers(List<String> envelopes) {
    return envelopes.stream()
        .map(json -> Approval.of(SignedEnvelope.parse(json)).approver())
        .toList();
  }

  /** A plan that asks for a flaw nobody can have says so, in the flaw's words. */
  @ParameterizedTest
  @EnumSource(value = ApprovalFlaw.class, names = "UNAPPROVED", mode = EnumSource.Mode.EXCLUDE)
  void nobodyCanHaveAFlawWhereNobodyIsDeclared(ApprovalFlaw flaw) {
    SimulatedApprovers nobody =
        new SimulatedApprovers(new ApprovalPolicy(0, true, List.of(), policy(1).window()));
    assertThat(flaw.words()).isNotBlank();
    assertThatThrownBy(() -> nobody.approve(order(null, false), SUNDAY, flaw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(flaw.words());
  }
}
