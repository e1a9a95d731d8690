package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A test's limit follows from its size. */
class RestoreTestTimeLimitTest {
  private static final long TIB = 1L << 40;

  @Test
  void aSmallOneHasTenMinutes() {
    assertThat(RestoreTestTimeLimit.bySize(0, 0, 0, 0)).isEqualTo(RestoreTestTimeLimit.LEAST);
  }

  @Test
  void everyPartCounts() {
    long mebibyte = 1L << 20;
    assertThat(RestoreTestTimeLimit.bySize(80 * mebibyte, 0, 0, 0)).hasSeconds(610);
    assertThat(RestoreTestTimeLimit.bySize(0, 500, 0, 0)).hasSeconds(610);
    assertThat(RestoreTestTimeLimit.bySize(0, 0, 80 * mebibyte, 0)).hasSeconds(640);
    assertThat(RestoreTestTimeLimit.bySize(0, 0, 0, 40 * mebibyte)).hasSeconds(610);
  }

  @Property
  void moreNeverHasLess(
      @ForAll @LongRange(max = TIB) long repository,
      @ForAll @LongRange(max = 100_000_000) long objects,
      @ForAll @LongRange(max = TIB) long database,
      @ForAll @LongRange(max = TIB) long wal,
      @ForAll @LongRange(max = TIB) long more) {
    assertThat(RestoreTestTimeLimit.bySize(repository + more, objects, database + more, wal + more))
        .isGreaterThanOrEqualTo(RestoreTestTimeLimit.bySize(repository, objects, database, wal))
        .isBetween(RestoreTestTimeLimit.LEAST, RestoreTestTimeLimit.MOST);
  }
}
