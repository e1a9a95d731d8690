package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger is read whole, or the reader says where and why not. */
final class LedgerReaderTest {
  private static final Event PHASE = new Event.Phase(Interval.instant(2), "steady");
  private static final Event CLOSED = new Event.Closed(Interval.instant(3), "complete", null);

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("ledger.ndjson");
  }

  private static Event opened(int format) {
    return new Event.Opened(
        Interval.instant(1), format, "r", "s", "e", "c", "d", "2026-11-21T00:00:00Z", Map.of());
  }

  private static byte[] bytes(Event... events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Event event : events) {
      LedgerJson.writeLine(out, event);
    }
    return out.toByteArray();
  }

  private void write(Event... events) throws IOException {
    Files.write(file, bytes(events));
  }

  private void more(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void aWholeLedgerIsRead() throws IOException {
    write(opened(1), PHASE, CLOSED);
    assertThat(LedgerReader.read(file)).containsExactly(opened(1), PHASE, CLOSED);
    assertThat(LedgerReader.readWhatIsThere(file).whole()).isTrue();
  }

  @Test
  void aLedgerWithoutItsEndIsTruncated() throws IOException {
    write(opened(1), PHASE);
    assertThatThrownBy(() -> LedgerReader.read(file))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ledger.ndjson, line 2: truncated")
        .hasMessageContaining("run the drill again");
    var left = LedgerReader.readWhatIsThere(file);
    assertThat(left.events()).containsExactly(opened(1), PHASE);
    assertThat(left.whole()).isFalse();
    assertThat(left.problem()).contains("truncated");
  }

  @Test
  void everyCutOfTheFileIsNoticed() throws IOException {
    byte[] whole = bytes(opened(1), PHASE, CLOSED);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> LedgerReader.read(file))
          .as("cut to %d bytes", length)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void aNewerFormatIsRefusedEvenLeniently() throws IOException {
    write(opened(LedgerFormat.VERSION + 1), CLOSED);
    assertThatThrownBy(() -> LedgerReader.read(file))
        .hasMessageContaining("line 1: format %d is newer".formatted(LedgerFormat.VERSION + 1));
    assertThatThrownBy(() -> LedgerReader.readWhatIsThere(file))
        .isInstanceOf(LedgerException.class);
  }

  @Test
  void aGarbageLineIsNamedAndLeftOutLeniently() throws IOException {
    write(opened(1));
    more("oops\n{\"kind\":\"earthquake\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    more(bytes(PHASE, CLOSED));
    assertThatThrownBy(() -> LedgerReader.read(file)).hasMessageContaining("line 2: not an event");
    var left = LedgerReader.readWhatIsThere(file);
    assertThat(left.events()).containsExactly(opened(1), PHASE, CLOSED);
    assertThat(left.problem()).contains("line 2").contains("and 1 more");
  }

  @Test
  void aFileThatIsNoLedgerIsNamed() throws IOException {
    Files.writeString(file, "hello\n");
    assertThatThrownBy(() -> LedgerReader.read(file)).hasMessageContaining("line 1: not a ledger");
    write(PHASE, CLOSED);
    assertThatThrownBy(() -> LedgerReader.read(file)).hasMessageContaining("does not begin");
    write(opened(1), CLOSED, PHASE);
    assertThatThrownBy(() -> LedgerReader.read(file)).hasMessageContaining("after the 'closed'");
    assertThatThrownBy(() -> LedgerReader.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
  }

  @Test
  void aTailReturnsEachEventOnceAndLeavesAHalfLineForLater() throws IOException {
    byte[] whole = bytes(opened(1), PHASE, CLOSED);
    List<Event> seen = new ArrayList<>();
    try (LedgerTail tail = LedgerReader.tail(file)) {
      assertThat(tail.poll()).isEmpty();
      for (byte one : whole) {
        more(new byte[] {one});
        seen.addAll(tail.poll());
      }
      assertThat(tail.poll()).isEmpty();
    }
    assertThat(seen).containsExactly(opened(1), PHASE, CLOSED);
  }

  @Test
  void aCutLineIsTheOneAfterTheLastWholeOne() throws IOException {
    write(opened(1), PHASE);
    more("{\"kind\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> LedgerReader.read(file))
        .hasMessageContaining("line 3: truncated in the last line");
  }

  @Test
  void theNewestFormatIsRead() throws IOException {
    write(opened(LedgerFormat.VERSION), CLOSED);
    assertThat(LedgerReader.read(file)).hasSize(2);
  }

  @Test
  void whatConcernsTheWholeFileNamesNoLine() {
    assertThatThrownBy(() -> LedgerReader.read(folder.resolve("none")))
        .isInstanceOf(LedgerException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("line"));
  }

  @Test
  void aClosedTailReadsNoMore() throws IOException {
    write(opened(1));
    LedgerTail tail = LedgerReader.tail(file);
    assertThat(tail.poll()).hasSize(1);
    tail.close();
    assertThatThrownBy(tail::poll)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("cannot be read");
  }
}
