package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SummaryTextTest {
  @Test
  void fitsAHundredColumnsWithoutColour() {
    String text = SummaryText.write(ForgedRun.evidence("interrupted", ForgedRun.drills()), false);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text)
        .doesNotContain("\u001b")
        .contains("inventory-tenancy", "NOT TESTED", "21.12–21.16 s", "8.84 s", "CAUGHT")
        .contains("THIS RUN WAS INTERRUPTED");
  }

  @Test
  void coloursOnlyTheVerdict() {
    assertThat(SummaryText.write(ForgedRun.evidence(), true)).contains("\u001b[1;31mMISSED");
  }
}
