package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who led, and when that changed, to the nanosecond. */
final class LeadershipHistoryTest {
  private static final long FROM = 10_000 * Forge.MS;

  private static Forge members() {
    return new Forge().topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
  }

  private static Forge unled(double ms) {
    return new Forge()
        .add(
            new Event.Topology(
                Forge.at(ms, ms),
                List.of(new Event.Member("pg1", "alpha", "a", "198.18.1.10")),
                null,
                null,
                true,
                "memory"));
  }

  private static @Nullable String before(Forge forge) {
    forge.injected(10_000, 10_010, "loss", "power-off", "host");
    LedgerViews history = forge.history();
    return LeadershipHistory.leaderBefore(
        history, Objects.requireNonNull(history.faults().disruption()));
  }

  @Test
  void theDeclaredLeaderLedUnlessTheKeySaysOtherwise() {
    assertThat(before(members())).isEqualTo("pg1");
    assertThat(before(members().key(5_000, "pg2", 1))).isEqualTo("pg2");
    assertThat(before(new Forge())).isNull();
  }

  @Test
  void aTopologyFromTheInstantOfTheInjectionCountsALaterOneDoesNot() {
    assertThat(before(members().topology(10_000, "alpha", "a", "pg2", "pg1", "pg2")))
        .isEqualTo("pg2");
    assertThat(before(members().topology(10_000.000001, "alpha", "a", "pg2", "pg1", "pg2")))
        .isEqualTo("pg1");
  }

  @Test
  void aTopologyWithoutALeaderTellsOfNone() {
    assertThat(before(unled(0))).isNull();
    Forge later = members();
    unled(5_000).events().forEach(later::add);
    assertThat(before(later)).isEqualTo("pg1");
  }

  @Test
  void aKeyMustHaveBeenReadBeforeTheInjectionBegan() {
    // Read from 9 998.9 to 9 999.9, and from 9 999 to the very instant of the injection.
    assertThat(before(members().key(9_998.9, "pg2", 1))).isEqualTo("pg2");
    assertThat(before(members().key(9_999, "pg2", 1))).isEqualTo("pg1");
  }

  @Test
  void aKeyThatWasGoneBeforeTheInjectionNamesNoNewLeader() {
    assertThat(before(members().key(4_000, "pg2", 1).key(5_000, null, 2))).isEqualTo("pg2");
  }

  @Test
  void anotherClustersKeyIsNotAskedUnlessNoClusterIsKnown() {
    Event.LeaderKey other = new Event.LeaderKey(Forge.at(5_000, 5_001), "beta", "old1", 1);
    assertThat(before(members().add(other))).isEqualTo("pg1");
    assertThat(before(new Forge().add(other))).isEqualTo("old1");
  }

  @Test
  void theLeaseIsLostAtTheFirstChangeAwayFromTheLeader() {
    LedgerViews gone =
        members().key(10_500, "pg1", 1).key(11_000, null, 2).key(12_000, "pg2", 3).history();
    assertThat(LeadershipHistory.lost(gone, "pg1", FROM))
        .satisfies(k -> assertThat(Objects.requireNonNull(k).revision()).isEqualTo(2));
    LedgerViews taken = members().key(12_000, "pg2", 3).history();
    assertThat(LeadershipHistory.lost(taken, "pg1", FROM))
        .satisfies(k -> assertThat(Objects.requireNonNull(k).revision()).isEqualTo(3));
    LedgerViews kept = members().key(12_000, "pg1", 3).history();
    assertThat(LeadershipHistory.lost(kept, "pg1", FROM)).isNull();
  }

  @Test
  void aChangeIsAfterTheInjectionIfItsReadEndedAtOrAfterIt() {
    LedgerViews at = members().key(9_999, null, 2).history();
    assertThat(LeadershipHistory.lost(at, "pg1", FROM)).isNotNull();
    assertThat(LeadershipHistory.lost(at, "pg1", FROM + 1)).isNull();
    LedgerViews by = members().key(9_999, "pg2", 2).history();
    assertThat(LeadershipHistory.taken(by, "pg1", FROM)).isNotNull();
    assertThat(LeadershipHistory.taken(by, "pg1", FROM + 1)).isNull();
  }

  @Test
  void anotherClustersLeaseIsNotThatLeaders() {
    Event.LeaderKey other = new Event.LeaderKey(Forge.at(11_000, 11_001), "beta", null, 2);
    assertThat(LeadershipHistory.lost(members().add(other).history(), "pg1", FROM)).isNull();
  }

  @Test
  void aKeyIsTakenOnlyBySomebodyElse() {
    LedgerViews history =
        members().key(11_000, null, 2).key(11_500, "pg1", 3).key(12_000, "pg3", 4).history();
    assertThat(LeadershipHistory.taken(history, "pg1", FROM))
        .satisfies(k -> assertThat(Objects.requireNonNull(k).revision()).isEqualTo(4));
    assertThat(LeadershipHistory.taken(members().key(11_000, null, 2).history(), "pg1", FROM))
        .isNull();
  }

  @Test
  void theFirstCommitAtAnotherMemberShowsThePromotion() {
    Forge forge = members().key(17_000, "pg2", 3);
    forge.probes(12_000, 12_001, "pg1", ProbeResult.COMMITTED, 1);
    forge.probes(12_500, 12_501, "pg2", ProbeResult.READ_ONLY, 1);
    forge.add(probe(13_000, "pg2", ProbeResult.COMMITTED, true));
    forge.add(probe(14_000, "pg2", ProbeResult.COMMITTED, false));
    assertThat(LeadershipHistory.promoted(forge.history(), "pg1", FROM))
        .isEqualTo(probe(14_000, "pg2", ProbeResult.COMMITTED, false));
  }

  @Test
  void withoutSuchACommitTheKeyShowsIt() {
    Forge forge = members().key(17_000, "pg2", 3);
    forge.add(probe(9_999.9, "pg2", ProbeResult.COMMITTED, false));
    assertThat(LeadershipHistory.promoted(forge.history(), "pg1", FROM))
        .isInstanceOf(Event.LeaderKey.class);
    assertThat(LeadershipHistory.promoted(members().history(), "pg1", FROM)).isNull();
    forge.add(probe(10_000, "pg2", ProbeResult.COMMITTED, false));
    assertThat(LeadershipHistory.promoted(forge.history(), "pg1", FROM))
        .isInstanceOf(Event.Probed.class);
  }

  @Test
  void aLeaderRefusesWithTheFirstProbeThatDidNotCommit() {
    Forge forge = members().add(probe(9_999, "pg1", ProbeResult.HUNG, false));
    forge.add(probe(10_100, "pg1", ProbeResult.COMMITTED, false));
    forge.add(probe(10_200, "pg2", ProbeResult.READ_ONLY, true));
    assertThat(LeadershipHistory.refused(forge.history(), "pg1", FROM)).isNull();
    forge.add(probe(10_300, "pg1", ProbeResult.HUNG, false));
    assertThat(LeadershipHistory.refused(forge.history(), "pg1", FROM))
        .isEqualTo(probe(10_300, "pg1", ProbeResult.HUNG, false));
    forge.add(probe(10_000, "pg1", ProbeResult.ERROR, false));
    assertThat(LeadershipHistory.refused(forge.history(), "pg1", FROM))
        .isEqualTo(probe(10_000, "pg1", ProbeResult.ERROR, false));
  }

  private static Event.Probed probe(
      double ms, String member, ProbeResult result, boolean inRecovery) {
    return new Event.Probed(
        Forge.at(ms, ms + Forge.TOOK_MS), member, result, inRecovery, 1, 0, 0, null);
  }
}
