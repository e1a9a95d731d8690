package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gate is judged by what came of it. */
final class GateWasRightTest {
  /** The gate was asked 4 s after the fault; pg1 is of the cluster that is lost. */
  private static Forge drill(GateAsked.Look look, Predicate<Event.Write> present) {
    return Drills.readBack(Drills.lostPrimary(), present)
        .each(
            Event.Topology.class,
            t ->
                new Event.Topology(
                    t.at(),
                    t.members().stream().map(GateWasRightTest::placed).toList(),
                    t.leader(),
                    t.etcdLeader(),
                    t.synchronous(),
                    t.storage()))
        .add(GateLooks.asked(FAULT + 4_000, FAULT + 4_200, look, 60_000.0));
  }

  private static Event.Member placed(Event.Member m) {
    return m.name().equals("pg1")
        ? new Event.Member(m.name(), "old", m.site(), m.dataAddress())
        : m;
  }

  private static Finding judge(Forge forge) {
    return Drills.judge(GateWasRight.NAME, forge, Drills.rpo(new Rpo.Time(Duration.ofSeconds(60))));
  }

  /** Writes that were acknowledged within so long before the fault are lost. */
  private static Predicate<Event.Write> losing(double ms) {
    return w ->
        w.acknowledged()
            && !(w.at().endNs() > (FAULT - ms) * Forge.MS && w.at().endNs() <= FAULT * Forge.MS);
  }

  /** The same gate, of which the ledger tells another answer, attestation or excuse. */
  private static GateAsked telling(
      GateAsked g,
      String answer,
      @Nullable Double upperMs,
      @Nullable String attested,
      @Nullable String leftOut) {
    return new GateAsked(
        g.at(),
        g.cluster(),
        g.other(),
        g.look(),
        g.rpoMs(),
        answer,
        upperMs,
        g.reasons(),
        attested,
        leftOut);
  }

  /** A writing side, and an approval all the same; the ledger has an attestation or an excuse. */
  private static Forge approvedAgainst(@Nullable String attested, @Nullable String leftOut) {
    GateAsked.Look writes =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    return drill(writes, Drills.ALL_ACKS)
        .each(GateAsked.class, g -> telling(g, g.answer(), g.lossUpperMs(), attested, leftOut))
        .action(FAULT + 4_300, FAULT + 4_300, "operator", "approve-promotion", "alpha");
  }

  @Test
  void noAttestationOpensWhatIsBlockedAndOnlyAControlMayLeaveTheGateOut() {
    assertThat(judge(approvedAgainst("somebody", null)).verdict()).isEqualTo(MISSED);
    assertThat(judge(approvedAgainst(null, "a wish")).verdict()).isEqualTo(MISSED);
    Target control =
        Drills.target(
            20_000,
            new Rpo.Time(Duration.ofSeconds(60)),
            true,
            FailoverMode.AUTOMATIC,
            NoSplitBrain.NAME);
    assertThat(
            Drills.judge(GateWasRight.NAME, approvedAgainst(null, "it is a control"), control)
                .verdict())
        .isNotEqualTo(MISSED);
  }

  /** The gate was asked while pg1 still served, and forbade it; nothing was run. */
  private static Forge refused(GateAsked.Look look, double ms) {
    Forge forge = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    return forge
        .add(GateLooks.asked(ms, ms + 100, look, 60_000.0))
        .action(ms, ms + 2_000, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
  }

  @Test
  void aRefusalThatNothingCameOfIsRightWhateverWouldHaveBeenLost() {
    GateAsked.Look serves =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    Finding blocked = judge(refused(serves, FAULT - 3_000));
    assertThat(blocked.verdict()).as(blocked.summary()).isEqualTo(MET);
    GateAsked.Look unknown = GateLooks.with(serves, (GateAsked.ArchiveSeen) null);
    assertThat(judge(refused(unknown, FAULT - 3_000)).verdict()).isEqualTo(MET);
    Forge unseen = refused(unknown, FAULT - 3_000);
    unseen.without(
        e -> e instanceof Event.Action a && a.verb().equals(OrdersWereApproved.NOTHING_RUN));
    assertThat(judge(unseen).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void whoeverIsSaidToServeAndDidNotMakesARefusalADoubt() {
    GateAsked.Look serves =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    Finding finding = judge(refused(serves, FAULT + 1_000));
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(finding.summary()).contains("nobody saw it accept a commit");
  }

  @Test
  void aRefusalThatWasPlannedAndNotTriedIsADoubt() {
    Forge forge =
        drill(GateLooks.restorable(), Drills.ALL_ACKS)
            .add(
                new Event.Note(
                    Forge.at(0, 0),
                    "info",
                    LedgerDeclarations.plan(
                        java.util.List.of(
                            "x: " + GateWasRight.REFUSED + PromotionGate.Answer.BLOCKED.word()))));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
    // Another refusal is not the one that was planned.
    GateAsked.Look unfenced = GateLooks.with(GateLooks.restorable(), (GateAsked.FenceSeen) null);
    forge
        .add(GateLooks.asked(FAULT - 3_000, FAULT - 2_900, unfenced, 60_000.0))
        .action(FAULT - 3_000, FAULT - 1_000, "harness", OrdersWereApproved.NOTHING_RUN, "alpha");
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void whatWasRunAfterARefusalIsMissed() {
    GateAsked.Look serves =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    Forge forge = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    forge
        .add(GateLooks.asked(FAULT - 3_000, FAULT - 2_900, serves, 60_000.0))
        .action(
            FAULT - 3_000, FAULT - 1_000, "harness", OrdersWereApproved.RUN_ALL_THE_SAME, "alpha");
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aSafeSideThatWroteNothingAndALossWithinItsBoundAreRight() {
    Finding nothing = judge(drill(GateLooks.restorable(), Drills.ALL_ACKS));
    assertThat(nothing.verdict()).as(nothing.summary()).isEqualTo(MET);
    assertThat(judge(drill(GateLooks.restorable(), losing(9_000))).verdict()).isEqualTo(MET);
  }

  @Test
  void moreLossThanTheGateToldIsWrong() {
    Finding finding = judge(drill(GateLooks.followed(), losing(4_000)));
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(finding.summary()).contains("3.500");
    assertThat(judge(drill(GateLooks.followed(), losing(1_000))).verdict()).isEqualTo(MET);
  }

  @Test
  void aSideThatWasCalledUnableAndWritesIsWrong() {
    Forge forge = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    forge.probes(FAULT + 5_000, FAULT + 6_000, "pg1", Event.ProbeResult.COMMITTED, 1);
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge attested =
        drill(GateLooks.with(GateLooks.restorable(), (GateAsked.FenceSeen) null), Drills.ALL_ACKS);
    attested.probes(FAULT + 5_000, FAULT + 6_000, "pg1", Event.ProbeResult.COMMITTED, 1);
    // The gate said that it does not know; whoever attested was wrong, and noSplitBrain finds it.
    assertThat(judge(attested).verdict()).isNotEqualTo(MISSED);
  }

  @Test
  void anAnswerThatDoesNotFollowFromItsLookIsWrong() {
    Forge forge =
        drill(GateLooks.with(GateLooks.restorable(), (GateAsked.FenceSeen) null), Drills.ALL_ACKS)
            .each(GateAsked.class, g -> telling(g, "SAFE", g.lossUpperMs(), null, null));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge narrowed =
        drill(GateLooks.restorable(), Drills.ALL_ACKS)
            .each(GateAsked.class, g -> telling(g, g.answer(), 1.0, null, null));
    assertThat(judge(narrowed).verdict()).isEqualTo(MISSED);
  }

  @Test
  void withoutAnUpperEndOrARowReadNothingIsDecided() {
    GateAsked.Look unknown = GateLooks.with(GateLooks.restorable(), (GateAsked.ArchiveSeen) null);
    assertThat(judge(drill(unknown, Drills.ALL_ACKS)).verdict()).isEqualTo(UNDETERMINED);
    Forge unread = drill(GateLooks.restorable(), Drills.ALL_ACKS).without(Event.RowsRead.class);
    assertThat(judge(unread).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void anotherRpoThanTheDeclaredOneIsWrong() {
    Forge forge = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    assertThat(
            Drills.judge(GateWasRight.NAME, forge, Drills.rpo(new Rpo.Time(Duration.ofSeconds(61))))
                .verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void whoeverPromotesAgainstTheGateOrWithoutItIsFound() {
    assertThat(judge(approvedAgainst(null, null)).verdict()).isEqualTo(MISSED);
    Forge unasked =
        Drills.powerOff()
            .action(FAULT + 4_300, FAULT + 4_300, "operator", "approve-promotion", "alpha");
    assertThat(judge(unasked).verdict()).isEqualTo(UNDETERMINED);
    Forge early = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    early.action(FAULT + 3_000, FAULT + 3_000, "operator", "approve-promotion", "alpha");
    assertThat(judge(early).verdict()).isEqualTo(UNDETERMINED);
    Forge obeyed = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    obeyed.action(FAULT + 4_300, FAULT + 4_300, "operator", "approve-promotion", "alpha");
    assertThat(judge(obeyed).verdict()).isEqualTo(MET);
  }

  /** An answer is of its moment: whoever took his time has to ask again. */
  @Test
  void anAnswerIsNotObeyedMuchLater() {
    Forge late = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    late.action(FAULT + 18_900, FAULT + 18_900, "operator", "approve-promotion", "alpha");
    assertThat(judge(late).verdict()).as(judge(late).summary()).isEqualTo(MET);
    Forge stale = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    stale.action(FAULT + 19_900, FAULT + 19_900, "operator", "approve-promotion", "alpha");
    assertThat(judge(stale).verdict()).isEqualTo(MISSED);
    assertThat(judge(stale).summary()).contains("that was 15.");
    // Where the harness itself stood still it is nobody's fault, and proves nothing.
    stale.add(new Event.Stalled(Forge.at(FAULT + 5_000, FAULT + 9_000), 4_000_000_000L));
    assertThat(judge(stale).verdict()).as(judge(stale).summary()).isEqualTo(UNDETERMINED);
  }

  @Test
  void itIsJudgedOnlyWhereAGateWasAsked() {
    assertThat(Judge.applicable(Drills.powerOff().history())).doesNotContain(GateWasRight.NAME);
    assertThat(Judge.applicable(drill(GateLooks.restorable(), Drills.ALL_ACKS).history()))
        .contains(GateWasRight.NAME);
    Forge planned =
        Drills.powerOff()
            .add(
                new Event.Note(
                    Forge.at(0, 0),
                    "info",
                    LedgerDeclarations.plan(java.util.List.of("x: " + GateWasRight.PLANNED))));
    assertThat(judge(planned).verdict()).isEqualTo(UNDETERMINED);
  }

  /** Somebody asked from outside the drill. */
  private static GateConsulted consulted(double fromMs, double toMs, GateAsked.Look look) {
    GateAsked asked = GateLooks.asked(fromMs, toMs, look, 60_000.0);
    return new GateConsulted(
        asked.at(),
        "q",
        asked.cluster(),
        asked.other(),
        look,
        asked.rpoMs(),
        asked.answer(),
        asked.lossUpperMs(),
        asked.reasons());
  }

  private static Forge asking(GateConsulted question) {
    return drill(GateLooks.restorable(), Drills.ALL_ACKS).add(question);
  }

  @Test
  void whoeverOnlyAsksIsAnsweredRightly() {
    GateAsked.Look serves =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    assertThat(judge(asking(consulted(FAULT - 3_000, FAULT - 2_900, serves))).verdict())
        .isEqualTo(MET);
    assertThat(
            judge(asking(consulted(FAULT + 5_000, FAULT + 5_100, GateLooks.restorable())))
                .verdict())
        .isEqualTo(MET);
    // It served when it was called unable to.
    Finding wrong = judge(asking(consulted(FAULT - 3_000, FAULT - 2_900, GateLooks.restorable())));
    assertThat(wrong.verdict()).isEqualTo(MISSED);
    assertThat(wrong.summary()).contains("when the gate called old unable to write");
    // It stopped while somebody looked.
    assertThat(
            judge(asking(consulted(FAULT - 3_000, FAULT + 200, GateLooks.restorable()))).verdict())
        .isEqualTo(UNDETERMINED);
    // It wrote before anybody looked at it, and that is no doubt.
    assertThat(
            judge(asking(consulted(FAULT - 3_000, FAULT + 2_900, GateLooks.restorable())))
                .verdict())
        .isEqualTo(MET);
  }

  /** What the drill did later says nothing against an answer that ordered nothing. */
  @Test
  void whatComesAfterAQuestionIsNotItsFault() {
    Forge forge = asking(consulted(FAULT + 5_000, FAULT + 5_100, GateLooks.restorable()));
    forge.without(GateAsked.class);
    forge.probes(FAULT + 15_000, FAULT + 16_000, "pg1", Event.ProbeResult.COMMITTED, 1);
    assertThat(judge(forge).verdict()).isEqualTo(MET);
  }

  @Test
  void anAnswerToAQuestionFollowsFromItsLookToo() {
    GateConsulted good = consulted(FAULT + 5_000, FAULT + 5_100, GateLooks.restorable());
    assertThat(judge(asking(told(good, good.look(), "SAFE", 1.0))).verdict()).isEqualTo(MISSED);
    assertThat(judge(asking(told(good, good.look(), "BLOCKED", good.lossUpperMs()))).verdict())
        .isEqualTo(MISSED);
    assertThat(judge(asking(told(good, null, "SAFE", null))).verdict()).isEqualTo(MISSED);
    assertThat(judge(asking(told(good, null, "NO ANSWER", null))).verdict()).isEqualTo(MET);
  }

  private static GateConsulted told(
      GateConsulted g, GateAsked.@Nullable Look look, String answer, @Nullable Double upperMs) {
    return new GateConsulted(
        g.at(), g.id(), g.cluster(), g.other(), look, g.rpoMs(), answer, upperMs, g.reasons());
  }

  /** A question is judged, where no gate belongs to the plan; that it was not asked is no doubt. */
  @Test
  void aQuestionAloneIsJudged() {
    GateConsulted question = consulted(FAULT + 5_000, FAULT + 5_100, GateLooks.restorable());
    Forge forge = asking(question).without(GateAsked.class);
    assertThat(Judge.applicable(forge.history())).contains(GateWasRight.NAME);
    assertThat(judge(forge).verdict()).isEqualTo(MET);
  }

  /**
   * What was lost and written only after the answer is no fault of a gate that did not say SAFE.
   */
  @Test
  void whatWasWrittenAfterAnAttestedAnswerIsNoFaultOfTheGate() {
    GateAsked.Look unfenced = GateLooks.with(GateLooks.restorable(), (GateAsked.FenceSeen) null);
    Forge before =
        drill(unfenced, losing(9_900))
            .each(GateAsked.class, g -> telling(g, g.answer(), g.lossUpperMs(), "somebody", null));
    // Within its bound, whoever attested.
    assertThat(judge(before).verdict()).isEqualTo(MET);
    GateAsked.Look followed = GateLooks.with(GateLooks.followed(), (GateAsked.FenceSeen) null);
    Forge more =
        drill(followed, losing(9_900))
            .each(GateAsked.class, g -> telling(g, g.answer(), g.lossUpperMs(), "somebody", null));
    // All of it had been written before the gate was asked: it told too little.
    assertThat(judge(more).verdict()).isEqualTo(MISSED);
  }

  /** The command logs were looked at from before the answer until after it, of that cluster. */
  @Test
  void onlyALookThatCoversTheAnswerShowsThatNothingWasRun() {
    GateAsked.Look serves = GateLooks.with(GateLooks.restorable(), (GateAsked.ArchiveSeen) null);
    double ms = FAULT - 3_000;
    double[][] covers = {{ms, ms + 100}, {ms + 100, ms + 100}, {ms - 500, ms + 900}};
    for (double[] look : covers) {
      assertThat(judge(looked(serves, ms, look[0], look[1], "alpha")).verdict())
          .as("%s", (Object) look)
          .isEqualTo(MET);
    }
    double[][] misses = {{ms + 101, ms + 900}, {ms - 500, ms + 99}};
    for (double[] look : misses) {
      assertThat(judge(looked(serves, ms, look[0], look[1], "alpha")).verdict())
          .isEqualTo(UNDETERMINED);
    }
    assertThat(judge(looked(serves, ms, ms, ms + 900, "other")).verdict()).isEqualTo(UNDETERMINED);
  }

  private static Forge looked(
      GateAsked.Look look, double asked, double from, double to, String cluster) {
    return drill(GateLooks.restorable(), Drills.ALL_ACKS)
        .add(GateLooks.asked(asked, asked + 100, look, 60_000.0))
        .action(from, to, "harness", OrdersWereApproved.NOTHING_RUN, cluster);
  }

  /** An approval counts by the last answer that was there when it was given. */
  @Test
  void anAnswerAtTheVeryMomentOfTheApprovalIsInTime() {
    Forge forge = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    forge.action(FAULT + 4_200, FAULT + 4_200, "operator", "approve-promotion", "alpha");
    assertThat(judge(forge).verdict()).isEqualTo(MET);
    Forge oldest = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    oldest.action(FAULT + 19_200, FAULT + 19_200, "operator", "approve-promotion", "alpha");
    assertThat(judge(oldest).verdict()).isEqualTo(MET);
    Forge other = drill(GateLooks.restorable(), Drills.ALL_ACKS);
    other.action(FAULT + 4_300, FAULT + 4_300, "operator", "approve-promotion", "beta");
    assertThat(judge(other).verdict()).isEqualTo(UNDETERMINED);
  }
}
