package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes and RPOs are read as written; anything else is refused. */
class QuantitiesTest {
  @Test
  void theShortestUnitIsWritten() {
    assertThat(Durations.format(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Durations.format(Duration.ofHours(26))).isEqualTo("26h");
    assertThat(Durations.format(Duration.ofDays(2))).isEqualTo("2d");
    assertThat(ByteSizes.format(1L << 30)).isEqualTo("1GiB");
    assertThat(Rpo.parse("1 transaction").words()).isEqualTo("1 transaction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "30", "0s", "-1s", "1.5s", "1m30s", "30 s", "030s", "999999d", "30S", "s", "1w", "٣s"
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Durations.remedy(text)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1 transactions", "0s", "1 commit", "0.5 transactions"})
  void whatIsNoRpoIsRefused(String text) {
    assertThatThrownBy(() -> Rpo.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSlipOfTheFingersIsRecognised() {
    List<String> known = List.of("loop_wait", "ttl", "retry_timeout");
    assertThat(NameSuggestion.nearest("loop_wiat", known)).contains("loop_wait");
    assertThat(NameSuggestion.nearest("lopwait", known)).contains("loop_wait");
    assertThat(NameSuggestion.nearest("color", known)).isEmpty();
    assertThat(NameSuggestion.distance("ab", "ba")).isEqualTo(1);
  }
}
