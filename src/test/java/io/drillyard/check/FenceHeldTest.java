package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FenceHeldTest {
  /** pg1 stands at a site of its own, fenced after the fault and looked at after its return. */
  private static Forge fenced() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream().map(FenceHeldTest::placed).toList(),
                        t.leader(),
                        t.etcdLeader(),
                        t.synchronous(),
                        t.storage()));
    forge.action(FAULT + 100, FAULT + 200, "operator", "fence", "old");
    forge.action(FAULT + 100, FAULT + 300, "harness", "witness-fence", "old");
    return forge.action(HEAL + 500, HEAL + 900, "harness", "witness-fence", "pg1");
  }

  private static Event.Member placed(Event.Member m) {
    return m.name().equals("pg1")
        ? new Event.Member(m.name(), m.cluster(), "old", m.dataAddress())
        : m;
  }

  private static Forge without(String verb, String subject) {
    return fenced()
        .without(
            e ->
                e instanceof Event.Action a
                    && a.verb().equals(verb)
                    && a.subject().equals(subject));
  }

  private static Verdict judge(Forge forge) {
    return Drills.judge("fenceHeld", forge, Drills.target()).verdict();
  }

  @Test
  void aFenceSeenBeforeAndAfterIsMet() {
    assertThat(Drills.judge("fenceHeld", fenced(), Drills.target()).summary()).isNotEmpty();
    assertThat(judge(fenced())).isEqualTo(MET);
  }

  @Test
  void whatNobodySawIsUndetermined() {
    assertThat(judge(without("witness-fence", "old"))).isEqualTo(UNDETERMINED);
    assertThat(judge(without("witness-fence", "pg1"))).isEqualTo(UNDETERMINED);
    assertThat(judge(without("fence", "old"))).isEqualTo(UNDETERMINED);
    assertThat(judge(fenced().without(Event.Healed.class))).isEqualTo(UNDETERMINED);
  }

  @Test
  void aLookBeforeTheReturnOrAfterTheTakeoverProvesNothing() {
    Forge early = without("witness-fence", "pg1");
    early.action(HEAL - 500, HEAL - 400, "harness", "witness-fence", "pg1");
    assertThat(judge(early)).isEqualTo(UNDETERMINED);
    Forge late = fenced().action(FAULT + 250, FAULT + 900, "operator", "restore", "alpha");
    assertThat(judge(late)).isEqualTo(UNDETERMINED);
    Forge laid = fenced().action(FAULT + 150, FAULT + 900, "operator", "restore", "alpha");
    assertThat(judge(laid)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aFenceThatWasSeenOpenIsMissed() {
    for (String subject : List.of("old", "pg1")) {
      assertThat(judge(fenced().action(40_000, 40_001, "harness", "fence-not-in-force", subject)))
          .isEqualTo(MISSED);
    }
  }

  @Test
  void aCommitBehindTheFenceIsMissed() {
    assertThat(judge(fenced().probes(40_000, 40_050, "pg1", Event.ProbeResult.COMMITTED, 3)))
        .isEqualTo(MISSED);
  }

  @Test
  void itIsJudgedOnlyWhereAFenceWasPlannedOrLaid() {
    assertThat(Judge.applicable(Drills.powerOff().history())).doesNotContain("fenceHeld");
    assertThat(Judge.applicable(fenced().history())).contains("fenceHeld");
    Forge planned = Drills.powerOff();
    planned.add(
        new Event.Note(
            Forge.at(1, 1),
            "info",
            LedgerDeclarations.plan(List.of(FenceHeld.PLANNED + " the lost site"))));
    assertThat(Judge.applicable(planned.history())).contains("fenceHeld");
    assertThat(judge(planned)).isEqualTo(UNDETERMINED);
  }

  private static String why(Forge forge) {
    return Drills.why("fenceHeld", forge, Drills.target());
  }

  /** The fence laid from 10.1 s until then, and seen from outside over that stretch. */
  private static Forge laid(double untilMs, double seenFromMs, double seenToMs) {
    Forge forge = without("fence", "old");
    forge.without(e -> e instanceof Event.Action a && a.subject().equals("old"));
    forge.action(FAULT + 100, untilMs, "operator", "fence", "old");
    return forge.action(seenFromMs, seenToMs, "harness", "witness-fence", "old");
  }

  @Test
  void theFenceIsSeenFromItsLayingUntilTheTakeover() {
    String unseen = "nobody saw the fence at old in force before the takeover";
    // pg2 is seen to be a primary at 17 504 ms.
    assertThat(judge(laid(10_200, 10_150, 10_200))).isEqualTo(MET);
    assertThat(why(laid(10_200, 10_150, 10_199))).isEqualTo(unseen);
    assertThat(judge(laid(10_200, 17_000, 17_504))).isEqualTo(MET);
    assertThat(why(laid(10_200, 17_000, 17_504.001))).isEqualTo(unseen);
    assertThat(judge(laid(17_504, 17_504, 17_504))).isEqualTo(MET);
    assertThat(why(laid(17_504.001, 17_000, 17_504)))
        .isEqualTo("the fence at old came after the takeover had begun");
  }

  @Test
  void anActOfTakingOverCountsFromItsBeginning() {
    for (String verb : List.of("restore", "promote")) {
      Forge forge = laid(10_200, 11_000, 12_000).action(11_999, 13_000, "operator", verb, "pg2");
      forge.action(14_000, 14_100, "operator", verb, "pg2");
      assertThat(why(forge)).startsWith("nobody saw the fence");
    }
    Forge other = laid(10_200, 11_000, 12_000).action(11_000, 11_100, "operator", "backup", "pg2");
    assertThat(judge(other)).isEqualTo(MET);
  }

  @Test
  void aPromotionBehindTheFenceIsNoTakeover() {
    Forge forge = laid(10_200, 12_000, 12_100).key(10_300, "pg1", 7);
    forge.key(10_250, null, 6).key(0.5, "pg3", 5);
    assertThat(Drills.judge("fenceHeld", forge, Drills.target()).summary())
        .doesNotContain("takeover");
  }

  @Test
  void commitsWhileTheFenceIsLaidAreADoubtAndAfterItABreach() {
    String doubt = "pg1 on timeline 1 accepted commits while its site was being fenced";
    assertThat(why(committed(10_199, 10_200))).isEqualTo(doubt);
    assertThat(why(committed(10_200, 10_300))).isEqualTo(doubt);
    assertThat(why(committed(10_050, 10_100))).isEqualTo(doubt);
    assertThat(judge(committed(10_050, 10_099.999))).isEqualTo(MET);
    Finding breach = Drills.judge("fenceHeld", committed(10_200.001, 10_300), Drills.target());
    assertThat(breach.verdict()).isEqualTo(MISSED);
    assertThat(breach.summary())
        .isEqualTo("pg1 on timeline 1 accepted commits after its site had been fenced");
  }

  private static Forge committed(double sentMs, double returnedMs) {
    return fenced()
        .add(
            new Event.Probed(
                Forge.at(sentMs, returnedMs),
                "pg1",
                Event.ProbeResult.COMMITTED,
                false,
                1,
                Forge.lsn(9_000),
                0,
                null));
  }

  @Test
  void theReturnIsLookedAtFromTheEndOfTheHealOn() {
    Forge at = without("witness-fence", "pg1");
    at.action(HEAL + 10, HEAL + 20, "harness", "witness-fence", "pg1");
    assertThat(judge(at)).isEqualTo(MET);
    Forge before = without("witness-fence", "pg1");
    before.action(HEAL + 9.999, HEAL + 20, "harness", "witness-fence", "pg1");
    assertThat(why(before)).isEqualTo("after their return nobody saw the fence hold on pg1");
  }

  @Test
  void whyNothingIsDecided() {
    assertThat(why(without("fence", "old")))
        .isEqualTo("the ledger holds no fence, although one was planned or looked at");
    assertThat(why(fenced().without(Event.Healed.class)))
        .isEqualTo("the fenced site was not seen to return: old");
  }

  @Test
  void otherActsAreNoReasonToJudgeAFence() {
    Forge forge = Drills.powerOff().action(14_000, 14_010, "operator", "promote", "pg2");
    assertThat(Judge.applicable(forge.history())).doesNotContain("fenceHeld");
    assertThat(Judge.all()).hasSize(23);
  }
}
