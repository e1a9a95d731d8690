package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.ledger.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History files are read as PostgreSQL reads them. */
final class TimelineHistoryReaderTest {
  @Test
  void everyForkIsRead() {
    assertThat(
            TimelineHistoryReader.parse(
                """
                1\t0/3000148\tno recovery target specified

                # remark
                2\t1A/FF0000D8\tbefore 2026-11-21 00:00:00+00
                """))
        .containsExactly(new Event.Fork(1, 0x3000148L), new Event.Fork(2, 0x1AFF0000D8L));
    assertThat(TimelineHistoryReader.parse("")).isEmpty();
    assertThat(TimelineHistoryReader.parse("1 0/0")).containsExactly(new Event.Fork(1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x\t0/1\tr", "1\tzero\tr", "2\t0/1\tr\n1\t0/2\tr", "1\t0/1\n1\t0/2"})
  void whatPostgresWouldRefuseIsRefused(String text) {
    assertThatThrownBy(() -> TimelineHistoryReader.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeline history, line");
  }

  @Test
  void aWholeFileEndsAndLeadsToItsOwnNumber() {
    String two = "1\t0/5\tno recovery target specified\n\n";
    String three = two + "2\t0/9\tno recovery target specified\n";
    assertThat(TimelineHistoryReader.whole(3, three))
        .containsExactly(new Event.Fork(1, 5), new Event.Fork(2, 9));
    assertThat(TimelineHistoryReader.whole(4, three)).hasSize(2);
    for (String cut :
        new String[] {
          "",
          "# remark\n",
          three.substring(0, three.length() - 1),
          two + "2\t0/9\n",
          two + "2\t0/9\t\n",
          two + "2\t0/4\tbefore it began\n",
          two + "2\n"
        }) {
      assertThatThrownBy(() -> TimelineHistoryReader.whole(3, cut))
          .as(cut)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("timeline history");
    }
    assertThatThrownBy(() -> TimelineHistoryReader.whole(2, three))
        .hasMessage("timeline history: it leads to 2, and is said to be of 2");
  }

  @Test
  void theFileIsNamedInHexadecimal() {
    assertThat(TimelineHistoryReader.fileName(2)).isEqualTo("00000002.history");
    assertThat(TimelineHistoryReader.fileName(26)).isEqualTo("0000001A.history");
    assertThat(WalPosition.timelineOf("0000001A000000000000000F")).isEqualTo(26);
  }
}
