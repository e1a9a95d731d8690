package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast reader takes the usual form to the byte, and leaves whatever deviates from it alone. */
final class FastEventParserTest {
  private static final String WRITE =
      "{\"kind\":\"write\",\"at\":{\"startNs\":5,\"endNs\":9},\"scheduledNs\":4,"
          + "\"writer\":\"w\",\"site\":\"s\",\"sequence\":7,\"outcome\":\"ACKNOWLEDGED\","
          + "\"member\":\"n1\",\"timeline\":1,\"lsn\":50331976,\"xid\":745}";
  private static final String PROBE =
      "{\"kind\":\"probed\",\"at\":{\"startNs\":5,\"endNs\":9},\"member\":\"n1\","
          + "\"result\":\"HUNG\",\"inRecovery\":false,\"timeline\":2,\"lsn\":3,\"replayLsn\":4,"
          + "\"error\":\"no answer\"}";

  private static @Nullable Event fast(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return FastEventParser.parse(bytes, 0, bytes.length);
  }

  private static Event.Write write(String from, String to) {
    assertThat(WRITE).contains(from);
    assertThat(fast(WRITE.replace(from, to))).isInstanceOf(Event.Write.class);
    return (Event.Write) java.util.Objects.requireNonNull(fast(WRITE.replace(from, to)));
  }

  private static String error(String text) {
    Event event = fast(PROBE.replace("no answer", text));
    assertThat(event).isInstanceOf(Event.Probed.class);
    return java.util.Objects.requireNonNull(
        ((Event.Probed) java.util.Objects.requireNonNull(event)).error());
  }

  @Test
  void everyCutOfALineIsLeftAlone() {
    for (String line : new String[] {WRITE, PROBE}) {
      byte[] whole = line.getBytes(StandardCharsets.UTF_8);
      assertThat(FastEventParser.parse(whole, 0, whole.length)).isNotNull();
      for (int length = 0; length < whole.length; length++) {
        assertThat(FastEventParser.parse(Arrays.copyOf(whole, length), 0, length)).isNull();
      }
      assertThat(fast(line + " ")).isNull();
    }
  }

  @Test
  void numbersOfUpToEighteenDigitsAreReadWithTheirSign() {
    assertThat(write("\"lsn\":50331976", "\"lsn\":999999999999999999").lsn())
        .isEqualTo(999_999_999_999_999_999L);
    assertThat(write("\"lsn\":50331976", "\"lsn\":-120").lsn()).isEqualTo(-120);
    assertThat(write("\"lsn\":50331976", "\"lsn\":0").lsn()).isZero();
    assertThat(write("\"lsn\":50331976", "\"lsn\":1029384756").lsn()).isEqualTo(1_029_384_756);
    assertThat(write("\"timeline\":1", "\"timeline\":2147483647").timeline())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000000000000", "007", "-", "", "1.5", "1e3", "+1", "\"1\""})
  void otherNumbersAreLeftAlone(String number) {
    assertThat(fast(WRITE.replace("\"lsn\":50331976", "\"lsn\":" + number))).isNull();
  }

  @Test
  void aTimelineBeyondAnIntegerIsLeftAlone() {
    assertThat(fast(WRITE.replace("\"timeline\":1", "\"timeline\":4294967297"))).isNull();
  }

  @Test
  void anIntervalMayBeAnInstantButNotEndBeforeItBegins() {
    assertThat(write("\"endNs\":9", "\"endNs\":5").at()).isEqualTo(Interval.instant(5));
    assertThat(fast(PROBE.replace("\"endNs\":9", "\"endNs\":5"))).isNotNull();
    assertThat(fast(WRITE.replace("\"endNs\":9", "\"endNs\":4"))).isNull();
    assertThat(fast(PROBE.replace("\"endNs\":9", "\"endNs\":4"))).isNull();
  }

  @Test
  void plainTextIsReadAndAnythingElseLeftAlone() {
    assertThat(error(" ~!")).isEqualTo(" ~!");
    assertThat(error("")).isEmpty();
    for (String odd : new String[] {"a\\nb", "\u001f", "größe", "\\\\"}) {
      assertThat(fast(PROBE.replace("no answer", odd))).isNull();
    }
  }

  @Test
  void equalTextsShareOneInstanceAndTextsOfOneSlotAreNotMixedUp() {
    assertThat(error("some text")).isSameAs(error("some text"));
    // Equal hashes of equal length, then of another length.
    assertThat(error("Aa")).isEqualTo("Aa");
    assertThat(error("BB")).isEqualTo("BB");
    assertThat(error("`")).isEqualTo("`");
    assertThat(error("!a")).isEqualTo("!a");
    assertThat(error("`")).isEqualTo("`");
  }
}
