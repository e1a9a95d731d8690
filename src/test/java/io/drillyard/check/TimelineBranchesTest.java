package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.Fork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which branch of history a timeline number stands for, and how branches relate. */
final class TimelineBranchesTest {
  private static final String OTHER = "42";
  private static final TimelineBranch FIRST = new TimelineBranch(Forge.SYSTEM, 1, List.of());
  private static final TimelineBranch SECOND =
      new TimelineBranch(Forge.SYSTEM, 2, List.of(new Fork(1, 500)));
  private static final TimelineBranch THIRD =
      new TimelineBranch(Forge.SYSTEM, 3, List.of(new Fork(1, 500), new Fork(2, 900)));

  private static Forge members() {
    return new Forge().topology(0, "alpha", "a", "pg1", "pg1", "pg2");
  }

  private static Event.HistorySeen seen(
      String source, String name, String system, int timeline, Fork... forks) {
    return new Event.HistorySeen(Forge.at(1, 2), source, name, system, timeline, List.of(forks));
  }

  private static TimelineBranches branches(Forge forge) {
    return forge.history().branches();
  }

  @Test
  void aHistoryTellsItsOwnTimelineAndEveryAncestor() {
    TimelineBranches branches =
        branches(members().history(0, "pg1", 3, new Fork(1, 500), new Fork(2, 900)));
    assertThat(branches.resolve("pg1", 3)).isEqualTo(THIRD);
    assertThat(branches.resolve("pg1", 2)).isEqualTo(SECOND);
    assertThat(branches.resolve("pg1", 1)).isEqualTo(FIRST);
    assertThat(branches.resolve("pg1", 4)).isNull();
    assertThat(branches.resolve("pg1", 0)).isNull();
    assertThat(branches.resolve(null, 1)).isNull();
  }

  @Test
  void aLaterTimelineResolvesOnlyThroughTheMembersOwnHistory() {
    TimelineBranches branches = branches(members().history(0, "pg1", 2, new Fork(1, 500)));
    assertThat(branches.resolve("pg2", 2)).isNull();
    assertThat(branches.resolve("pg2", 1)).isEqualTo(FIRST);
  }

  @Test
  void theFirstTimelineIsNamedByTheSystemOfTheMemberOrOfItsCluster() {
    Forge forge = members().history(0, "pg1", 2, new Fork(1, 500));
    forge.topology(0, "beta", "b", "old1", "old1");
    assertThat(branches(forge).resolve("pg1", 1)).isEqualTo(FIRST);
    assertThat(branches(forge).resolve("old1", 1)).isNull();
    assertThat(branches(forge).resolve("nobody", 1)).isNull();
    Forge two = members().add(seen("member", "pg1", Forge.SYSTEM, 1));
    two.add(seen("member", "pg2", OTHER, 1));
    assertThat(branches(two).resolve("pg2", 1)).isEqualTo(new TimelineBranch(OTHER, 1, List.of()));
    Forge third = two.topology(0, "alpha", "a", "pg1", "pg3");
    // Two systems in one cluster: nobody knows which of them is pg3's.
    assertThat(branches(third).resolve("pg3", 1)).isNull();
  }

  @Test
  void aHistoryWithoutSystemIsOfTheSystemThatItsMemberOrClusterHas() {
    Forge forge = members().add(seen("member", "pg1", Forge.SYSTEM, 1));
    forge.add(seen("member", "pg1", "", 2, new Fork(1, 500)));
    forge.add(seen("member", "pg2", "", 2, new Fork(1, 500)));
    assertThat(branches(forge).resolve("pg1", 2)).isEqualTo(SECOND);
    assertThat(branches(forge).resolve("pg2", 2)).isEqualTo(SECOND);
    Forge unknown = members().add(seen("member", "pg1", "", 2, new Fork(1, 500)));
    assertThat(branches(unknown).resolve("pg1", 2)).isNull();
  }

  @Test
  void onlyAMembersOwnFilesTellItsBranches() {
    for (String source : List.of("dcs", "repository")) {
      Forge forge = members().add(seen(source, "pg1", Forge.SYSTEM, 2, new Fork(1, 500)));
      assertThat(branches(forge).resolve("pg1", 2)).isNull();
      assertThat(branches(forge).resolve("pg1", 1)).isNull();
    }
  }

  @Test
  void aHistoryWhoseTimelinesDoNotRiseIsNone() {
    assertThat(wellFormed(1)).isTrue();
    assertThat(wellFormed(2, new Fork(1, 5))).isTrue();
    assertThat(wellFormed(2)).isFalse();
    assertThat(wellFormed(0)).isFalse();
    assertThat(wellFormed(1, new Fork(1, 5))).isFalse();
    assertThat(wellFormed(2, new Fork(0, 5))).isFalse();
    assertThat(wellFormed(3, new Fork(1, 5), new Fork(1, 6))).isFalse();
    assertThat(wellFormed(2, new Fork(1, 5), new Fork(2, 6))).isFalse();
    Forge forge = members().history(0, "pg1", 2, new Fork(1, 5), new Fork(2, 6));
    assertThat(branches(forge).resolve("pg1", 2)).isNull();
    assertThat(branches(forge.history(1, "pg2", 2, new Fork(1, 9))).conflicts()).isEmpty();
  }

  private static boolean wellFormed(int timeline, Fork... forks) {
    return TimelineBranches.wellFormed(seen("member", "pg1", Forge.SYSTEM, timeline, forks));
  }

  @Test
  void twoStoriesOfOneNumberAreAConflictAndSaidOnce() {
    Forge forge = members().history(0, "pg1", 2, new Fork(1, 0x500));
    forge.history(1, "pg2", 2, new Fork(1, 0x600)).history(2, "pg2", 2, new Fork(1, 0x600));
    assertThat(branches(forge).conflicts())
        .containsExactly(
            "timeline 2 has two histories: member pg1 tells timeline 2 (forked from 1 at 0/500),"
                + " member pg2 tells timeline 2 (forked from 1 at 0/600)");
    assertThat(branches(members().history(0, "pg1", 1).history(1, "pg2", 1)).conflicts()).isEmpty();
  }

  @Test
  void theClustersStoreTellsAStoryToo() {
    Forge forge = members().history(0, "pg1", 2, new Fork(1, 0x500));
    forge.topology(0, "beta", "b", "old1", "old1");
    TimelineBranches one = branches(forge.add(seen("dcs", "alpha", "", 2, new Fork(1, 0x600))));
    // Of which timeline that is the history nobody says; somebody should know it all the same.
    assertThat(one.conflicts()).isEmpty();
    assertThat(one.doubts())
        .containsExactly(
            "the DCS of alpha tells of a timeline that began where 1 was left at 0/600, and no"
                + " member and no archive does");
    Forge other = members().history(0, "pg1", 2, new Fork(1, 0x500));
    assertThat(branches(other.add(seen("dcs", "beta", "", 2, new Fork(1, 0x600)))).conflicts())
        .isEmpty();
  }

  /** pg1 tells of timeline 3, and the DCS these lines. */
  private static TimelineBranches dcs(Fork... lines) {
    Forge forge = members().history(0, "pg1", 3, new Fork(1, 0x500), new Fork(2, 0x900));
    return branches(forge.add(seen("dcs", "alpha", "", 0, lines)));
  }

  @Test
  void theDcsKeepsTheLastLinesOfAHistory() {
    for (TimelineBranches whole :
        List.of(
            dcs(),
            dcs(new Fork(1, 0x500), new Fork(2, 0x900)),
            // max_timelines_history, and what the leader before the last one wrote.
            dcs(new Fork(2, 0x900)),
            dcs(new Fork(1, 0x500)))) {
      assertThat(whole.conflicts()).isEmpty();
      assertThat(whole.doubts()).isEmpty();
    }
    assertThat(dcs(new Fork(1, 0x501), new Fork(2, 0x900)).conflicts())
        .containsExactly(
            "timeline 2 has two histories: member pg1 tells timeline 2 (forked from 1 at 0/500),"
                + " dcs alpha tells that it began where 1 was left at 0/501");
    assertThat(dcs(new Fork(2, 0x901)).conflicts()).isEmpty();
    assertThat(dcs(new Fork(2, 0x901)).doubts()).hasSize(1);
    assertThat(dcs(new Fork(2, 0x900), new Fork(1, 0x500)).doubts())
        .contains(
            "the history of timeline 0 that dcs alpha tells is none: its timelines do not rise to"
                + " it");
  }

  @Test
  void aSkippedNumberIsNoSecondHistory() {
    // A promotion by hand used number 2, and was given up; the next leader took 3.
    Forge forge = members().history(0, "pg2", 2, new Fork(1, 0x400));
    forge.history(1, "pg1", 3, new Fork(1, 0x500));
    TimelineBranches branches =
        branches(forge.add(seen("dcs", "alpha", "", 2, new Fork(1, 0x500))));
    assertThat(branches.conflicts()).isEmpty();
    assertThat(branches.doubts()).isEmpty();
  }

  @Test
  void ofManyConflictsFiftyAreSaid() {
    Forge forge = members().history(0, "pg1", 2, new Fork(1, 1));
    for (int i = 2; i < 60; i++) {
      forge.history(i, "pg2", 2, new Fork(1, i));
    }
    assertThat(branches(forge).conflicts()).hasSize(50);
  }

  @Test
  void aBranchLeadsToItselfAndItsDescendants() {
    assertThat(FIRST.leadsTo(FIRST)).isTrue();
    assertThat(FIRST.leadsTo(THIRD)).isTrue();
    assertThat(THIRD.leadsTo(FIRST)).isFalse();
    assertThat(SECOND.leadsTo(new TimelineBranch(Forge.SYSTEM, 2, List.of(new Fork(1, 501)))))
        .isFalse();
    assertThat(FIRST.leadsTo(new TimelineBranch(OTHER, 2, List.of(new Fork(1, 500))))).isFalse();
  }

  @Test
  void whatLiesBeyondTheForkBeginsAfterIt() {
    assertThat(FIRST.beyondFork(SECOND, 500)).isFalse();
    assertThat(FIRST.beyondFork(SECOND, 501)).isTrue();
    assertThat(FIRST.beyondFork(SECOND, -1)).isTrue();
    assertThat(SECOND.beyondFork(FIRST, 501)).isFalse();
    assertThat(FIRST.forkTo(THIRD)).isEqualTo(500);
    assertThat(SECOND.forkTo(THIRD)).isEqualTo(900);
  }

  @Test
  void aBranchIsToldByItsLastFork() {
    assertThat(FIRST.words()).isEqualTo("timeline 1");
    assertThat(THIRD.words()).isEqualTo("timeline 3 (forked from 2 at 0/384)");
  }
}
