package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.Awaiting;
import io.drillyard.HangTimeout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file ledger loses nothing, keeps each thread's order, and says when it could not write. */
@HangTimeout
final class FileLedgerTest {
  @TempDir private Path folder = Path.of("");

  private static Event write(FileLedger ledger, String writer, long sequence) {
    long now = ledger.now();
    return new Event.Write(
        new Interval(now, now + 900_000),
        now - 1000,
        writer,
        "onprem",
        null,
        sequence,
        WriteOutcome.ACKNOWLEDGED,
        "n1",
        1,
        50331976 + sequence,
        700 + sequence,
        null,
        null);
  }

  private static Event opened() {
    return new Event.Opened(
        Interval.instant(0), 1, "r", "s", "e", "c", "d", "2026-11-21T00:00:00Z", Map.of());
  }

  @Test
  void manyThreadsAreRecordedWholeAndInOrder() throws Exception {
    Path file = folder.resolve("ledger.ndjson");
    int perThread = 20_000;
    try (FileLedger ledger = new FileLedger(Files.newOutputStream(file), System.nanoTime())) {
      ledger.append(opened());
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 5; t++) {
        String writer = "w" + t;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 1; i <= perThread; i++) {
                    ledger.append(write(ledger, writer, i));
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      ledger.append(new Event.Closed(Interval.instant(ledger.now()), "complete", null));
    }
    List<Event> events = LedgerReader.read(file);
    assertThat(events).hasSize(5 * perThread + 2);
    for (int t = 0; t < 5; t++) {
      String writer = "w" + t;
      assertThat(
              events.stream()
                  .filter(Event.Write.class::isInstance)
                  .map(Event.Write.class::cast)
                  .filter(w -> w.writer().equals(writer))
                  .mapToLong(Event.Write::sequence))
          .isSorted()
          .hasSize(perThread);
    }
  }

  @Test
  void anEventReachesTheStreamWithoutClosing() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FileLedger ledger = new FileLedger(out, System.nanoTime())) {
      ledger.note("info", "hello");
      Awaiting.soon()
          .until(() -> out.toString(java.nio.charset.StandardCharsets.UTF_8).contains("hello"));
    }
  }

  @Test
  void appendingDoesNotWaitForASlowStream() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    FileLedger ledger = new FileLedger(stuck, System.nanoTime());
    for (int i = 0; i < 10_000; i++) {
      ledger.append(write(ledger, "w", i));
    }
    release.countDown();
    ledger.close();
  }

  @Test
  void aFullDiskIsSaidAtTheEndAndDoesNotStopTheDrill() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    FileLedger ledger = new FileLedger(full, System.nanoTime());
    ledger.note("info", "one");
    Awaiting.soon().until(() -> ledger.failure() != null);
    ledger.note("info", "two");
    assertThatThrownBy(ledger::close)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("incomplete");
  }

  @Test
  void anErrorOfTheWriterIsNotTakenForACompleteLedger() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new NoSuchMethodError("a library of another version");
          }
        };
    FileLedger ledger = new FileLedger(broken, System.nanoTime());
    ledger.note("info", "one");
    assertThatThrownBy(ledger::close).hasMessageContaining("a library of another version");
  }

  @Test
  void nobodyWritesPastTheEnd() {
    FileLedger ledger = new FileLedger(new ByteArrayOutputStream(), System.nanoTime());
    ledger.close();
    assertThatThrownBy(() -> ledger.note("info", "late")).hasMessageContaining("closed");
  }

  /** Hands nothing on until released; then knows what it was told. */
  private static final class Gate extends OutputStream {
    private final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private volatile boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      seen.write(bytes, from, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whatIsSettledIsOnTheStream() throws IOException {
    Path file = folder.resolve("settled.ndjson");
    try (var out = new java.io.FileOutputStream(file.toFile());
        FileLedger ledger = new FileLedger(out, System.nanoTime())) {
      ledger.settle();
      for (int i = 1; i <= 100; i++) {
        ledger.append(write(ledger, "w", i));
        if (i % 25 == 0) {
          ledger.settle();
          assertThat(Files.readAllLines(file)).hasSize(i);
        }
      }
    }
  }

  @Test
  void whatCouldNotBeWrittenIsNotSettled() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    FileLedger ledger = new FileLedger(full, System.nanoTime());
    ledger.note("info", "one");
    assertThatThrownBy(ledger::settle)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("not on the disk");
    assertThatThrownBy(ledger::close).hasMessageContaining("No space left on device");
  }

  @Test
  void whoIsInterruptedWhileSettlingStaysInterrupted() {
    Gate gate = new Gate();
    FileLedger ledger = new FileLedger(gate, System.nanoTime());
    ledger.note("info", "one");
    Thread.currentThread().interrupt();
    assertThatThrownBy(ledger::settle).hasMessageContaining("interrupted before");
    assertThat(Thread.interrupted()).isTrue();
    gate.open.countDown();
    ledger.close();
    assertThat(gate.seen.toString(java.nio.charset.StandardCharsets.UTF_8)).contains("one");
    assertThat(gate.closed).isTrue();
  }

  @Test
  void everyBatchIsFlushed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FileLedger ledger =
        new FileLedger(new java.io.BufferedOutputStream(out, 1 << 16), System.nanoTime())) {
      ledger.note("info", "hello");
      ledger.settle();
      assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).contains("hello");
    }
  }

  @Test
  void itsClockRunsFromTheOrigin() {
    long origin = System.nanoTime() - Duration.ofHours(1).toNanos();
    try (FileLedger ledger = new FileLedger(new ByteArrayOutputStream(), origin)) {
      assertThat(Duration.ofNanos(ledger.now()))
          .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusMinutes(1));
    }
  }

  @Test
  void aFullQueueMakesWhoAppendsWaitAndLosesNothing() throws InterruptedException {
    Gate gate = new Gate();
    FileLedger ledger = new FileLedger(gate, System.nanoTime());
    // More than the batch in hand and a full queue can be.
    int events = 2 * 65_536 + 1;
    Thread appending =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < events; i++) {
                    ledger.append(new Event.Phase(Interval.instant(i), "p"));
                  }
                });
    Awaiting.soon().until(() -> appending.getState() == Thread.State.WAITING);
    gate.open.countDown();
    appending.join();
    ledger.close();
    assertThat(gate.seen.toString(java.nio.charset.StandardCharsets.UTF_8).lines()).hasSize(events);
  }

  @Test
  void whoIsInterruptedWhileClosingIsToldThatTheLedgerIsIncomplete() {
    Gate gate = new Gate();
    FileLedger ledger = new FileLedger(gate, System.nanoTime());
    ledger.note("info", "one");
    Thread.currentThread().interrupt();
    assertThatThrownBy(ledger::close)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("incomplete: not written within");
    assertThat(Thread.interrupted()).isTrue();
    gate.open.countDown();
  }
}
