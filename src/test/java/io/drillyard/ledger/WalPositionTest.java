package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the record before another one ends. */
final class WalPositionTest {
  @ParameterizedTest
  @CsvSource({
    "0/13000028, 0/13000000",
    "0/13002018, 0/13002000",
    "0/13002028, 0/13002028",
    "0/13000018, 0/13000000",
    "0/13000100, 0/13000100",
  })
  void itEndsBeforeTheHeaderOfThePageOrTheSegment(String record, String end) {
    assertThat(Lsn.format(WalPosition.endBefore(Lsn.parse(record), 16L << 20))).isEqualTo(end);
  }
}
