package io.drillyard.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import org.junit.jupiter.api.Test;

final class FigureWordsTest {
  private static Measured ms(double lower, double upper, double limit) {
    return new Measured(lower, upper, limit, "ms");
  }

  @Test
  void lengthsOfTimeReadWell() {
    assertThat(FigureWords.ms(0)).isEqualTo("0 s");
    assertThat(FigureWords.ms(430)).isEqualTo("430 ms");
    assertThat(FigureWords.ms(30_000)).isEqualTo("30 s");
    assertThat(FigureWords.ms(120_000)).isEqualTo("2 min");
    assertThat(FigureWords.ms(192_400)).isEqualTo("3 min 12 s");
  }

  @Test
  void aMeasuredValueIsAnInterval() {
    assertThat(FigureWords.measured(ms(12_310, 12_352, 1))).isEqualTo("12.31 – 12.35 s");
    assertThat(FigureWords.measured(ms(980, 1_020, 1))).isEqualTo("980 ms – 1.02 s");
    assertThat(FigureWords.measured(ms(119_000, 192_000, 1))).isEqualTo("119 s – 3 min 12 s");
    assertThat(FigureWords.measured(ms(0, 0, 1))).isEqualTo("0 s");
    assertThat(FigureWords.measured(ms(90_000, Double.POSITIVE_INFINITY, 1)))
        .isEqualTo("at least 90 s, no end seen");
    assertThat(FigureWords.measured(new Measured(37, 37, 0.0, "transactions")))
        .isEqualTo("37 transactions");
    assertThat(FigureWords.measured(null)).isEqualTo("–");
  }

  @Test
  void keysBecomeHeadings() {
    assertThat(FigureWords.heading("jdk")).isEqualTo("JDK");
    assertThat(FigureWords.heading("total-unavailability")).isEqualTo("Total unavailability");
    assertThat(FigureWords.plain("noSplitBrain")).isEqualTo("no split brain");
  }

  @Test
  void theMarginIsJudgedAtTheWorstEnd() {
    assertThat(FigureWords.margin(ms(9_000, 10_000, 30_000))).isEqualTo("20 s left (67 %)");
    assertThat(FigureWords.margin(ms(29_000, 31_000, 30_000)))
        .isEqualTo("limit inside the interval");
    assertThat(FigureWords.margin(ms(31_000, 32_000, 30_000))).isEqualTo("over by 1 s");
    assertThat(FigureWords.margin(new Measured(0, 0, 0.0, "transactions")))
        .isEqualTo("exactly met");
    assertThat(FigureWords.margin(new Measured(0, 0, null, "ms"))).isNull();
  }
}
