package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who led while a fault's targets were named: from 9 s, until it was in force at 10.01 s. Two
 * clusters: alpha of pg1 to pg3, led by pg1, and beta of br1 and br2.
 */
class FaultLeadersTest {
  private static final double FROM = 9_000;
  private static final double AT = 10_000;
  private static final double IN_FORCE = 10_010;

  private static Forge clusters() {
    Forge forge = new Forge().opened(0).topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
    forge.add(
        new Event.Topology(
            Forge.at(1, 1),
            List.of(
                new Event.Member("br1", "beta", "b", "198.18.2.10"),
                new Event.Member("br2", "beta", "b", "198.18.2.11")),
            null,
            null,
            true,
            "memory"));
    return forge.injected(AT, IN_FORCE, "loss", "kill-postmaster", "process");
  }

  private static FaultLeaders of(Forge forge, @Nullable String scope) {
    LedgerViews history = forge.history();
    return new FaultLeaders(
        history, history.faults().injected().getFirst(), (long) (FROM * Forge.MS), scope);
  }

  private static Forge key(Forge forge, double ms, String cluster, @Nullable String holder) {
    return forge.add(new Event.LeaderKey(Forge.at(ms, ms + 1), cluster, holder, 1));
  }

  @Test
  void whoLedWhenThePartsWereNamedLeads() {
    assertThat(of(clusters(), null).leaders()).containsExactly("pg1");
    assertThat(of(clusters(), null).cluster()).isEqualTo("alpha");
    Forge before = key(key(clusters(), 8_000, "alpha", "pg2"), 8_500, "beta", "br2");
    assertThat(of(before, null).leaders()).containsExactly("pg2");
  }

  @Test
  void whoTookTheKeyUntilTheFaultWasInForceLedToo() {
    Forge forge = clusters();
    // Its observation ends when the naming begins; and one begins when the fault is in force.
    key(forge, FROM - 1, "alpha", "pg2");
    key(forge, IN_FORCE, "alpha", "pg3");
    assertThat(of(forge, null).leaders()).containsExactlyInAnyOrder("pg1", "pg2", "pg3");
    Forge later = key(clusters(), IN_FORCE + 0.001, "alpha", "pg3");
    assertThat(of(later, null).leaders()).containsExactly("pg1");
    Forge nobody = key(clusters(), AT - 100, "alpha", null);
    assertThat(of(nobody, null).leaders()).containsExactly("pg1");
    Forge other = key(clusters(), AT - 100, "beta", "br1");
    assertThat(of(other, null).leaders()).as("of another cluster").containsExactly("pg1");
  }

  @Test
  void anotherClustersLeaderIsItsOwn() {
    assertThat(of(clusters(), "beta").leaders()).isEmpty();
    Forge forge = key(key(clusters(), 8_000, "beta", "br1"), AT - 100, "alpha", "pg2");
    assertThat(of(forge, "beta").leaders()).containsExactly("br1");
    assertThat(of(forge, "beta").cluster()).isEqualTo("beta");
    assertThat(of(key(forge, 8_500, "beta", null), "beta").leaders()).isEmpty();
  }

  private static Forge committed(Forge forge, double ms, String member) {
    return forge.write(ms, ms + 4, "w-" + member, member, WriteOutcome.ACKNOWLEDGED, member, 1);
  }

  private static Forge probed(Forge forge, double ms, String member, boolean inRecovery) {
    return forge.add(
        new Event.Probed(
            Forge.at(ms, ms + 4),
            member,
            Event.ProbeResult.COMMITTED,
            inRecovery,
            1,
            Forge.lsn(ms),
            0,
            null));
  }

  @Test
  void whoAloneCommitsIsThePrimary() {
    assertThat(of(clusters(), null).committedInstead("pg1")).isNull();
    assertThat(of(committed(clusters(), 9_500, "pg2"), null).committedInstead("pg1"))
        .isEqualTo("pg2");
    assertThat(of(probed(clusters(), 9_500, "pg2", false), null).committedInstead("pg1"))
        .isEqualTo("pg2");
    assertThat(of(probed(clusters(), 9_500, "pg2", true), null).committedInstead("pg1")).isNull();
    Forge refused = clusters().write(9_500, 9_504, "w", "pg2", WriteOutcome.REFUSED, "pg2", 1);
    assertThat(of(refused, null).committedInstead("pg1")).isNull();
    Forge unnamed = clusters().write(9_500, 9_504, "w", null, WriteOutcome.ACKNOWLEDGED, null, 1);
    assertThat(of(unnamed, null).committedInstead("pg1")).isNull();
  }

  @Test
  void twoThatCommitAreBothPrimaries() {
    Forge writes = committed(committed(clusters(), 9_500, "pg2"), 9_600, "pg1");
    assertThat(of(writes, null).committedInstead("pg1")).isNull();
    Forge probes = probed(probed(clusters(), 9_500, "pg2", false), 9_600, "pg1", false);
    assertThat(of(probes, null).committedInstead("pg1")).isNull();
  }

  @Test
  void anotherClustersCommitsSayNothing() {
    assertThat(of(committed(clusters(), 9_500, "br1"), null).committedInstead("pg1")).isNull();
    assertThat(of(probed(clusters(), 9_500, "br1", false), null).committedInstead("pg1")).isNull();
    // What nobody's topology names is in no cluster.
    assertThat(of(committed(clusters(), 9_500, "pg2"), null).committedInstead("x")).isNull();
    assertThat(of(probed(clusters(), 9_500, "pg2", false), null).committedInstead("x")).isNull();
    Forge both = committed(committed(clusters(), 9_500, "pg2"), 9_600, "br1");
    assertThat(of(both, null).committedInstead("pg1")).isEqualTo("pg2");
  }

  @Test
  void onlyTheTimeRightBeforeCounts() {
    double since = FROM - FaultLeaders.COMMITS_NS / 1e6;
    assertThat(of(committed(clusters(), since, "pg2"), null).committedInstead("pg1"))
        .isEqualTo("pg2");
    assertThat(of(committed(clusters(), since - 0.001, "pg2"), null).committedInstead("pg1"))
        .isNull();
    assertThat(of(committed(clusters(), AT - 4, "pg2"), null).committedInstead("pg1"))
        .isEqualTo("pg2");
    assertThat(of(committed(clusters(), AT - 3.999, "pg2"), null).committedInstead("pg1")).isNull();
  }

  @Test
  void onlySinceThatOneHeldTheKey() {
    Forge forge = key(committed(clusters(), 9_500, "pg2"), 9_498, "alpha", "pg1");
    assertThat(of(forge, null).committedInstead("pg1")).isEqualTo("pg2");
    assertThat(of(forge, null).committedInstead("pg3")).isEqualTo("pg2");
    Forge later = key(committed(clusters(), 9_500, "pg2"), 9_600, "alpha", "pg1");
    assertThat(of(later, null).committedInstead("pg1")).isNull();
    assertThat(of(later, null).committedInstead("pg3")).isEqualTo("pg2");
    // Once the fault had begun it tells nothing of the time before.
    Forge after = key(committed(clusters(), 9_500, "pg2"), AT + 0.001, "alpha", "pg1");
    assertThat(of(after, null).committedInstead("pg1")).isEqualTo("pg2");
    Forge at = key(committed(clusters(), 9_500, "pg2"), AT, "alpha", "pg1");
    assertThat(of(at, null).committedInstead("pg1")).isNull();
  }
}
