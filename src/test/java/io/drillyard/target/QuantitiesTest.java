package io.drillyard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes and RPOs are read as written, and what is written is read back. */
class QuantitiesTest {
  @Property(tries = 500)
  void aDurationIsReadBackAsWritten(
      @ForAll @LongRange(min = 1, max = 999_999_999_999L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @Property(tries = 200)
  void aSizeIsReadBackAsWritten(@ForAll @LongRange(min = 1, max = 1L << 29) long kib) {
    assertThat(Sizes.parse(Sizes.format(kib << 10))).isEqualTo(kib << 10);
  }

  @Property(tries = 200)
  void anRpoIsReadBackAsWritten(@ForAll @LongRange(min = 0, max = 1L << 39) long most) {
    Rpo count = new Rpo.Transactions(most);
    Rpo time = new Rpo.Time(Duration.ofMillis(most + 1));
    assertThat(List.of(Rpo.parse(count.words()), Rpo.parse(time.words())))
        .containsExactly(count, time);
  }

  @Test
  void theShortestUnitIsWritten() {
    assertThat(Durations.format(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Durations.format(Duration.ofHours(26))).isEqualTo("26h");
    assertThat(Durations.format(Duration.ofDays(2))).isEqualTo("2d");
    assertThat(Sizes.format(1L << 30)).isEqualTo("1GiB");
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
    assertThat(Suggestion.nearest("loop_wiat", known)).contains("loop_wait");
    assertThat(Suggestion.nearest("lopwait", known)).contains("loop_wait");
    assertThat(Suggestion.nearest("color", known)).isEmpty();
    assertThat(Suggestion.distance("ab", "ba")).isEqualTo(1);
  }
}
