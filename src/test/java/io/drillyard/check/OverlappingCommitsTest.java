package io.drillyard.check;

import static io.drillyard.ledger.Event.ProbeResult.COMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which pairs of primaries are proved to have been two, which are not, and by how much. */
final class OverlappingCommitsTest {
  private static final long FORK = 0x5000000L;

  private static OverlappingCommits rivalry(Forge forge) {
    return new OverlappingCommits(forge.history(), Drills.target());
  }

  private static Forge members() {
    return new Forge().topology(0, "alpha", "a", "pg1", "pg1", "pg2", "pg3");
  }

  private static Event.Probed commit(
      double sent, double returned, String member, int timeline, long lsn) {
    return new Event.Probed(
        Forge.at(sent, returned), member, COMMITTED, false, timeline, lsn, 0, null);
  }

  /** Two branches that left timeline 1 at different places and go by the same number. */
  private static Forge siblings() {
    Forge forge = members().history(0, "pg2", 2, new Event.Fork(1, FORK));
    return forge.history(0, "pg3", 2, new Event.Fork(1, FORK + 8));
  }

  /** pg2 accepts from 18 to 25 s, pg3 on the branch beside it from 30 to 40 s. */
  private static Forge oneAfterTheOther(@Nullable String survivor) {
    Forge forge = siblings();
    forge.probes(18_000, 25_000, "pg2", COMMITTED, 2).probes(30_000, 40_000, "pg3", COMMITTED, 2);
    forge.injected(10_000, 10_010, "loss", "kill", "process").healed(12_000, 12_010, "loss");
    return survivor == null
        ? forge
        : forge
            .key(41_000, survivor, 2)
            .survivors(46_000, 46_100, survivor, 2, Event.Write::acknowledged);
  }

  @Test
  void whoAcceptsBesideTheBranchThatSurvivesIsASecondPrimary() {
    OverlappingCommits rivalry = rivalry(oneAfterTheOther("pg2"));
    assertThat(rivalry.doubts()).isEmpty();
    assertThat(rivalry.findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.sentence())
                  .startsWith("pg3 on timeline 2")
                  .contains("accepted commits after pg2 on timeline 2", "whose branch survived");
              assertThat(clash.count()).isEqualTo(100);
              assertThat(clash.commits()).hasSize(100);
              // Sent 39900 against returned 18004; returned 39904 against sent 18000.
              assertThat(clash.lowerNs()).isEqualTo(21_896 * Forge.MS);
              assertThat(clash.upperNs()).isEqualTo(21_904 * Forge.MS);
            });
  }

  @Test
  void whoAcceptsOnTheBranchThatSurvivesIsTheSuccessor() {
    OverlappingCommits rivalry = rivalry(oneAfterTheOther("pg3"));
    assertThat(rivalry.findings()).isEmpty();
    assertThat(rivalry.doubts()).isEmpty();
  }

  @Test
  void withoutAReliableReadBackNobodyKnowsWhichSurvived() {
    for (Forge forge :
        List.of(oneAfterTheOther(null), oneAfterTheOther("pg2").without(Event.LeaderKey.class))) {
      OverlappingCommits rivalry = rivalry(forge);
      assertThat(rivalry.findings()).isEmpty();
      assertThat(rivalry.doubts())
          .singleElement()
          .asString()
          .startsWith("which of pg2 on timeline 2")
          .contains("and pg3 on timeline 2")
          .endsWith("survived is not known");
    }
  }

  /** pg2 from 18 to 28 s, pg3 in between, on one and the same branch. */
  private static Forge inTurns(int commits) {
    Forge forge = members().history(0, "pg2", 2, new Event.Fork(1, FORK));
    forge.history(0, "pg3", 2, new Event.Fork(1, FORK));
    forge.probes(18_000, 28_000, "pg2", COMMITTED, 2);
    for (int i = 0; i < commits; i++) {
      forge.add(commit(20_000 + i, 20_000.5 + i, "pg3", 2, FORK + 100));
    }
    return forge;
  }

  @Test
  void commitsInTurnsOverlapForAsLongAsBothAreProvedToAccept() {
    assertThat(rivalry(inTurns(10)).findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.sentence()).endsWith("accepted commits in turns");
              assertThat(clash.count()).isEqualTo(10);
              // Last sent 20009 − first returned 20000.5; last returned 20009.5 − first sent 20000.
              assertThat(clash.lowerNs()).isEqualTo(8_500_000);
              assertThat(clash.upperNs()).isEqualTo(9_500_000);
            });
  }

  @Test
  void allCommitsAreCountedAndAtMostTwoHundredListed() {
    assertThat(rivalry(inTurns(201)).findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.count()).isEqualTo(201);
              assertThat(clash.commits()).hasSize(200);
            });
  }

  @Test
  void aCommitLiesBetweenTwoOthersOnlyIfItTouchesNeither() {
    for (double[] inner : new double[][] {{20, 25}, {21, 30}}) {
      Forge forge = members();
      forge.add(commit(10, 20, "pg2", 1, FORK)).add(commit(30, 40, "pg2", 1, FORK));
      forge.add(commit(inner[0], inner[1], "pg3", 1, FORK));
      assertThat(rivalry(forge).findings()).isEmpty();
      assertThat(rivalry(forge).doubts()).hasSize(1);
    }
    Forge strict = members();
    strict.add(commit(10, 20, "pg2", 1, FORK)).add(commit(30, 40, "pg2", 1, FORK));
    strict.add(commit(20.000001, 29.999999, "pg3", 1, FORK));
    assertThat(rivalry(strict).findings()).hasSize(1);
  }

  @Test
  void theOneThatBeganFirstMayBeTheOneInBetween() {
    Forge forge = members();
    forge.add(commit(0, 200, "pg2", 1, FORK)).add(commit(300, 304, "pg2", 1, FORK));
    forge.add(commit(100, 110, "pg3", 1, FORK)).add(commit(400, 404, "pg3", 1, FORK));
    assertThat(rivalry(forge).findings())
        .singleElement()
        .satisfies(
            clash -> assertThat(clash.commits()).containsExactly(commit(300, 304, "pg2", 1, FORK)));
  }

  @Test
  void timesThatCannotBeToldApartAreADoubt() {
    Forge forge = members().history(0, "pg2", 1);
    forge.add(commit(10, 20, "pg2", 1, FORK)).add(commit(15, 25, "pg3", 1, FORK));
    assertThat(rivalry(forge).findings()).isEmpty();
    assertThat(rivalry(forge).doubts())
        .containsExactly(
            "pg2 on timeline 1 and pg3 on timeline 1 accepted commits at times that cannot be told"
                + " apart");
    Forge touching = members().history(0, "pg2", 1);
    touching.add(commit(10, 20, "pg2", 1, FORK)).add(commit(20, 25, "pg3", 1, FORK));
    assertThat(rivalry(touching).doubts()).hasSize(1);
  }

  /** pg2, then pg3 on the same timeline, at that position; pg2 reached the fork's. */
  private static Forge successor(long lsn) {
    Forge forge = members().history(0, "pg2", 1).history(0, "pg3", 1);
    forge.write(10, 20, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 1, FORK);
    forge.write(20.000001, 25, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg3", 1, lsn);
    return forge.write(30, 35, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg3", 1, FORK + 900);
  }

  @Test
  void whoServesANumberAgainFromAnEarlierPlaceBeganASecondHistory() {
    assertThat(rivalry(successor(FORK - 1)).findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.sentence())
                  .isEqualTo(
                      "timeline 1 has two histories: pg3 on timeline 1 accepted 1 commits before"
                          + " 0/5000000, which pg2 on timeline 1 had reached");
              assertThat(clash.count()).isEqualTo(1);
              assertThat(clash.lowerNs()).isEqualTo(10 * Forge.MS);
              assertThat(clash.upperNs()).isEqualTo(25 * Forge.MS);
            });
    // No position is none to compare, and where it only goes on nothing is proved.
    for (long lsn : new long[] {0, FORK, FORK + 1}) {
      OverlappingCommits rivalry = rivalry(successor(lsn));
      assertThat(rivalry.findings()).isEmpty();
      assertThat(rivalry.doubts())
          .containsExactly(
              "pg3 on timeline 1 accepted commits after pg2 on timeline 1, without a timeline of its"
                  + " own: whether its history is the same is not known");
    }
  }

  @Test
  void aSuccessorThatHoldsAllThatWasAcknowledgedHasTheSameHistory() {
    assertThat(rivalry(kept(w -> true)).doubts()).isEmpty();
    assertThat(rivalry(kept(w -> true)).findings()).isEmpty();
    assertThat(rivalry(kept(w -> w.writer().equals("routed@b"))).doubts()).hasSize(1);
  }

  private static Forge kept(java.util.function.Predicate<Event.Write> present) {
    Forge forge = successor(FORK + 1);
    forge.injected(1, 2, "loss", "kill", "process").healed(40, 41, "loss");
    forge.key(0, "pg3", 1);
    // So late that the read-back stands beyond every commit.
    return forge.survivors(900_000, 900_010, "pg3", 1, present);
  }

  @Test
  void anOldBranchThatIsFirstSeenAfterTheNewOneIsStillTheOldOne() {
    Forge forge = members().history(0, "pg2", 2, new Event.Fork(1, FORK)).history(0, "pg1", 1);
    forge.probes(18_000, 28_000, "pg2", COMMITTED, 2);
    forge.add(commit(20_000, 20_004, "pg1", 1, FORK + 1));
    forge.add(commit(21_000, 21_004, "pg1", 1, FORK + 2));
    assertThat(rivalry(forge).findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.sentence())
                  .startsWith("pg1 on timeline 1 accepted 2 commits beyond the fork at 0/5000000");
              assertThat(clash.lowerNs()).isEqualTo((21_000 - 18_004) * Forge.MS);
              assertThat(clash.upperNs()).isEqualTo((21_004 - 18_000) * Forge.MS);
            });
  }

  @Test
  void ofManyCommitsBeyondTheForkTwoHundredAreListed() {
    Forge forge = members().history(0, "pg2", 2, new Event.Fork(1, FORK)).history(0, "pg1", 1);
    forge.probes(18_000, 18_100, "pg2", COMMITTED, 2);
    for (int i = 1; i <= 201; i++) {
      forge.add(commit(19_000 + i, 19_000.5 + i, "pg1", 1, FORK + i));
    }
    assertThat(rivalry(forge).findings())
        .singleElement()
        .satisfies(
            clash -> {
              assertThat(clash.count()).isEqualTo(201);
              assertThat(clash.commits()).hasSize(200);
            });
  }

  @Test
  void commitsThatNameNoMemberOrTimelineAreADoubtAndCounted() {
    Forge forge = members();
    forge.write(10, 14, "routed@a", null, WriteOutcome.ACKNOWLEDGED, null, 1);
    forge.write(20, 24, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 0);
    forge.write(30, 34, "routed@a", null, WriteOutcome.UNKNOWN, null, 0);
    forge.add(commit(40, 44, "pg1", 0, FORK));
    forge.probes(50, 60, "pg1", Event.ProbeResult.READ_ONLY, 0);
    assertThat(rivalry(forge).doubts())
        .containsExactly("3 accepted commits name no member or no timeline");
    Forge known = members().write(10, 14, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(rivalry(known.add(commit(40, 44, "pg1", 1, FORK))).doubts()).isEmpty();
  }

  @Test
  void walThatWentBackwardsTellsOfASecondHistory() {
    Forge forge = members().history(0, "pg1", 1);
    forge.add(commit(10, 14, "pg1", 1, 500)).add(commit(20, 24, "pg1", 1, 400));
    forge.add(commit(30, 34, "pg1", 1, 499)).add(commit(40, 44, "pg1", 1, 500));
    assertThat(rivalry(forge).doubts())
        .containsExactly(
            "2 commits of pg1 on timeline 1 stand before earlier ones: its WAL went backwards");
  }

  @Test
  void onlyACommitThatHadReturnedIsEarlier() {
    // The one at 500 is still under way when 400 is sent, whatever returned before.
    Forge open = members().history(0, "pg1", 1);
    open.add(commit(10, 20, "pg1", 1, 500)).add(commit(20, 24, "pg1", 1, 400));
    assertThat(rivalry(open).doubts()).isEmpty();
    // A slow one that was sent first does not hide a quick one that had returned.
    Forge hidden = members().history(0, "pg1", 1);
    hidden.add(commit(10, 90, "pg1", 1, 100)).add(commit(11, 12, "pg1", 1, 500));
    assertThat(rivalry(hidden.add(commit(13, 14, "pg1", 1, 400))).doubts()).hasSize(1);
  }

  @Test
  void aCommitWithoutPositionIsNotBackwards() {
    Forge forge = members().history(0, "pg1", 1);
    forge.add(commit(10, 14, "pg1", 1, 500)).add(commit(20, 24, "pg1", 1, 0));
    assertThat(rivalry(forge).doubts()).isEmpty();
  }

  @Test
  void commitsAreTimedInSecondsOfTheRun() {
    Forge forge = members();
    forge.write(1_500, 1_750, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 3, FORK);
    forge.write(1_500, 1_750, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 3, FORK);
    assertThat(forge.history().writes())
        .extracting(OverlappingCommits::words)
        .containsExactly(
            "pinned write: writer pinned-pg1 sequence 1 at pg1 timeline 3 lsn 0/5000000"
                + " sent 1.500 s returned 1.750 s",
            "routed write: writer routed@a sequence 1 at pg1 timeline 3 lsn 0/5000000"
                + " sent 1.500 s returned 1.750 s");
    assertThat(OverlappingCommits.words(commit(2_000, 2_250, "pg2", 4, FORK)))
        .isEqualTo("probe: pg2 timeline 4 lsn 0/5000000 sent 2.000 s returned 2.250 s");
  }
}
