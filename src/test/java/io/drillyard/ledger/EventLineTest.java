package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to a ledger is what is read from it, for every kind of event. */
final class EventLineTest {
  static Stream<Class<?>> kinds() {
    return Stream.of(Event.class, Event.Apart.class)
        .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
        .filter(Class::isRecord);
  }

  private static String line(Event event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LedgerJson.writeLine(out, event);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Event parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return EventLine.parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindComesBackEqual(Class<?> kind) throws IOException {
    Forge forge = new Forge(kind.getName().hashCode());
    for (int i = 0; i < 300; i++) {
      Event event = forge.event(kind.asSubclass(Event.class));
      String line = line(event);
      assertThat(line).startsWith("{\"kind\":\"").endsWith("}\n").containsOnlyOnce("\n");
      assertThat(line).doesNotContain(":null");
      assertThat(parse(line)).isEqualTo(event);
    }
  }

  @Test
  void aWriteReadsLikeThis() throws IOException {
    Event write =
        new Event.Write(
            new Interval(5, 9),
            4,
            "routed@onprem",
            "onprem",
            null,
            7,
            WriteOutcome.ACKNOWLEDGED,
            "n1",
            1,
            50331976,
            745,
            null,
            null);
    assertThat(line(write))
        .isEqualTo(
            "{\"kind\":\"write\",\"at\":{\"startNs\":5,\"endNs\":9},\"scheduledNs\":4,"
                + "\"writer\":\"routed@onprem\",\"site\":\"onprem\",\"sequence\":7,"
                + "\"outcome\":\"ACKNOWLEDGED\",\"member\":\"n1\",\"timeline\":1,"
                + "\"lsn\":50331976,\"xid\":745}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "garbage",
        "\u0000\u0000\u0000",
        "{\"kind\":\"phase\"}",
        "{\"kind\":\"phase\",\"at\":null,\"name\":\"steady\"}",
        "{\"kind\":\"phase\",\"at\":{\"startNs\":1},\"name\":\"steady\"}",
        "{\"kind\":\"phase\",\"at\":{\"startNs\":2,\"endNs\":1},\"name\":\"steady\"}",
        "{\"kind\":\"phase\",\"at\":{\"startNs\":1,\"endNs\":1},\"name\":null}",
        "{\"kind\":\"phase\",\"at\":{\"startNs\":1,\"endNs\":1},\"name\":{}}",
        "{\"kind\":\"phase\",\"at\":{\"startNs\":1,\"endNs\":1},\"name\":\"a\"} x",
        "{\"kind\":\"healed\",\"at\":{\"startNs\":1,\"endNs\":1}}",
        "{\"kind\":\"stalled\",\"at\":{\"startNs\":1,\"endNs\":1}}",
      })
  void whatIsNoEventIsRefused(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUnknownKindIsNamed() {
    assertThatThrownBy(() -> parse("{\"kind\":\"earthquake\"}"))
        .hasMessageContaining("unknown kind of event 'earthquake'");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theFastReaderAgreesWithTheGeneralOneOrLeavesItAlone(Class<?> kind) throws IOException {
    Forge forge = new Forge(1);
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      Event event = forge.event(kind.asSubclass(Event.class));
      byte[] line = line(event).strip().getBytes(StandardCharsets.UTF_8);
      Event fast = FastEventParser.parse(line, 0, line.length);
      assertThat(fast == null || fast.equals(event)).isTrue();
      // One damaged byte: the fast reader must not accept what the general one refuses.
      line[random.nextInt(line.length)] = (byte) random.nextInt(32, 127);
      Event damaged = FastEventParser.parse(line, 0, line.length);
      if (damaged != null) {
        assertThat(LedgerJson.READER.<Event>readValue(line)).isEqualTo(damaged);
      }
    }
  }

  @Test
  void usualWritesAndProbesAreReadFast() throws IOException {
    Interval at = new Interval(5, 9);
    List<Event> usual =
        List.of(
            new Event.Write(
                at, 4, "w", "s", "n1", 7, WriteOutcome.UNKNOWN, null, 0, 0, 0, "08006", null),
            new Event.Probed(
                at, "n1", Event.ProbeResult.READ_ONLY, true, 2, 50331976, 50331976, null),
            new Event.Probed(at, "n1", Event.ProbeResult.HUNG, false, 0, 0, 0, "no answer"));
    for (Event event : usual) {
      byte[] line = line(event).strip().getBytes(StandardCharsets.UTF_8);
      assertThat(FastEventParser.parse(line, 0, line.length)).isEqualTo(event);
    }
  }

  @Test
  void aPropertyFromALaterVersionOfTheSameFormatIsIgnored() {
    assertThat(
            parse(
                "{\"kind\":\"phase\",\"at\":{\"startNs\":1,\"endNs\":1},\"name\":\"a\",\"new\":1}"))
        .isEqualTo(new Event.Phase(Interval.instant(1), "a"));
  }
}
