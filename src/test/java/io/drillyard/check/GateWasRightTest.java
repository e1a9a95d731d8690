package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Rpo;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import java.time.Duration;
import java.util.function.Predicate;
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
            .each(
                GateAsked.class,
                g ->
                    new GateAsked(
                        g.at(),
                        g.cluster(),
                        g.other(),
                        g.look(),
                        g.rpoMs(),
                        "SAFE",
                        g.lossUpperMs(),
                        g.reasons(),
                        null,
                        null));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge narrowed =
        drill(GateLooks.restorable(), Drills.ALL_ACKS)
            .each(
                GateAsked.class,
                g ->
                    new GateAsked(
                        g.at(),
                        g.cluster(),
                        g.other(),
                        g.look(),
                        g.rpoMs(),
                        g.answer(),
                        1.0,
                        g.reasons(),
                        null,
                        null));
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
    GateAsked.Look writes =
        GateLooks.with(GateLooks.restorable(), GateLooks.members(PromotionGate.PRIMARY));
    Forge blocked = drill(writes, Drills.ALL_ACKS);
    blocked.action(FAULT + 4_300, FAULT + 4_300, "operator", "approve-promotion", "alpha");
    assertThat(judge(blocked).verdict()).isEqualTo(MISSED);
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

  @Test
  void itIsJudgedOnlyWhereAGateWasAsked() {
    assertThat(Judge.applicable(Drills.powerOff().history())).doesNotContain(GateWasRight.NAME);
    assertThat(Judge.applicable(drill(GateLooks.restorable(), Drills.ALL_ACKS).history()))
        .contains(GateWasRight.NAME);
    assertThat(judge(Drills.powerOff()).verdict()).isEqualTo(UNDETERMINED);
  }
}
