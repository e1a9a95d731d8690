package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing was lost, because the replica happened not to lag: that proves no RPO of nothing. */
final class LuckTest {
  private static Target asynchronous(Disruption disruption, Rpo rpo) {
    Target usual = Drills.target();
    return new Target(
        usual.context(),
        new Objective(
            disruption,
            FailoverMode.AUTOMATIC,
            Duration.ofSeconds(20),
            rpo,
            Duration.ofSeconds(10),
            true),
        usual.outageThreshold(),
        50,
        0.9,
        usual.steady(),
        false,
        null,
        "alpha");
  }

  /** No standby was waited for. */
  private static Forge asynchronous(Forge forge) {
    return forge
        .each(
            Event.Topology.class,
            t ->
                new Event.Topology(
                    t.at(), t.members(), t.leader(), t.etcdLeader(), false, t.storage()))
        .each(
            Event.Standbys.class,
            s ->
                new Event.Standbys(
                    s.at(),
                    s.member(),
                    s.lsn(),
                    s.standbys().stream()
                        .map(
                            r ->
                                new Event.Standby(
                                    r.member(), r.state(), "async", r.flushLsn(), r.replayLsn()))
                        .toList()));
  }

  private static Verdict judge(Forge forge, Rpo rpo) {
    return Drills.judge("dataLoss", forge, asynchronous(Disruption.NODE_LOSS, rpo)).verdict();
  }

  @Test
  void anotherMemberThatServesHasEverythingByLuckWhereNobodyWaitedForIt() {
    Rpo nothing = new Rpo.Transactions(0);
    assertThat(judge(asynchronous(Drills.powerOff()), nothing)).isEqualTo(UNDETERMINED);
    assertThat(judge(asynchronous(Drills.powerOff()), new Rpo.Time(Duration.ZERO)))
        .isEqualTo(UNDETERMINED);
    // A bound that may be used up was kept.
    assertThat(judge(asynchronous(Drills.powerOff()), new Rpo.Transactions(1))).isEqualTo(MET);
    assertThat(judge(asynchronous(Drills.powerOff()), new Rpo.Time(Duration.ofSeconds(5))))
        .isEqualTo(MET);
    // Somebody waited for the one that serves now.
    assertThat(judge(Drills.powerOff(), nothing)).isEqualTo(MET);
  }

  @Test
  void aPlannedSwitchoverWaitsForItsSuccessorAndAnOrderedFailoverDoesNot() {
    Rpo nothing = new Rpo.Transactions(0);
    assertThat(judge(asynchronous(Drills.switchover()), nothing)).isEqualTo(MET);
    Forge forced = asynchronous(Drills.switchover());
    forced.each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(), i.fault(), "forced-failover", i.plane(), i.targets(), "", true));
    assertThat(judge(forced, nothing)).isEqualTo(UNDETERMINED);
  }

  @Test
  void whereTheLeaderServesOnNothingWasLuck() {
    Forge forge = asynchronous(Drills.byHand());
    forge.survivors(46_000, 46_100, "pg1", 1, w -> w.acknowledged() && w.routed());
    assertThat(judge(forge, new Rpo.Transactions(0))).isEqualTo(MET);
  }

  @Test
  void whereTheSiteIsLostTheOneThatWasWaitedForMustStandOutsideIt() {
    Target site = asynchronous(Disruption.SITE_LOSS, new Rpo.Transactions(0));
    Forge forge = Drills.powerOff().each(Event.Opened.class, LuckTest::siteLoss);
    Finding inside = Drills.judge("dataLoss", forge, site);
    assertThat(inside.verdict()).isEqualTo(UNDETERMINED);
    assertThat(inside.summary()).contains("no standby outside the site was synchronous");
    Forge apart =
        Drills.powerOff()
            .each(Event.Opened.class, LuckTest::siteLoss)
            .each(Event.Topology.class, LuckTest::pg2Elsewhere);
    assertThat(Drills.judge("dataLoss", apart, site).verdict()).isEqualTo(MET);
  }

  private static Event.Opened siteLoss(Event.Opened o) {
    return new Event.Opened(
        o.at(),
        o.format(),
        o.runId(),
        o.scenario(),
        o.environment(),
        o.context(),
        Disruption.SITE_LOSS.word(),
        o.wallClockAnchor(),
        o.versions());
  }

  private static Event.Topology pg2Elsewhere(Event.Topology t) {
    List<Event.Member> members =
        t.members().stream()
            .map(
                m ->
                    m.name().equals("pg2")
                        ? new Event.Member(m.name(), m.cluster(), "b", m.dataAddress())
                        : m)
            .toList();
    return new Event.Topology(
        t.at(), members, t.leader(), t.etcdLeader(), t.synchronous(), t.storage());
  }
}
