package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.approval.ApprovalRules;
import io.drillyard.approval.Orders;
import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.approval.SubjectDigests;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.RunPlan;
import io.drillyard.ledger.TokenDecided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order that was approved, and every way in which one was not. */
class OrdersWereApprovedTest {
  private static final double ASK = FAULT - 2_000;
  private static final double AGAIN = FAULT + 1_000;
  private static final double SPENT = FAULT + 1_500;
  private static final double PROMOTE = FAULT + 6_000;
  private static final String STEPS = LedgerDeclarations.plan(List.of(OrdersWereApproved.PLANNED));
  private static final Map<String, String> FILES =
      Map.of("contexts.yaml", "1", "three-nodes.yaml", "2", "other.yaml", "3");
  private static final List<String> NAMED = List.of("contexts.yaml", "three-nodes.yaml");

  private final ApprovalPolicy policy = Orders.policy(2);
  private final SimulatedApprovers standIns = new SimulatedApprovers(policy);

  private final DrillPlan plan =
      new DrillPlan(
          "Scenario",
          "three-nodes",
          "orders",
          "failback",
          "title",
          "claim",
          null,
          null,
          target().toString(),
          Map.of(),
          List.of(),
          List.of(),
          null,
          null);

  private Target target() {
    Objective o = Drills.target().objective();
    return Drills.target(
        new Objective(
            Disruption.FAILBACK,
            o.failover(),
            o.rto(),
            o.rpo(),
            o.redundancy(),
            o.servesWhileHeld(),
            null,
            null,
            policy));
  }

  private static Interval at(double ms) {
    return Forge.at(ms, ms + 100);
  }

  private ApprovalAsked.Order order() {
    return new ApprovalAsked.Order(
        new ApprovalAsked.Subject(
            "run",
            SubjectDigests.plan(plan, 1, STEPS),
            SubjectDigests.environment(FILES, NAMED),
            SubjectDigests.declarations(FILES, NAMED),
            "orders",
            "failback",
            1,
            "alpha"),
        NAMED,
        SimulatedApprovers.SIMULATED,
        null,
        false);
  }

  private ApprovalAsked asked(double ms, boolean again, @Nullable ApprovalFlaw flaw) {
    Instant clock =
        flaw == ApprovalFlaw.OUTSIDE_WINDOW ? Orders.SUNDAY.plusSeconds(86_400) : Orders.SUNDAY;
    List<String> envelopes = standIns.approve(order(), clock, flaw);
    ApprovalRules.Answer answer =
        ApprovalRules.ask(policy, order(), clock, standIns.publicKeys(), envelopes);
    List<ApprovalAsked.Use> uses = new ArrayList<>();
    List<String> refusals = new ArrayList<>(answer.codes());
    if (refusals.isEmpty()) {
      answer
          .counted()
          .keySet()
          .forEach(
              mark ->
                  uses.add(
                      new ApprovalAsked.Use(
                          mark, "drillyard/approvals/" + mark + "/1", 1, flaw == null)));
      if (flaw == ApprovalFlaw.USED) {
        refusals.add("already-used");
      }
    }
    return new ApprovalAsked(
        at(ms),
        "alpha",
        order(),
        clock.toString(),
        true,
        standIns.publicKeys(),
        again,
        envelopes,
        uses,
        refusals,
        null,
        flaw == null ? null : flaw.refusal().code(),
        null);
  }

  /** What was asked, asked again; with the approvals that were handed in before. */
  private static ApprovalAsked again(ApprovalAsked first) {
    return new ApprovalAsked(
        at(AGAIN),
        first.cluster(),
        first.order(),
        first.clock(),
        first.simulated(),
        first.standIns(),
        true,
        first.envelopes(),
        first.uses(),
        first.refusals(),
        first.breakGlass(),
        null,
        first.leftOut());
  }

  private Forge drill() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Opened.class,
                o ->
                    new Event.Opened(
                        o.at(),
                        o.format(),
                        o.runId(),
                        o.scenario(),
                        o.environment(),
                        o.context(),
                        "failback",
                        o.wallClockAnchor(),
                        o.versions()));
    RunPlan run =
        new RunPlan(RunPlan.Kind.WHOLE, 0, "now", Map.of(), FILES, Map.of(), List.of(), List.of());
    forge.add(new Event.Planned(at(1), run, plan)).add(new Event.Note(at(2), "info", STEPS));
    return forge;
  }

  /** Approved, asked again, spent, and promoted. */
  private Forge approved(UnaryOperator<ApprovalAsked> first) {
    ApprovalAsked asked = first.apply(asked(ASK, false, null));
    Forge forge = drill().add(asked).add(again(asked));
    forge.add(new TokenDecided(at(SPENT), "t", TokenDecided.SPENT, "key", true));
    forge.action(PROMOTE - 10, PROMOTE - 9, "operator", "approve-promotion", "alpha");
    return forge.action(PROMOTE, PROMOTE + 100, "operator", "promote", "alpha");
  }

  private Finding judge(Forge forge) {
    return Drills.judge(OrdersWereApproved.NAME, forge, target());
  }

  private static HandoverToken token(String id) {
    return new HandoverToken(
        at(FAULT + 500),
        id,
        "old",
        Map.of("pg1", HandoverToken.SHUT_DOWN),
        "pg1",
        "7",
        1,
        List.of(),
        2,
        1,
        Map.of());
  }

  @Test
  void whatWasApprovedIsMetAndCalledSimulated() {
    Finding finding = judge(approved(a -> a));
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MET);
    assertThat(finding.code()).isEqualTo("approved-simulated");
    assertThat(finding.target()).isEqualTo("approved by 2 of 4, in SUN 01:00-05:00 UTC");
    assertThat(Judge.applicable(approved(a -> a).history(), target()))
        .contains(OrdersWereApproved.NAME);
    assertThat(Judge.applicable(drill().history(), Drills.target()))
        .doesNotContain(OrdersWereApproved.NAME);
    assertThat(Judge.applicable(Drills.powerOff().history(), target()))
        .doesNotContain(OrdersWereApproved.NAME);
  }

  @Test
  void aPromotionThatNobodyAskedForIsMissed() {
    Finding none = judge(drill().action(PROMOTE, PROMOTE + 9, "operator", "promote", "alpha"));
    assertThat(none.verdict()).isEqualTo(MISSED);
    assertThat(none.summary()).contains("nobody had been asked");
    assertThat(judge(drill()).verdict()).isEqualTo(UNDETERMINED);
    Finding late =
        judge(
            drill()
                .add(asked(PROMOTE + 500, false, null))
                .action(PROMOTE, PROMOTE + 9, "operator", "promote", "alpha"));
    assertThat(late.verdict()).isEqualTo(MISSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OUTSIDE_WINDOW", "UNAPPROVED", "STRANGER", "EXPIRED", "USED", "FORGED"})
  void whatWasRefusedIsNotCarriedOut(String word) {
    ApprovalFlaw flaw = ApprovalFlaw.valueOf(word);
    Forge refused = drill().add(asked(ASK, false, flaw));
    refused.action(ASK - 10, ASK + 900, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
    assertThat(judge(refused).verdict()).as(judge(refused).summary()).isEqualTo(MET);
    Finding promoted =
        judge(refused.action(PROMOTE, PROMOTE + 100, "operator", "promote", "alpha"));
    assertThat(promoted.verdict()).isEqualTo(MISSED);
    assertThat(promoted.summary()).contains("although that was refused", flaw.refusal().code());
  }

  @Test
  void afterARefusalSomebodyHasToLookAndFindNothing() {
    Forge unseen = drill().add(asked(ASK, false, ApprovalFlaw.EXPIRED));
    assertThat(judge(unseen).verdict()).isEqualTo(UNDETERMINED);
    unseen.action(ASK + 200, ASK + 900, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
    assertThat(judge(unseen).verdict()).isEqualTo(UNDETERMINED);
    unseen.action(ASK - 10, ASK + 900, "harness", OrdersWereApproved.NOTHING_RUN, "beta");
    assertThat(judge(unseen).verdict()).isEqualTo(UNDETERMINED);
    unseen.action(ASK - 10, ASK + 900, "harness", OrdersWereApproved.RUN_ALL_THE_SAME, "alpha");
    assertThat(judge(unseen).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aRefusalThatWasPlannedHasToCome() {
    Finding granted =
        judge(
            approved(
                a ->
                    new ApprovalAsked(
                        a.at(),
                        a.cluster(),
                        a.order(),
                        a.clock(),
                        true,
                        a.standIns(),
                        false,
                        a.envelopes(),
                        a.uses(),
                        List.of(),
                        null,
                        "expired",
                        null)));
    assertThat(granted.verdict()).isEqualTo(MISSED);
    assertThat(granted.summary()).contains("had to be refused as expired");
  }

  private static ApprovalAsked changed(ApprovalAsked a, List<String> refusals, boolean simulated) {
    return new ApprovalAsked(
        a.at(),
        a.cluster(),
        a.order(),
        a.clock(),
        simulated,
        a.standIns(),
        a.again(),
        a.envelopes(),
        a.uses(),
        refusals,
        a.breakGlass(),
        a.expected(),
        a.leftOut());
  }

  /** Whoever edits the answer is found out by the rules. */
  @Test
  void theAnswerFollowsFromTheRules() {
    Finding edited =
        judge(drill().add(changed(asked(ASK, false, ApprovalFlaw.EXPIRED), List.of(), true)));
    assertThat(edited.verdict()).isEqualTo(MISSED);
    assertThat(edited.details()).anyMatch(d -> d.contains("by the rules it had to be expired"));
    assertThat(judge(approved(a -> changed(a, List.of("window-closed"), true))).verdict())
        .isEqualTo(MISSED);
    assertThat(judge(approved(a -> changed(a, List.of(), false))).summary())
        .contains("not called simulated");
  }

  private static ApprovalAsked with(
      ApprovalAsked a, ApprovalAsked.Order order, List<ApprovalAsked.Use> uses) {
    return new ApprovalAsked(
        a.at(),
        a.cluster(),
        order,
        a.clock(),
        a.simulated(),
        a.standIns(),
        a.again(),
        a.envelopes(),
        uses,
        a.refusals(),
        a.breakGlass(),
        a.expected(),
        a.leftOut());
  }

  @Test
  void anApprovalIsUsedOnceAndByThisOrder() {
    assertThat(judge(approved(a -> with(a, a.order(), List.of()))).verdict()).isEqualTo(MISSED);
    UnaryOperator<ApprovalAsked.Use> taken =
        u -> new ApprovalAsked.Use(u.approval(), u.key(), 1, false);
    UnaryOperator<ApprovalAsked.Use> elsewhere =
        u -> new ApprovalAsked.Use(u.approval(), "x/" + u.key(), 1, true);
    UnaryOperator<ApprovalAsked.Use> second =
        u -> new ApprovalAsked.Use(u.approval(), u.key().replaceAll("1$", "2"), 2, true);
    for (UnaryOperator<ApprovalAsked.Use> change : List.of(taken, elsewhere, second)) {
      Finding finding =
          judge(approved(a -> with(a, a.order(), a.uses().stream().map(change).toList())));
      assertThat(finding.verdict()).isEqualTo(MISSED);
      assertThat(finding.summary()).contains("already-used");
    }
    // The same one for two orders.
    ApprovalAsked first = asked(ASK, false, null);
    ApprovalAsked twice =
        new ApprovalAsked(
            at(ASK + 500),
            first.cluster(),
            first.order(),
            first.clock(),
            true,
            first.standIns(),
            false,
            first.envelopes(),
            first.uses(),
            List.of(),
            null,
            null,
            null);
    assertThat(judge(drill().add(first).add(twice)).verdict()).isEqualTo(MISSED);
  }

  private static ApprovalAsked.Subject subject(
      String run, String plan, String environment, String declarations, String context, String d) {
    return new ApprovalAsked.Subject(run, plan, environment, declarations, context, d, 1, "alpha");
  }

  /** Approved or not: an order that is about something else is none of this drill. */
  @Test
  void anOrderIsAboutThisDrill() {
    ApprovalAsked.Subject s = order().subject();
    List<ApprovalAsked.Subject> others =
        List.of(
            subject("x", s.plan(), s.environment(), s.declarations(), "orders", "failback"),
            subject("run", "x", s.environment(), s.declarations(), "orders", "failback"),
            subject("run", s.plan(), "x", s.declarations(), "orders", "failback"),
            subject("run", s.plan(), s.environment(), "x", "orders", "failback"),
            subject("run", s.plan(), s.environment(), s.declarations(), "x", "failback"),
            subject("run", s.plan(), s.environment(), s.declarations(), "orders", "x"));
    for (ApprovalAsked.Subject other : others) {
      ApprovalAsked.Order order =
          new ApprovalAsked.Order(other, NAMED, SimulatedApprovers.SIMULATED, null, false);
      List<String> envelopes = standIns.approve(order, Orders.SUNDAY, null);
      List<ApprovalAsked.Use> uses = new ArrayList<>();
      ApprovalRules.ask(policy, order, Orders.SUNDAY, standIns.publicKeys(), envelopes)
          .counted()
          .keySet()
          .forEach(
              m -> uses.add(new ApprovalAsked.Use(m, "drillyard/approvals/" + m + "/1", 1, true)));
      ApprovalAsked asked =
          new ApprovalAsked(
              at(ASK),
              "alpha",
              order,
              Orders.SUNDAY.toString(),
              true,
              standIns.publicKeys(),
              false,
              envelopes,
              uses,
              List.of(),
              null,
              null,
              null);
      assertThat(judge(drill().add(asked)).verdict()).as(other.toString()).isEqualTo(MISSED);
    }
  }

  @Test
  void itNamesTheFilesThatItRestsOn() {
    List<String> few = List.of("other.yaml", "three-nodes.yaml");
    ApprovalAsked.Subject s = order().subject();
    ApprovalAsked.Order order =
        new ApprovalAsked.Order(
            subject(
                "run",
                s.plan(),
                SubjectDigests.environment(FILES, few),
                SubjectDigests.declarations(FILES, few),
                "orders",
                "failback"),
            few,
            SimulatedApprovers.SIMULATED,
            null,
            false);
    assertThat(judge(drill().add(with(asked(ASK, false, null), order, List.of()))).details())
        .contains("an order does not name the declarations that it rests on");
  }

  @Test
  void theTokenIsSpentOnlyAfterItWasAskedAgain() {
    Forge forge = drill().add(asked(ASK, false, null));
    forge.add(new TokenDecided(at(SPENT), "t", TokenDecided.SPENT, "key", true));
    assertThat(judge(forge).summary()).contains("nobody had asked again");
    forge.add(asked(AGAIN, true, ApprovalFlaw.OUTSIDE_WINDOW));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge taken = drill().add(asked(ASK, false, null));
    taken.add(late(taken));
    taken.add(new TokenDecided(at(SPENT), "t", TokenDecided.VOID, "key", true));
    taken.add(token("t"));
    taken.action(PROMOTE, PROMOTE + 100, "operator", "promote", "old");
    assertThat(judge(taken).verdict()).as(judge(taken).summary()).isEqualTo(MET);
    // Whoever serves again was not taken over by anybody; whoever was ordered to lead was.
    taken.action(PROMOTE + 200, PROMOTE + 300, "operator", "promote", "alpha");
    assertThat(judge(taken).verdict()).isEqualTo(MISSED);
  }

  /** What was asked first, asked again after the window had closed. */
  private static ApprovalAsked late(Forge forge) {
    ApprovalAsked first =
        forge.events().stream()
            .filter(ApprovalAsked.class::isInstance)
            .map(ApprovalAsked.class::cast)
            .findFirst()
            .orElseThrow();
    return new ApprovalAsked(
        at(AGAIN),
        first.cluster(),
        first.order(),
        Orders.SUNDAY.plusSeconds(4 * 3_600).toString(),
        true,
        first.standIns(),
        true,
        first.envelopes(),
        first.uses(),
        List.of("window-closed", "too-few-approvals", "expired"),
        null,
        "window-closed",
        null);
  }

  private static ApprovalAsked emergency(ApprovalAsked a) {
    return new ApprovalAsked(
        a.at(),
        a.cluster(),
        a.order(),
        a.clock(),
        a.simulated(),
        a.standIns(),
        a.again(),
        a.envelopes(),
        a.uses(),
        a.refusals(),
        "the building burns",
        null,
        a.leftOut());
  }

  /** Carried out, told loudly, and never met. */
  @Test
  void anEmergencyIsNeverMet() {
    ApprovalAsked asked = emergency(asked(ASK, false, ApprovalFlaw.UNAPPROVED));
    Forge forge = drill().add(asked).add(again(asked));
    forge.add(new TokenDecided(at(SPENT), "t", TokenDecided.SPENT, "key", true));
    forge.action(PROMOTE, PROMOTE + 100, "operator", "promote", "alpha");
    Finding finding = judge(forge);
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(finding.summary()).contains("emergency", "the building burns");
  }

  /** The clock of an order from outside is the one of the ledger. */
  @Test
  void onlyADrillSetsTheClock() {
    ApprovalAsked a = asked(ASK, false, ApprovalFlaw.UNAPPROVED);
    UnaryOperator<String> by =
        clock ->
            judge(
                    drill()
                        .add(
                            new ApprovalAsked(
                                a.at(),
                                "alpha",
                                a.order(),
                                clock,
                                false,
                                Map.of(),
                                false,
                                List.of(),
                                List.of(),
                                ApprovalRules.ask(
                                        policy,
                                        a.order(),
                                        Instant.parse(clock),
                                        Map.of(),
                                        List.of())
                                    .codes(),
                                null,
                                null,
                                null)))
                .verdict()
                .name();
    assertThat(by.apply("2026-11-21T00:00:08Z")).isEqualTo("MET");
    assertThat(by.apply("2026-11-22T02:00:00Z")).isEqualTo("MISSED");
    assertThat(by.apply("2026-11-21T00:01:07Z")).isEqualTo("MET");
    assertThat(by.apply("2026-11-21T00:01:09Z")).isEqualTo("MISSED");
  }

  @Test
  void whereNobodyIsDeclaredNothingIsProved() {
    assertThat(
            Drills.judge(OrdersWereApproved.NAME, drill().add(asked(ASK, false, null)), other())
                .code())
        .isEqualTo("nobody-declared");
  }

  private static Target other() {
    return Drills.target();
  }

  /** Whoever makes the policy easier afterwards is found out by what was planned. */
  @Test
  void itIsJudgedByThePolicyThatWasPlanned() {
    Target easier =
        Drills.target(
            new Objective(
                Disruption.FAILBACK,
                target().objective().failover(),
                target().objective().rto(),
                target().objective().rpo(),
                target().objective().redundancy(),
                target().objective().servesWhileHeld(),
                null,
                null,
                new ApprovalPolicy(1, true, policy.approvers(), null)));
    Finding finding = Drills.judge(OrdersWereApproved.NAME, approved(a -> a), easier);
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.summary()).contains("that was planned");
  }

  private static ApprovalAsked of(ApprovalAsked a, String cluster) {
    return new ApprovalAsked(
        a.at(),
        cluster,
        a.order(),
        a.clock(),
        a.simulated(),
        a.standIns(),
        a.again(),
        a.envelopes(),
        a.uses(),
        a.refusals(),
        a.breakGlass(),
        a.expected(),
        a.leftOut());
  }

  @Test
  void whatWasGrantedForOneClusterIsNoGrantForAnother() {
    Forge forge = drill().add(of(asked(ASK, false, null), "beta"));
    forge.action(PROMOTE, PROMOTE + 100, "operator", "promote", "beta");
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    assertThat(judge(forge).details()).contains("an order for beta names alpha");
  }

  @Test
  void aGrantIsSpentOnOnePromotionByWhomeverItIsOrdered() {
    Forge twice = approved(a -> a);
    twice.action(PROMOTE + 900, PROMOTE + 910, "operator", "approve-promotion", "alpha");
    assertThat(judge(twice).summary()).contains("more often than that was granted");
    Forge others = drill().add(asked(ASK, false, ApprovalFlaw.UNAPPROVED));
    others.action(ASK - 10, ASK + 900, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
    others.action(PROMOTE, PROMOTE + 100, "somebody", "switchover", "alpha");
    assertThat(judge(others).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whatIsAskedAgainWasAskedBefore() {
    assertThat(judge(drill().add(asked(AGAIN, true, null))).summary())
        .contains("had not been asked");
    ApprovalAsked first = asked(ASK, false, null);
    Forge late = drill().add(first).add(again(first)).add(token("t"));
    late.add(new TokenDecided(at(AGAIN + 50), "t", TokenDecided.SPENT, "key", true));
    // It was answered only when the token had been spent.
    assertThat(judge(late).summary()).contains("nobody had asked again");
  }

  private static GateAsked gate(double ms, @Nullable Double lossUpperMs, String answer) {
    return new GateAsked(
        at(ms),
        "alpha",
        "old",
        new GateAsked.Look(List.of(), null, true, null, null, 0),
        60_000.0,
        answer,
        lossUpperMs,
        List.of(),
        null,
        null);
  }

  @Test
  void whatWasConsentedToIsWhatTheGateSaid() {
    ApprovalAsked asked = asked(ASK, false, null);
    assertThat(judge(drill().add(gate(ASK - 500, null, "SAFE")).add(asked)).verdict())
        .isEqualTo(MET);
    assertThat(judge(drill().add(gate(ASK - 500, 4_000.0, "SAFE")).add(asked)).summary())
        .contains("another answer than the gate's");
    assertThat(judge(drill().add(gate(ASK - 500, null, "OPERATOR-GATED")).add(asked)).verdict())
        .isEqualTo(MISSED);
    // What the gate says later is asked again with the token.
    assertThat(judge(drill().add(asked).add(gate(AGAIN, 4_000.0, "SAFE"))).verdict())
        .isEqualTo(MET);
  }

  @Test
  void everyRefusalThatWasPlannedIsTried() {
    String steps = STEPS + "; " + OrdersWereApproved.REFUSED;
    Forge forge =
        approved(a -> a)
            .each(
                Event.Note.class,
                n -> n.text().equals(STEPS) ? new Event.Note(n.at(), n.level(), steps) : n);
    assertThat(judge(forge).details())
        .contains("an order names another plan or other declarations than this ledger tells");
    forge.add(new Event.Note(at(3), "info", STEPS));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(forge).summary()).contains("1 refusals were planned, and 0 were tried");
  }

  @Test
  void onlyWhoeverHandedOverServesAgain() {
    Forge forge = drill().add(asked(ASK, false, null)).add(token("t"));
    forge.add(new TokenDecided(at(SPENT), "t", TokenDecided.VOID, "key", true));
    forge.action(PROMOTE, PROMOTE + 100, "operator", "promote", "beta");
    assertThat(judge(forge).summary()).contains("nobody had been asked");
  }
}
