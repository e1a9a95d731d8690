package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The highest timeline is not always the newest data. */
final class NewestBranchTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static NewestBranch.Other other(@Nullable Instant newest, @Nullable String problem) {
    return new NewestBranch.Other(1, 0x9000028, 4, newest == null ? 0 : 300, true, newest, problem);
  }

  private static Finding judge(
      @Nullable Instant newest, boolean chosen, NewestBranch.Other... others) {
    return NewestBranch.judge(2, newest, List.of(others), List.of(), chosen);
  }

  @Test
  void aBranchWithLaterCommitsTakesMetAway() {
    Finding later = judge(NOON, false, other(NOON.plusSeconds(1), null));
    assertThat(later.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(later.summary())
        .contains("timeline 1 goes on for 4 segments behind 0/9000028")
        .contains("300 commits until 2026-11-21T12:00:01Z")
        .contains("later than all of timeline 2 (2026-11-21T12:00:00Z)")
        .contains("'timeline: 1' or 'timeline: 2' in the policy");
    assertThat(later.details()).anyMatch(d -> d.contains("--target-timeline=1"));
    // When this one ends is not known: then nobody can say that the other is older.
    assertThat(judge(null, false, other(NOON, null)).verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void leftOversOfAnOldLeaderAreARemark() {
    for (Instant newest : new Instant[] {NOON, NOON.minusSeconds(1), null}) {
      Finding finding = judge(NOON, false, other(newest, null));
      assertThat(finding.verdict()).isEqualTo(Verdict.MET);
      assertThat(finding.details()).singleElement().asString().contains("left over of a leader");
    }
    assertThat(judge(NOON, false).summary())
        .isEqualTo("Nothing in the archive lies beside timeline 2.");
  }

  @Test
  void whatCannotBeReadMayBeLater() {
    Finding finding = judge(NOON, false, other(null, "no such segment"));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).contains("could not be read: no such segment");
  }

  @Test
  void whoNamesTheTimelineHasDecided() {
    Finding finding = judge(NOON, true, other(NOON.plusSeconds(1), null));
    assertThat(finding.verdict()).isEqualTo(Verdict.MET);
    assertThat(finding.summary()).contains("as the policy says").contains("timeline 1 goes on");
  }

  @Test
  void aHistoryWithoutWalIsARemark() {
    Finding finding = NewestBranch.judge(1, NOON, List.of(), List.of(2L), false);
    assertThat(finding.verdict()).isEqualTo(Verdict.MET);
    assertThat(finding.details())
        .containsExactly(
            "00000002.history is there, and no WAL of timeline 2: nothing leads there, and timeline 1 is restored");
  }

  @Test
  void aBranchOfWhichNoHistoryTellsIsNamed() {
    NewestBranch.Other stranger =
        new NewestBranch.Other(7, 0, 2, 5, false, NOON.plusSeconds(9), null);
    assertThat(judge(NOON, false, stranger).summary())
        .contains("timeline 7 holds 2 segments, and no history tells")
        .contains("at least 5 commits");
  }
}
