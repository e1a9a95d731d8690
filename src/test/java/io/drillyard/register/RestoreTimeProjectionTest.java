package io.drillyard.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ForgedTests;
import io.drillyard.evidence.RestoreTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A projection rests on proofs alone, says how wrong it would have been, and when it guesses. */
class RestoreTimeProjectionTest {
  private static final long MIB = 1 << 20;

  private static Evidence run(long bytes, double ms, Verdict verdict) {
    Finding finding =
        new Finding(
            Rung.RECOVERY_TIME.check(),
            verdict,
            null,
            new Finding.Measured(ms, ms, null, "ms"),
            "",
            List.of(),
            Map.of());
    RestoreTest test =
        ForgedTests.test(
            "clean",
            "nightly",
            List.of(),
            "vault",
            verdict,
            "2026-11-21T16:00:00Z",
            "2026-11-21T16:00:30Z",
            "complete",
            1,
            Map.of(),
            "latest",
            List.of(new RestoreRungResult(Rung.RECOVERY_TIME, true, 0, 1, true, finding)),
            Map.of(),
            bytes,
            null,
            Map.of(),
            List.of(),
            List.of(),
            null);
    return ForgedTests.run("r", test);
  }

  private static RestoreTimeProjection of(long bytes, Evidence... runs) {
    return Objects.requireNonNull(RestoreTimeProjection.of("nightly", List.of(runs), bytes));
  }

  @Test
  void aLineThroughItsRuns() {
    RestoreTimeProjection projection =
        of(
            400 * MIB,
            run(100 * MIB, 2_000, Verdict.MET),
            run(200 * MIB, 3_000, Verdict.MET),
            run(300 * MIB, 4_000, Verdict.MET));
    assertThat(projection.expectedMs()).isCloseTo(5_000, within(0.001));
    assertThat(projection.errorMs()).isCloseTo(0, within(0.001));
    assertThat(projection.farOut()).isFalse();
    assertThat(projection.runs()).isEqualTo(3);
  }

  @Test
  void itsErrorIsWhatItWouldHaveBeen() {
    RestoreTimeProjection projection =
        of(
            100 * MIB,
            run(100 * MIB, 1_000, Verdict.MET),
            run(100 * MIB, 1_000, Verdict.MET),
            run(100 * MIB, 1_600, Verdict.MET));
    assertThat(projection.expectedMs()).isCloseTo(1_200, within(0.001));
    assertThat(projection.errorMs()).isCloseTo(600, within(0.001));
  }

  @Test
  void oneSizeAloneGoesOnInProportionAndSaysThatItGuesses() {
    Evidence[] same = {
      run(100 * MIB, 1_000, Verdict.MET),
      run(101 * MIB, 1_000, Verdict.MET),
      run(99 * MIB, 1_000, Verdict.MET)
    };
    RestoreTimeProjection far = of(1_000 * MIB, same);
    assertThat(far.expectedMs()).isCloseTo(10_000, Offset.offset(1.0));
    assertThat(far.farOut()).isTrue();
    assertThat(of(120 * MIB, same).expectedMs()).isCloseTo(1_000, within(0.001));
    assertThat(of(0, same).bytes()).isEqualTo(99 * MIB);
  }

  @Test
  void aNegativeSlopeIsNoPrediction() {
    RestoreTimeProjection projection =
        of(
            10_000 * MIB,
            run(100 * MIB, 3_000, Verdict.MET),
            run(200 * MIB, 2_000, Verdict.MET),
            run(300 * MIB, 1_000, Verdict.MET));
    assertThat(projection.expectedMs()).isCloseTo(2_000, within(0.001));
  }

  @Test
  void whatProvedNothingDoesNotCount() {
    assertThat(
            RestoreTimeProjection.of(
                "nightly",
                List.of(run(1, 1, Verdict.MET), run(1, 1, Verdict.MET), run(1, 1, Verdict.MISSED)),
                1))
        .isNull();
    assertThat(
            RestoreTimeProjection.of(
                "weekly",
                List.of(run(1, 1, Verdict.MET), run(1, 1, Verdict.MET), run(1, 1, Verdict.MET)),
                1))
        .isNull();
    assertThat(
            RestoreTimeProjection.of(
                "nightly",
                List.of(run(0, 1, Verdict.MET), run(1, 1, Verdict.MET), run(1, 1, Verdict.MET)),
                1))
        .isNull();
  }
}
