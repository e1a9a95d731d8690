package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The meters say when the harness stood still, and what the wall clock did meanwhile. */
final class MetersTest {
  private static final long MS = 1_000_000;

  @Test
  void onlyALateWakeUpIsAStall() {
    MemoryLedger ledger = new MemoryLedger(() -> 0);
    StallMeter.observe(ledger, 100 * MS, 105 * MS);
    StallMeter.observe(ledger, 100 * MS, 125 * MS);
    assertThat(ledger.events()).isEmpty();
    StallMeter.observe(ledger, 100 * MS, 225 * MS);
    assertThat(ledger.events())
        .containsExactly(new Event.Stalled(new Interval(100 * MS, 225 * MS), 120 * MS));
  }

  @Test
  void aSampleEnclosesTheMomentOfTheWallClock() {
    AtomicLong clock = new AtomicLong(7);
    MemoryLedger ledger = new MemoryLedger(clock::get);
    ClockMeter.sample(
        ledger,
        () -> {
          clock.set(9);
          return Instant.ofEpochSecond(1, 5);
        });
    assertThat(ledger.events())
        .containsExactly(new Event.WallClock(new Interval(7, 9), 1_000_000_005L));
  }

  @Test
  void theyRunUntilClosed() {
    MemoryLedger ledger = new MemoryLedger();
    try (ClockMeter clock = ClockMeter.start(ledger, Instant::now);
        StallMeter stalls = StallMeter.start(ledger)) {
      assertThat(clock).isNotNull();
      assertThat(stalls).isNotNull();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> ledger.events(Event.WallClock.class).size() >= 3);
    }
    int after = ledger.events().size();
    assertThat(ledger.events()).hasSize(after);
  }
}
