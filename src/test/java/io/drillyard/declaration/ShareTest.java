package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares are read as percentages below 100, exactly, and told the same way. */
final class ShareTest {
  @Test
  void aPercentageIsReadExactly() {
    assertThat(Share.fraction("95 %")).isEqualTo(0.95);
    assertThat(Share.fraction("99.9%")).isEqualTo(0.999);
    assertThat(Share.fraction("5%")).isEqualTo(0.05);
    assertThat(new Share(0.999, 0.95).words()).isEqualTo("99.9 % of cases at 95 % confidence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "95", "%", "100 %", "-5 %", "9.12345 %", "0,5 %", "95 % of", "95 %%"})
  void whatIsNoPercentageIsRefused(String text) {
    assertThatThrownBy(() -> Share.fraction(text)).hasMessageContaining("no percentage");
  }

  @Test
  void theEndsOfTheScaleAreNoShares() {
    for (double bad : new double[] {0, 1, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Share(bad, 0.95)).hasMessageContaining("a share must lie");
    }
    for (double bad : new double[] {0, 0.4999, 1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Share(0.95, bad)).hasMessageContaining("a confidence must be");
    }
    assertThat(new Share(0.95, 0.5).confidence()).isEqualTo(0.5);
  }
}
