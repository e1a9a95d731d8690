package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.EtcdLeaderSeen;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fault that is judged is the one that happened, to whom the plan names. */
final class FaultTargetTest {
  private static final String CHECK = "faultTookHold";

  /** PostgreSQL is killed on whoever is hit: the host goes on, and may answer. */
  private static Forge killed() {
    return Drills.powerOff()
        .each(
            Event.Injected.class,
            i ->
                new Event.Injected(
                    i.at(), i.fault(), "kill-postmaster", "process", i.targets(), i.description()));
  }

  private static String why(Forge forge) {
    return Drills.why(CHECK, forge, Drills.target());
  }

  private static void holds(Forge forge) {
    assertThat(Drills.judge(CHECK, forge, Drills.target()))
        .extracting(Finding::verdict, Finding::summary)
        .containsExactly(MET, "every fault was seen in force");
  }

  @Test
  void aFaultOnThePrimaryHitsWhoLed() {
    holds(killed().aimed("PRIMARY", "pg1"));
    assertThat(why(killed().aimed("PRIMARY", "pg2")))
        .isEqualTo("fault 'loss' was aimed at the primary and hit pg2: that was pg1");
  }

  @Test
  void whatWasHitIsWhatWasAimedAt() {
    Forge forge = killed().hitting(List.of("pg2"), Map.of("PRIMARY", List.of("pg1")));
    assertThat(why(forge)).isEqualTo("fault 'loss' was aimed at pg1 and hit [pg2]");
  }

  @Test
  void olderLedgersSayItInWords() {
    holds(killed().described("power-off", "the primary loses power", "pg1"));
    assertThat(why(killed().described("power-off", "the primary loses power", "pg3")))
        .isEqualTo("fault 'loss' was aimed at the primary and hit pg3: that was pg1");
    assertThat(
            why(
                killed()
                    .described(
                        "kill-patroni", "Patroni on the primary is killed (SIGKILL)", "pg2")))
        .contains("hit pg2");
    String cut = "packets between the primary and etcd are dropped";
    holds(killed().described("cut", cut, "pg1"));
    assertThat(why(killed().described("cut", cut, "pg2"))).contains("that was pg1");
    assertThat(why(killed().described("power-off", "a replica loses power", "pg1")))
        .isEqualTo("fault 'loss' was aimed at a standby and hit pg1, who led");
    holds(killed().described("kill-postmaster", "PostgreSQL on a replica is killed", "pg2"));
  }

  @Test
  void whoAcceptsTheCommitsIsThePrimaryWhateverTheKeySays() {
    // The watch of the key went blind: pg2 has led for long, and pg1 serves nobody.
    Forge stale =
        killed()
            .without(e -> e instanceof Event.Probed p && p.member().equals("pg1"))
            .without(e -> e instanceof Event.Write w && w.at().endNs() < FAULT * Forge.MS);
    stale.aimed("PRIMARY", "pg1").probes(5_000, FAULT - 10, "pg2", Event.ProbeResult.COMMITTED, 1);
    assertThat(why(stale))
        .isEqualTo(
            "fault 'loss' was aimed at the primary and hit pg1, while pg2 accepted the commits");
    // Two that both accept commits are two primaries: it was one of them.
    stale.probes(5_000, FAULT - 10, "pg1", Event.ProbeResult.COMMITTED, 1);
    LedgerViews both = stale.history();
    assertThat(FaultTarget.doubt(both, both.faults().injected().getFirst())).isNull();
  }

  @Test
  void theRoleMayMoveDuringTheInjection() {
    Forge moved = killed().aimed("PRIMARY", "pg1").key(FAULT - 500, "pg2", 2);
    holds(moved);
    Forge earlier = killed().aimed("PRIMARY", "pg1").key(FAULT - 1_500, "pg2", 2);
    assertThat(why(earlier)).contains("that was pg2");
    // The network is measured first, after the parts were named.
    earlier.add(
        new Event.Reachability(Forge.at(FAULT - 2_000, FAULT - 100), "before", "loss", List.of()));
    holds(earlier);
  }

  @Test
  void aStandbyIsNoLeaderAndTheSynchronousOneIsMeantFirst() {
    holds(killed().aimed("REPLICA", "pg2"));
    holds(killed().aimed("OTHER_REPLICA", "pg3"));
    assertThat(why(killed().aimed("REPLICA", "pg1")))
        .isEqualTo("fault 'loss' was aimed at a standby and hit pg1, who led");
    assertThat(why(killed().aimed("REPLICA", "pg3")))
        .isEqualTo("fault 'loss' was aimed at the synchronous standby and hit pg3: that was pg2");
    assertThat(why(killed().aimed("OTHER_REPLICA", "pg2")))
        .isEqualTo("fault 'loss' was aimed at a standby that nobody waits for and hit pg2");
  }

  @Test
  void everyMemberIsEveryMember() {
    Forge all = seen(killed(), "pg1", "pg2", "pg3").aimed("MEMBERS", "pg1", "pg2", "pg3");
    holds(all);
    assertThat(why(seen(killed(), "pg1", "pg2").aimed("MEMBERS", "pg1", "pg2")))
        .isEqualTo("fault 'loss' was aimed at every member and did not hit pg3");
  }

  private static Forge seen(Forge forge, String... hosts) {
    for (String host : hosts) {
      for (double ms : new double[] {FAULT + 60, HEAL - 40}) {
        forge.add(
            new Event.Witnessed(Forge.at(ms, ms + 1), "loss", true, true, "arp", "of " + host));
      }
    }
    return forge;
  }

  @Test
  void aSiteIsAllOfItAndNothingElse() {
    Forge forge = seen(killed(), "pg1", "pg2", "pg3");
    holds(forge.aimed("PRIMARY_SITE", "pg1", "pg2", "pg3"));
    assertThat(why(forge.aimed("PRIMARY_SITE", "pg1", "pg2"))).contains("the primary's site");
    assertThat(why(forge.aimed("OTHER_SITES", "pg3"))).contains("the sites of others");
  }

  @Test
  void etcdsLeaderIsWhomEtcdNames() {
    // The topology names etcd1.
    holds(killed().aimed("ETCD_LEADER", "etcd1"));
    assertThat(why(killed().aimed("ETCD_LEADER", "etcd2")))
        .isEqualTo("fault 'loss' was aimed at the etcd leader and hit etcd2: that was etcd1");
    assertThat(why(killed().aimed("ETCD_FOLLOWER", "etcd1"))).contains("etcd follower");
    assertThat(why(killed().aimed("ETCD", "pg1"))).contains("apart from the primary");
    Forge elected = killed().aimed("ETCD_LEADER", "etcd2");
    elected.add(new EtcdLeaderSeen(Forge.at(4_000, 5_000), "alpha", "etcd2", 3, 3));
    holds(elected);
  }

  @Test
  void theFaultIsTheOneThatThePlanDeclares() {
    Forge forge = killed().aimed("PRIMARY", "pg1");
    forge.add(
        new Event.Note(
            Forge.at(1, 1),
            "info",
            LedgerDeclarations.plan(List.of("inject 'loss': what it does"))));
    holds(forge);
    assertThat(why(forge.described("power-off", "a router loses power", "pg1")))
        .isEqualTo("fault 'loss' is not the one that the plan declares: a router loses power");
  }

  @Test
  void theOtherMembersAreAllOfThem() {
    holds(seen(killed(), "pg2", "pg3").aimed("REPLICAS", "pg2", "pg3"));
    assertThat(why(killed().aimed("REPLICAS", "pg2")))
        .isEqualTo("fault 'loss' was aimed at every other member and did not hit pg3");
  }

  @Test
  void aMajorityOfEtcdLeavesNoQuorum() {
    for (int members : new int[] {3, 5}) {
      Forge forge = killed();
      forge.add(new EtcdLeaderSeen(Forge.at(4_000, 5_000), "alpha", "etcd1", 3, members));
      assertThat(why(forge.aimed("ETCD_MAJORITY", "etcd2")))
          .isEqualTo("fault 'loss' was aimed at a majority of etcd and hit 1 of " + members);
    }
    Forge alone = killed().aimed("ETCD_MAJORITY", "etcd1");
    alone.add(new EtcdLeaderSeen(Forge.at(4_000, 5_000), "alpha", "etcd1", 3, 1));
    holds(alone);
    Forge two = seen(killed(), "etcd2", "etcd3").aimed("ETCD_MAJORITY", "etcd2", "etcd3");
    two.add(new EtcdLeaderSeen(Forge.at(4_000, 5_000), "alpha", "etcd1", 3, 3));
    holds(two);
  }

  @Test
  void anUpstreamHasSomebodyWhoStreamsFromIt() {
    Forge forge = killed().aimed("UPSTREAM", "pg2");
    holds(forge);
    forge.standbys(9_000, "pg2");
    assertThat(why(forge)).contains("and from pg2 nobody did");
    holds(forge.standbys(9_500, "pg2", "pg3"));
  }

  @Test
  void nobodyElseIsHit() {
    Forge forge =
        seen(killed(), "pg1", "pg3")
            .hitting(List.of("pg1", "pg3"), Map.of("PRIMARY", List.of("pg1")));
    assertThat(why(forge)).isEqualTo("fault 'loss' hit pg3, at whom it was not aimed");
  }

  @Test
  void whomAPartitionHitsFollowsFromItsShape() {
    Forge forge =
        seen(killed(), "pg1", "pg2", "pg3")
            .described("partition", "what it does", "pg1", "pg2", "pg3")
            .hitting(List.of("pg1", "pg2", "pg3"), Map.of("PRIMARY", List.of("pg1")));
    LedgerViews history = forge.history();
    assertThat(FaultTarget.doubt(history, history.faults().injected().getFirst())).isNull();
  }
}
