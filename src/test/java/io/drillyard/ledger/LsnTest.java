package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's notation of positions is read and written, and nothing else is. */
final class LsnTest {
  @Test
  void bothHalvesAreHexadecimal() {
    assertThat(Lsn.parse("0/3000148")).isEqualTo(0x3000148L);
    assertThat(Lsn.parse("1/0")).isEqualTo(1L << 32);
    assertThat(Lsn.parse("a/B")).isEqualTo((10L << 32) + 11);
    assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF")).isEqualTo(-1);
    assertThat(Lsn.format(-1)).isEqualTo("FFFFFFFF/FFFFFFFF");
    assertThat(Lsn.format((10L << 32) + 0x3000148L)).isEqualTo("A/3000148");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "0/", "/0", "0", "0-1", "g/0", "0/g", "100000000/0", "0/100000000"})
  void whatIsNoPositionIsRefused(String text) {
    assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMissingHalfIsSaidToBeNoPosition() {
    assertThatThrownBy(() -> Lsn.parse("0/")).hasMessage("not an LSN: '0/'");
    assertThatThrownBy(() -> Lsn.parse("/0")).hasMessage("not an LSN: '/0'");
  }

  @ParameterizedTest
  @CsvSource({
    "0/13000028, 0/13000000",
    "0/13002018, 0/13002000",
    "0/13002028, 0/13002028",
    "0/13000018, 0/13000000",
    "0/13000100, 0/13000100",
  })
  void itEndsBeforeTheHeaderOfThePageOrTheSegment(String record, String end) {
    assertThat(Lsn.format(Lsn.endBefore(Lsn.parse(record), 16L << 20))).isEqualTo(end);
  }
}
