package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How far a long step is, in words. */
class LongStepProgressTest {
  @Test
  void estimatesFromTheShare() {
    assertThat(LongStepProgress.words("the copy", 0.25, 30))
        .isEqualTo("  … the copy, 30 s so far: 25 %, about 90 s to go");
  }

  @Test
  void estimatesNothingFromLittle() {
    assertThat(LongStepProgress.words("the copy", 0.01, 30))
        .isEqualTo("  … the copy, 30 s so far: 1 %");
  }

  @Test
  void aShareThatNobodyKnowsIsNotGuessed() {
    assertThat(LongStepProgress.words("the dump", -1, 12)).isEqualTo("  … the dump, 12 s so far");
  }

  @Test
  void neverMoreThanTheWhole() {
    assertThat(LongStepProgress.words("the copy", 1.2, 30)).endsWith("100 %, about 0 s to go");
  }

  @Test
  void theStepsAnswerComesBack() {
    assertThat(LongStepProgress.watched(line -> {}, "a step", LongStepProgress.UNKNOWN, () -> 7))
        .isEqualTo(7);
  }
}
