package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.DeclaredReplicas;
import io.drillyard.declaration.DeclaredReplicas.AtLeast;
import io.drillyard.declaration.ReplicaTarget;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** pg1 leads at site a; two standbys stream there, the first of which it waits for. */
class ReplicasAsDeclaredTest {
  private static Target target(
      @Nullable AtLeast serving,
      @Nullable AtLeast others,
      @Nullable AtLeast together,
      String... sites) {
    Target usual = Drills.target();
    return new Target(
        usual.context(),
        usual.objective(),
        usual.outageThreshold(),
        usual.routedRate(),
        usual.leastLoad(),
        usual.steady(),
        true,
        null,
        "alpha",
        null,
        new ReplicaTarget(new DeclaredReplicas(serving, others, together), List.of(sites)));
  }

  private static Finding judge(Forge forge, Target target) {
    return Drills.judge(ReplicasAsDeclared.NAME, forge, target);
  }

  private static AtLeast least(int standbys, int synchronous) {
    return new AtLeast(standbys, synchronous);
  }

  @Test
  void whatIsDeclaredOfTheServingSiteIsCounted() {
    Forge forge = Drills.lostPrimary();
    Finding met = judge(forge, target(least(2, 1), null, null, "a"));
    assertThat(met.verdict()).as(met.summary()).isEqualTo(MET);
    assertThat(met.summary()).contains("a: 2 stream (pg2, pg3), 1 are waited for (pg2)");
    Finding few = judge(forge, target(least(3, 1), null, null, "a"));
    assertThat(few.verdict()).isEqualTo(MISSED);
    assertThat(few.summary()).contains("3 standbys are declared, and 2 stream (pg2, pg3)");
    Finding waits = judge(forge, target(least(2, 2), null, null, "a"));
    assertThat(waits.verdict()).isEqualTo(MISSED);
    assertThat(waits.summary()).contains("2 synchronous standbys are declared");
    assertThat(judge(forge, target(null, null, least(2, 1), "a")).verdict()).isEqualTo(MET);
    assertThat(judge(forge, target(null, null, least(2, 2), "a")).verdict()).isEqualTo(MISSED);
  }

  /** It is judged where it is declared, and nowhere else. */
  @Test
  void nothingIsJudgedThatNobodyDeclares() {
    LedgerViews views = Drills.powerOff().history();
    assertThat(Judge.applicable(views, Drills.target())).doesNotContain(ReplicasAsDeclared.NAME);
    assertThat(Judge.applicable(views, target(least(1, 0), null, null, "a")))
        .contains(ReplicasAsDeclared.NAME);
    assertThat(judge(Drills.powerOff(), Drills.target()).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void otherSitesCountWhereMembersAreHeld() {
    Forge forge = Drills.lostPrimary();
    assertThat(judge(forge, target(null, least(1, 0), null, "a")).verdict()).isEqualTo(MET);
    Finding nobody = judge(forge, target(null, least(1, 0), null, "a", "b"));
    assertThat(nobody.verdict()).isEqualTo(MISSED);
    assertThat(nobody.summary()).isEqualTo("site b: 1 standbys are declared, and none stream");
    assertThat(judge(forge, target(null, least(0, 0), null, "a", "b")).verdict()).isEqualTo(MET);
  }

  /** dr1 of another cluster streams from pg1, and dr2 from dr1. */
  private static Forge cascade(String dr2State, long dr2Lsn) {
    Forge forge =
        Drills.lostPrimary()
            .each(
                Event.Topology.class,
                t -> {
                  List<Event.Member> members = new ArrayList<>(t.members());
                  members.add(new Event.Member("dr1", "beta", "b", "198.18.2.11"));
                  members.add(new Event.Member("dr2", "beta", "b", "198.18.2.12"));
                  return new Event.Topology(
                      t.at(), members, t.leader(), t.etcdLeader(), t.synchronous(), t.storage());
                })
            .each(
                Event.Standbys.class,
                look -> {
                  List<Event.Standby> rows = new ArrayList<>(look.standbys());
                  rows.add(standby("dr1", "streaming", look.lsn(), "198.18.2.11"));
                  return new Event.Standbys(look.at(), look.member(), look.lsn(), rows);
                });
    forge.services(45_700, "dr1", "dr2").durable(45_100, "dr1", "dr2");
    for (double ms = 300; ms < FAULT; ms += 200) {
      forge.add(
          new Event.Relayed(
              Forge.at(ms, ms + 1),
              "dr1",
              Forge.lsn(ms),
              List.of(
                  standby("dr2", dr2State, dr2Lsn == 0 ? Forge.lsn(ms) : dr2Lsn, "198.18.2.12"))));
    }
    return forge;
  }

  private static Event.Standby standby(String name, String state, long lsn, String address) {
    return new Event.Standby(name, state, "async", lsn, lsn, address);
  }

  @Test
  void standbysBelowAStandbyCountAtTheirSite() {
    Target two = target(least(2, 1), least(2, 0), null, "a", "b");
    Finding met = judge(cascade("streaming", 0), two);
    assertThat(met.verdict()).as(met.summary()).isEqualTo(MET);
    assertThat(met.summary()).contains("b: 2 stream (dr1, dr2)");
    assertThat(judge(cascade("catchup", 0), two).verdict()).isEqualTo(MISSED);
    // It streams, and stands where nobody stood for long.
    assertThat(judge(cascade("streaming", 1), two).verdict()).isEqualTo(MISSED);
    assertThat(judge(cascade("streaming", 0), target(null, least(2, 1), null, "a", "b")).verdict())
        .isEqualTo(MISSED);
    // What it lists is old.
    Forge old = cascade("streaming", 0);
    old.without(e -> e instanceof Event.Relayed r && r.at().endNs() > (FAULT - 6_000) * Forge.MS);
    assertThat(judge(old, two).verdict()).isEqualTo(MISSED);
  }

  /** Whoever calls himself like a member and comes from elsewhere is a stranger. */
  @Test
  void aStrangerWithAMembersNameIsNoReplica() {
    Forge forge =
        cascade("streaming", 0)
            .each(
                Event.Standbys.class,
                look ->
                    new Event.Standbys(
                        look.at(),
                        look.member(),
                        look.lsn(),
                        look.standbys().stream()
                            .map(
                                row ->
                                    row.member().equals("dr1")
                                        ? standby("dr1", "streaming", look.lsn(), "198.18.9.9")
                                        : row)
                            .toList()));
    assertThat(judge(forge, target(null, least(1, 0), null, "a", "b")).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aStandbyThatWasThereAMomentAgoIsADoubt() {
    Forge forge =
        Drills.lostPrimary()
            .each(
                Event.Standbys.class,
                look ->
                    look.at().startNs() > (FAULT - 400) * Forge.MS
                            && look.at().startNs() < FAULT * Forge.MS
                        ? new Event.Standbys(
                            look.at(), look.member(), look.lsn(), look.standbys().subList(0, 1))
                        : look);
    Finding finding = judge(forge, target(least(2, 0), null, null, "a"));
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    assertThat(finding.summary()).contains("a moment before it was so");
  }

  @Test
  void withoutAFreshLookNothingIsKnown() {
    Target one = target(least(1, 0), null, null, "a");
    Forge forge = Drills.lostPrimary();
    forge.without(
        e -> e instanceof Event.Standbys s && s.at().endNs() > (FAULT - 5_100) * Forge.MS);
    assertThat(judge(forge, one).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(Drills.lostPrimary().without(Event.Injected.class), one).verdict())
        .isEqualTo(UNDETERMINED);
    // What another cluster's leader lists says nothing of this one.
    Forge elsewhere =
        Drills.lostPrimary()
            .each(
                Event.Topology.class,
                t ->
                    new Event.Topology(
                        t.at(),
                        t.members().stream()
                            .map(
                                m ->
                                    m.name().equals("pg2")
                                        ? new Event.Member(
                                            m.name(), "beta", m.site(), m.dataAddress())
                                        : m)
                            .toList(),
                        "pg2",
                        t.etcdLeader(),
                        t.synchronous(),
                        t.storage()));
    assertThat(judge(elsewhere, one).verdict()).isEqualTo(UNDETERMINED);
  }

  /** Preparations count as breaking something: what is listed after one is no steady state. */
  @Test
  void theMomentIsBeforeTheFirstFaultOfAny() {
    Forge forge = Drills.lostPrimary();
    forge.injected(2_000, 2_010, Event.Injected.PREPARATION + "cut", "network-cut", "network");
    forge.each(
        Event.Standbys.class,
        look ->
            look.at().startNs() > 2_000 * Forge.MS && look.at().startNs() < FAULT * Forge.MS
                ? new Event.Standbys(look.at(), look.member(), look.lsn(), List.of())
                : look);
    assertThat(judge(forge, target(least(2, 1), null, null, "a")).verdict()).isEqualTo(MET);
  }

  @Property(tries = 100)
  void itIsMetExactlyWhereEnoughStream(
      @ForAll @IntRange(max = 4) int standbys, @ForAll @IntRange(max = 4) int synchronous) {
    Finding finding =
        judge(Drills.lostPrimary(), target(least(standbys, synchronous), null, null, "a"));
    assertThat(finding.verdict()).isEqualTo(standbys <= 2 && synchronous <= 1 ? MET : MISSED);
  }

  /**
   * Whoever waits for any of several surely waits for one of them, and at no site in particular.
   */
  @Test
  void aCandidateOfAQuorumIsNoneThatIsSurelyWaitedFor() {
    Forge forge =
        Drills.lostPrimary()
            .each(
                Event.Standbys.class,
                look ->
                    new Event.Standbys(
                        look.at(),
                        look.member(),
                        look.lsn(),
                        look.standbys().stream()
                            .map(
                                r ->
                                    new Event.Standby(
                                        r.member(),
                                        r.state(),
                                        "quorum",
                                        r.flushLsn(),
                                        r.replayLsn()))
                            .toList()));
    assertThat(judge(forge, target(least(2, 1), null, least(2, 1), "a")).verdict()).isEqualTo(MET);
    assertThat(judge(forge, target(least(2, 2), null, null, "a")).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(judge(forge, target(least(2, 3), null, null, "a")).verdict()).isEqualTo(MISSED);
  }

  /** What later episodes begin with is not what the context declares. */
  @Test
  void itIsJudgedInTheFirstEpisodeAlone() {
    Forge later = Drills.powerOff();
    later.injected(500, 510, PerEpisodeLedger.EARLIER + "loss", "power-off", "host");
    assertThat(Judge.applicable(later.history(), target(least(1, 0), null, null, "a")))
        .doesNotContain(ReplicasAsDeclared.NAME);
  }

  /** Where the harness itself stood still a standby may have, too: that is nobody's miss. */
  @Test
  void whatIsMissingWhileTheHarnessStoodStillIsADoubt() {
    Forge forge = Drills.lostPrimary();
    Target three = target(least(3, 0), null, null, "a");
    assertThat(judge(forge, three).verdict()).isEqualTo(MISSED);
    forge.add(new Event.Stalled(Forge.at(FAULT - 3_000, FAULT - 2_000), 1_000_000_000L));
    assertThat(judge(forge, three).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(forge, target(least(2, 0), null, null, "a")).verdict()).isEqualTo(MET);
  }
}
