package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever duration, size or RPO is written is read back as the same. */
class QuantitiesAreReadBackTest {
  @Property(tries = 500)
  void aDurationIsReadBackAsWritten(
      @ForAll @LongRange(min = 1, max = 999_999_999_999L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @Property(tries = 200)
  void aSizeIsReadBackAsWritten(@ForAll @LongRange(min = 1, max = 1L << 29) long kib) {
    assertThat(ByteSizes.parse(ByteSizes.format(kib << 10))).isEqualTo(kib << 10);
  }

  @Property(tries = 200)
  void anRpoIsReadBackAsWritten(@ForAll @LongRange(min = 0, max = 1L << 39) long most) {
    Rpo count = new Rpo.Transactions(most);
    Rpo time = new Rpo.Time(Duration.ofMillis(most + 1));
    assertThat(List.of(Rpo.parse(count.words()), Rpo.parse(time.words())))
        .containsExactly(count, time);
  }
}
