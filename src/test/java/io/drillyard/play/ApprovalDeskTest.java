package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.approval.Approval;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.approval.Orders;
import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.declaration.Environment;
import io.drillyard.host.FakeYard;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.repository.MemoryRepository;
import io.drillyard.scenario.step.PromotionApprovals.Terms;
import io.drillyard.signature.SignatureKeys;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the desk grants, what it marks as used, and what it waits for. */
class ApprovalDeskTest {
  private static final Instant TUESDAY = Instant.parse("2026-12-01T12:00:00Z");
  private static final Terms PLAIN = new Terms(null, false, null, null);
  private static final KeyPair KEYS = SignatureKeys.generate();

  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryRepository repository = MemoryRepository.of(Map.of());
  private final Deque<List<String>> handedIn = new ArrayDeque<>();
  private final Cluster cluster = cluster();

  private static Cluster cluster() {
    Environment environment = TwoSites.inMemory();
    return new Cluster(new FakeYard(), environment, environment.serving(), new RunSecrets());
  }

  private ApprovalDesk desk(ApprovalsGiven given, @Nullable ApprovalPolicy policy) {
    ApprovalDesk desk =
        new ApprovalDesk(
            given,
            ledger,
            () -> repository,
            () -> handedIn.isEmpty() ? List.of() : handedIn.removeFirst(),
            Clock.fixed(TUESDAY, ZoneOffset.UTC));
    desk.turnTo(
        policy,
        new OrderSubject(Orders.order(null, false).subject(), List.of("contexts.yaml", "e.yaml")));
    return desk;
  }

  private ApprovalDesk simulated() {
    return desk(ApprovalsGiven.NONE, Orders.policy(2));
  }

  @Test
  void standInsSignInAWindowThatTheDrillEntersAndEachApprovalIsMarked() {
    ApprovalAsked asked = simulated().ask(cluster, PLAIN);
    assertThat(asked.granted()).as(asked.refusals().toString()).isTrue();
    assertThat(asked.simulated()).isTrue();
    // The next Sunday, half an hour before the window closes.
    assertThat(asked.clock()).isEqualTo("2026-12-06T04:30:00Z");
    assertThat(asked.order().executor()).isEqualTo(SimulatedApprovers.SIMULATED);
    assertThat(asked.order().subject().cluster()).isEqualTo(cluster.plan().name());
    assertThat(asked.uses()).hasSize(2).allMatch(ApprovalAsked.Use::created);
    assertThat(repository.texts().keySet())
        .hasSize(2)
        .allMatch(key -> key.startsWith("drillyard/approvals/") && key.endsWith("/1"));
    assertThat(ledger.events()).contains(asked);
  }

  @ParameterizedTest
  @EnumSource(
      value = ApprovalFlaw.class,
      names = {"SMALL_CONSENT", "UNATTESTED"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyFlawIsRefusedAsItShouldBe(ApprovalFlaw flaw) {
    ApprovalDesk desk = simulated();
    ApprovalAsked asked = desk.ask(cluster, new Terms(null, false, flaw, null));
    assertThat(asked.refusals()).contains(flaw.refusal().code());
    assertThat(asked.expected()).isEqualTo(flaw.refusal().code());
    // The next order is given rightly, by the clock as it was.
    ApprovalAsked right = desk.ask(cluster, PLAIN);
    assertThat(right.granted()).as(right.refusals().toString()).isTrue();
    assertThat(right.clock()).isEqualTo("2026-12-06T04:30:00Z");
  }

  @Test
  void theWindowMayCloseBeforeItIsAskedAgain() {
    ApprovalDesk desk = simulated();
    assertThatThrownBy(() -> desk.again(cluster, null)).isInstanceOf(HostException.class);
    ApprovalAsked first = desk.ask(cluster, PLAIN);
    ApprovalAsked again = desk.again(cluster, null);
    assertThat(again.granted()).isTrue();
    assertThat(again.again()).isTrue();
    assertThat(again.uses()).isEqualTo(first.uses());
    desk.leaveWindow();
    ApprovalAsked late = desk.again(cluster, ApprovalFlaw.OUTSIDE_WINDOW);
    assertThat(late.refusals()).containsExactly("window-closed");
    assertThat(late.clock()).isEqualTo("2026-12-06T05:00:00Z");
  }

  @Test
  void whereNobodyIsDeclaredNobodyIsAsked() {
    ApprovalDesk desk = desk(ApprovalsGiven.NONE, null);
    assertThat(desk.declared()).isFalse();
    assertThatThrownBy(() -> desk.ask(cluster, PLAIN)).isInstanceOf(IllegalStateException.class);
    assertThat(simulated().declared()).isTrue();
  }

  /** Whose first approver's key is ours, at any time. */
  private static ApprovalPolicy ours() {
    List<Approver> approvers = new ArrayList<>(Orders.policy(1).approvers());
    Approver first = approvers.getFirst();
    approvers.set(
        0,
        new Approver(
            first.name(), SignatureKeys.text(KEYS.getPublic()), first.from(), first.until(), null));
    return new ApprovalPolicy(1, true, approvers, null);
  }

  private String approval(String id, boolean standing) {
    return new Approval(
            id,
            "ines",
            "planned",
            new OrderSubject(Orders.order(null, false).subject(), List.of())
                .promoting(cluster.plan().name()),
            standing,
            TUESDAY.minusSeconds(60).toString(),
            TUESDAY.plusSeconds(60).toString(),
            null,
            null)
        .sign(KEYS.getPrivate(), SignatureKeys.text(KEYS.getPublic()))
        .json();
  }

  @Test
  void anApprovalFromOutsideCountsByTheRealClockAndOnce() {
    ApprovalDesk desk =
        desk(new ApprovalsGiven(List.of(approval("1", false)), "olga", null, 0), ours());
    ApprovalAsked asked = desk.ask(cluster, PLAIN);
    assertThat(asked.granted()).as(asked.refusals().toString()).isTrue();
    assertThat(asked.simulated()).isFalse();
    assertThat(asked.standIns()).isEmpty();
    assertThat(asked.clock()).isEqualTo(TUESDAY.toString());
    assertThat(asked.order().executor()).isEqualTo("olga");
    assertThat(desk.ask(cluster, PLAIN).refusals()).containsExactly("already-used");
    assertThatThrownBy(() -> desk.ask(cluster, new Terms(null, false, ApprovalFlaw.EXPIRED, null)))
        .hasMessageContaining("from outside");
    assertThatThrownBy(desk::leaveWindow).isInstanceOf(HostException.class);
  }

  @Test
  void oneThatStandsIsCounted() {
    ApprovalDesk desk =
        desk(new ApprovalsGiven(List.of(approval("1", true)), "olga", null, 0), ours());
    for (int use = 1; use <= 3; use++) {
      ApprovalAsked asked = desk.ask(cluster, PLAIN);
      assertThat(asked.granted()).isTrue();
      assertThat(asked.uses().getFirst().number()).isEqualTo(use);
    }
  }

  @Test
  void anOrderWaitsForWhoeverApproves() {
    ApprovalDesk desk = desk(new ApprovalsGiven(List.of(), "olga", null, 60_000), ours());
    handedIn.add(List.of());
    handedIn.add(List.of("{"));
    handedIn.add(List.of("{", approval("1", false)));
    ApprovalAsked asked = desk.ask(cluster, PLAIN);
    assertThat(asked.granted()).as(asked.refusals().toString()).isTrue();
    assertThat(asked.envelopes()).hasSize(2);
    assertThat(ledger.events().stream().filter(ApprovalWanted.class::isInstance)).hasSize(1);
    assertThat(Duration.ofNanos(asked.at().lengthNs())).isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void nobodyWaitsForAWindowNorForEver() {
    ApprovalDesk shut = desk(new ApprovalsGiven(List.of(), "olga", null, 60_000), Orders.policy(1));
    assertThat(shut.ask(cluster, PLAIN).refusals()).contains("window-closed");
    assertThat(ledger.events().stream().filter(ApprovalWanted.class::isInstance)).isEmpty();
    ApprovalDesk brief = desk(new ApprovalsGiven(List.of(), "olga", null, 300), ours());
    assertThat(brief.ask(cluster, PLAIN).refusals()).containsExactly("too-few-approvals");
  }

  @Test
  void anEmergencyReplacesApprovalsAndIsWrittenDown() {
    ApprovalDesk desk =
        desk(new ApprovalsGiven(List.of(), "olga", "the building burns", 0), Orders.policy(1));
    ApprovalAsked asked = desk.ask(cluster, PLAIN);
    assertThat(asked.granted()).isFalse();
    assertThat(asked.breakGlass()).isEqualTo("the building burns");
    assertThat(asked.refusals()).contains("window-closed", "too-few-approvals");
  }
}
