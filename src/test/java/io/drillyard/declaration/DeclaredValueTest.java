package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declared value means, in whatever spelling. */
class DeclaredValueTest {
  @ParameterizedTest
  @CsvSource({
    "10s, 10",
    "10, 10",
    "5min, 300",
    "1 h, 3600",
    "0, 0",
    // PostgreSQL counts whole seconds here.
    "500ms, 0",
    "soon, ",
    "5 fortnights, "
  })
  void anAmountIsOfTheParametersUnit(String value, @Nullable Integer seconds) {
    BigDecimal amount = DeclaredValue.amount("archive_timeout", value);
    if (seconds == null) {
      assertThat(amount).isNull();
    } else {
      assertThat(amount).isEqualByComparingTo(BigDecimal.valueOf(seconds));
    }
  }

  @Test
  void whatIsNoParameterHasNoAmountAndIsComparedAsAWord() {
    assertThat(DeclaredValue.amount("no_such_parameter", "10")).isNull();
    assertThat(DeclaredValue.same("no_such_parameter", "yes", "on")).isTrue();
    assertThat(DeclaredValue.same("archive_timeout", "5min", "300")).isTrue();
    assertThat(DeclaredValue.same("archive_timeout", "5min", "301")).isFalse();
  }
}
