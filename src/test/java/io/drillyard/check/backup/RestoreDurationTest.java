package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreDurationTest {
  private static Finding judge(double endMs, long takenMs, @Nullable Duration limit) {
    return RestoreDuration.judge(
        true, endMs, Duration.ofMillis(takenMs), limit, Map.of("copy", 2000.0), 4 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    // within the target, whatever else ran
    "120000, 0, MET",
    "120000, 60000, MET",
    "120000.1, 0, MISSED",
    // others may have taken just what is too much, or less, or more
    "156000, 36000, UNDETERMINED",
    "156000, 35999, MISSED",
    "156000, 140000, UNDETERMINED",
    // with two processors others may use more than the whole time
    "156000, 300000, UNDETERMINED"
  })
  void otherWorkMayLeaveItUndeterminedAndNeverMakesItMet(
      double endMs, long takenMs, Verdict verdict) {
    Finding finding = judge(endMs, takenMs, Duration.ofMinutes(2));

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.measured())
        .isEqualTo(new Measured(Math.max(0, endMs - takenMs), endMs, 120_000.0, "ms"));
    assertThat(finding.target()).isEqualTo("at most 120 s");
  }

  @Test
  void whatOthersTookIsSaidWhereItDecides() {
    Finding undecided = judge(156_000, 140_000, Duration.ofMinutes(2));
    assertThat(undecided.summary())
        .startsWith("156.00 s from the order")
        .contains("The copy ran at 2.0 MiB/s.")
        .endsWith("may have taken 140.0 s of it. Remedy: test where little else runs.");
    assertThat(undecided.parts())
        .containsEntry("other work on this machine", new Measured(0, 140_000, null, "ms"));

    Finding met = judge(100_000, 90_000, Duration.ofMinutes(2));
    assertThat(met.summary()).doesNotContain("Remedy");
    assertThat(met.parts()).containsOnlyKeys("copy");
  }

  @Test
  void withoutATargetItIsMeasuredOnly() {
    Finding finding = judge(5000, 400, null);

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.target()).isNull();
    assertThat(finding.measured()).isEqualTo(new Measured(4600, 5000, null, "ms"));
    assertThat(finding.summary()).doesNotContain("Remedy");
  }

  @Test
  void aDatabaseThatDidNotPassHasNoTime() {
    Finding finding =
        RestoreDuration.judge(false, 10, Duration.ZERO, Duration.ofSeconds(1), Map.of(), 0);

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.measured()).isNull();
  }
}
