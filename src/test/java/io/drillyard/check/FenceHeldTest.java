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
            Forge.at(1, 1), "info", Declared.plan(List.of(FenceHeld.PLANNED + " the lost site"))));
    assertThat(Judge.applicable(planned.history())).contains("fenceHeld");
    assertThat(judge(planned)).isEqualTo(UNDETERMINED);
  }
}
